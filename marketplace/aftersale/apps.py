from django.apps import AppConfig


class AftersaleConfig(AppConfig):
    name = "marketplace.aftersale"
    label = "aftersale"
