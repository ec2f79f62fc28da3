from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoriesConfig(AppConfig):
    name = "makers.stories"
    label = "stories"

    def ready(self):
        from .indexing import listen
        from .permissions import ensure_rights

        listen()
        post_migrate.connect(ensure_rights, sender=self)
