"""Who reads the tax books, and who changes rates and obligations."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

BOOKKEEPERS = "Bookkeepers"
VIEW, LOAD, OBLIGE = "tax.view_rate", "tax.change_rate", "tax.change_obligation"


def is_reader(user) -> bool:
    """Staff who may see rates, obligations and reports."""
    return user.is_active and user.is_staff and user.has_perm(VIEW)


def may(user, permission: str) -> bool:
    """Whether a member of staff has this permission."""
    return user.is_active and user.is_staff and user.has_perm(permission)


def ensure_groups(**kwargs) -> None:
    """Make the bookkeepers' group and give it what it needs here (after each migrate)."""
    # Django's own receiver, which makes the permissions, may run after this one.
    create_permissions(apps.get_app_config("tax"), verbosity=0)
    group, _created = Group.objects.get_or_create(name=BOOKKEEPERS)
    codenames = [name.split(".")[1] for name in (VIEW, LOAD, OBLIGE)]
    group.permissions.add(*Permission.objects.filter(content_type__app_label="tax", codename__in=codenames))
