"""Who on the staff verifies sellers, answers reports of listings, and reads the figures for Form 1099-K."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied

from marketplace.payments.permissions import BOOKKEEPERS, has

COMPLIANCE = "Compliance"
VERIFY, REPORTS, TAX_FORMS = "duties.change_sellercheck", "duties.change_listingreport", "duties.view_salesmonth"
GROUPS = {COMPLIANCE: (VERIFY, REPORTS, TAX_FORMS), BOOKKEEPERS: (TAX_FORMS,)}


def require(user, perm: str) -> None:
    """Raises PermissionDenied."""
    if not has(user, perm):
        raise PermissionDenied


def ensure_groups(**kwargs) -> None:
    """Give the groups their permissions (after each migrate)."""
    # Django's own receiver, which makes the permissions, may run after this one.
    create_permissions(apps.get_app_config("duties"), verbosity=0)
    for name, perms in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        codenames = [perm.split(".")[1] for perm in perms]
        group.permissions.add(*Permission.objects.filter(content_type__app_label="duties", codename__in=codenames))
