from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TaxConfig(AppConfig):
    name = "marketplace.tax"
    label = "tax"

    def ready(self):
        from . import checks  # noqa: F401 - registers them
        from .permissions import ensure_groups

        # Django makes the permissions themselves after each migrate, so the group can only follow there.
        post_migrate.connect(ensure_groups, sender=self)
