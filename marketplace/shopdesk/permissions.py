"""Who on the staff may look up orders and arrange the shop's categories."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied

from marketplace.payments.permissions import has

SHOP_STAFF = "Shop staff"
ORDERS, CATEGORIES = "order.view_order", "catalogue.change_category"


def require(user, perm: str) -> None:
    """Raises PermissionDenied."""
    if not has(user, perm):
        raise PermissionDenied


def ensure_groups(**kwargs) -> None:
    """Make the group with its permissions (after each migrate)."""
    group, _created = Group.objects.get_or_create(name=SHOP_STAFF)
    for perm in (ORDERS, CATEGORIES):
        app, codename = perm.split(".")
        create_permissions(apps.get_app_config(app), verbosity=0)
        group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
