from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "marketplace.core"
    label = "core"

    def ready(self):
        post_migrate.connect(name_the_site, sender=self)


def name_the_site(using, **_kwargs) -> None:
    """Letters of accounts and feeds call the shop by the one row of django.contrib.sites."""
    from django.contrib.sites.models import Site

    site = {"domain": urlsplit(settings.SITE_ADDRESS).netloc, "name": "LA Original"}
    Site.objects.using(using).update_or_create(pk=settings.SITE_ID, defaults=site)
