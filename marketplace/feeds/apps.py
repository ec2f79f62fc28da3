from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "marketplace.feeds"
