from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "makers.stories"
    label = "stories"

    def ready(self):
        from .indexing import listen

        listen()
