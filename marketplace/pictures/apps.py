from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "marketplace.pictures"
    label = "pictures"
