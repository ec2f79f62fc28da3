from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "makers.stories"
    label = "stories"
