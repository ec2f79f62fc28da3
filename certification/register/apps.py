from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "certification.register"
    label = "certification_register"
