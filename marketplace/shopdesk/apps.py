from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ShopDeskConfig(AppConfig):
    name = "marketplace.shopdesk"

    def ready(self):
        from .permissions import ensure_groups

        # Django makes the permissions themselves after each migrate, so the group can only follow there.
        post_migrate.connect(ensure_groups, sender=self)
