from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "marketplace.terms"
    label = "terms"
