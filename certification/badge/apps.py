from django.apps import AppConfig


class BadgeConfig(AppConfig):
    name = "certification.badge"
    label = "certification_badge"
