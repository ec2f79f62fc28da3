"""A maker's owner accepts the terms; without the version in force nothing new goes on sale."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from makers import permissions
from makers.models import Maker, Role
from marketplace.core import clock

from .models import TermsAcceptance
from .versions import Kind, in_force


def accept_terms(*, user, maker: Maker, number: int, fee_points: int) -> TermsAcceptance:
    """Write down that an owner accepted version `number`, shown with a fee of `fee_points` basis points.

    A second yes to the same version changes nothing. Raises PermissionDenied for everyone but owners, and
    ValidationError where another version is in force by now.
    """
    permissions.require(permissions.can_manage_members(user, maker))
    if number != in_force(Kind.MAKERS).number:
        raise ValidationError({"terms": _("The terms changed while you read them. Read the new ones, then accept.")})
    try:
        with transaction.atomic():
            return TermsAcceptance.objects.create(
                maker=maker, version=number, language=(get_language() or "en")[:2], fee_basis_points=fee_points,
                user=user, at=clock.now(),
            )  # fmt: skip
    except IntegrityError:  # accepted before, maybe in another tab
        return TermsAcceptance.objects.get(maker=maker, version=number, user=user)


def has_accepted(maker: Maker) -> bool:
    """Whether one of its owners of today accepted the version in force; who takes a business over does so anew."""
    owners = maker.memberships.filter(role=Role.OWNER)
    version = in_force(Kind.MAKERS).number
    return TermsAcceptance.objects.filter(maker=maker, version=version, user__in=owners.values("user")).exists()


def require_accepted(maker: Maker) -> None:
    """Raises ValidationError where an owner still has to accept the version in force."""
    if not has_accepted(maker):
        raise ValidationError(
            _("An owner accepts the terms for makers under “Duties” first; then new pieces go on sale.")
        )
