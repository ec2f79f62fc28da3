"""Django's admin: people and their rights are changed here, all else is only looked at.

What a screen of ours decides goes through a service that checks, locks and writes down. The admin would write past it.
"""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.translation import gettext_lazy as _

CHANGED_HERE = {"users.User", "auth.Group"}
REMOVED_HERE = {"mfa.Authenticator"}  # of a person who lost it
LEFT_OUT = {"taggit.Tag"}  # brings an address of its own that writes; tags are kept in /cms/


class LookOnly:
    """Mixed into what may be seen but not written."""

    def has_add_permission(self, *args, **kwargs):
        return False

    def has_change_permission(self, *args, **kwargs):
        return False

    def has_delete_permission(self, *args, **kwargs):
        return False


class RemoveOnly(LookOnly):
    def has_delete_permission(self, *args, **kwargs):
        return super(LookOnly, self).has_delete_permission(*args, **kwargs)


class Site(admin.AdminSite):
    site_title = site_header = "LA Original"
    index_title = _("People, rights, and what is stored")

    def register(self, model_or_iterable, admin_class=None, **options):
        """As Django's; what is not named above loses what writes, or is left out."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        for model in models:
            if model._meta.label in LEFT_OUT:
                continue
            super().register(model, _guarded(model._meta.label, admin_class or admin.ModelAdmin), **options)


def _guarded(label: str, admin_class: type) -> type:
    if label in CHANGED_HERE:
        return admin_class
    guard = RemoveOnly if label in REMOVED_HERE else LookOnly
    return type(admin_class.__name__, (guard, admin_class), {})


class AdminConfig(DjangoAdminConfig):
    default_site = "marketplace.users.admin_site.Site"
