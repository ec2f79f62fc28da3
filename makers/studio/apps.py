from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "makers.studio"
    label = "studio"
