from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CertificationConfig(AppConfig):
    name = "certification"

    def ready(self):
        from . import touched
        from .permissions import ensure_groups

        # Django makes the permissions themselves after each migrate, so the groups can only follow there.
        post_migrate.connect(ensure_groups, sender=self)
        pre_migrate.connect(touched.drop_triggers, sender=self)
        post_migrate.connect(touched.create_triggers, sender=self)
