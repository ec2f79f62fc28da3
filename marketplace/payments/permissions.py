"""Who on the staff may see the books, return money, answer banks, and set fees and vouchers."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied

BOOKKEEPERS = "Bookkeepers"
BOOKS = "payments.view_ledgerentry"
REFUND = "payments.add_refund"
DISPUTES = "payments.change_dispute"
FEES = "payments.add_feeterm"
VOUCHERS = "payments.add_voucher"
ALL = (BOOKS, REFUND, DISPUTES, FEES, VOUCHERS)


def has(user, perm: str) -> bool:
    """Whether a member of the staff holds the permission; others never do."""
    return bool(user.is_active and user.is_staff and user.has_perm(perm))


def require(user, perm: str) -> None:
    """Raises PermissionDenied."""
    if not has(user, perm):
        raise PermissionDenied


def ensure_groups(**kwargs) -> None:
    """Make the bookkeepers' group with its permissions (after each migrate)."""
    create_permissions(apps.get_app_config("payments"), verbosity=0)
    group, _created = Group.objects.get_or_create(name=BOOKKEEPERS)
    names = [perm.split(".")[1] for perm in ALL]
    group.permissions.add(*Permission.objects.filter(content_type__app_label="payments", codename__in=names))
