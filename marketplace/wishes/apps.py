from django.apps import AppConfig


class WishesConfig(AppConfig):
    name = "marketplace.wishes"
