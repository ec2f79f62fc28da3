from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PaymentsConfig(AppConfig):
    name = "marketplace.payments"
    label = "payments"

    def ready(self):
        from . import checks  # noqa: F401 - registers itself
        from .permissions import ensure_groups

        # Django makes the permissions themselves after each migrate, so the group can only follow there.
        post_migrate.connect(ensure_groups, sender=self)
