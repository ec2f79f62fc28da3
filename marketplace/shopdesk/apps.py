from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ShopDeskConfig(AppConfig):
    name = "marketplace.shopdesk"

    def ready(self):
        from .permissions import ensure_groups

        # The signal is sent for apps with models alone, and this one has none: the order's follows its permissions.
        post_migrate.connect(ensure_groups, sender=apps.get_app_config("order"))
