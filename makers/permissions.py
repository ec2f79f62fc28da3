"""What a person may do for a maker. Services ask here; views answer 404 where the answer is no."""

from django.core.exceptions import PermissionDenied

from .models import Maker, Membership, Role


def role_of(user, maker: Maker) -> str:
    """The role as a string, "" for strangers."""
    if not user.is_authenticated:
        return ""
    return Membership.objects.filter(maker=maker, user=user).values_list("role", flat=True).first() or ""


def can_edit_maker(user, maker: Maker) -> bool:
    return bool(role_of(user, maker))


def can_manage_members(user, maker: Maker) -> bool:
    return role_of(user, maker) == Role.OWNER


def can_assist(user) -> bool:
    """Staff who file on a maker's behalf."""
    return user.is_authenticated and user.is_staff and user.has_perm("certification.file_application")


def require(allowed: bool) -> None:
    """Raises PermissionDenied, which the site shows to strangers as 404."""
    if not allowed:
        raise PermissionDenied
