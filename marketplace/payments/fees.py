"""The operator's fee: which share of a maker's goods, from which day on."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from makers.models import Maker
from marketplace.core import clock
from marketplace.core.money import share_of

from . import permissions
from .models import FeeTerm

WHOLE = 10_000


def basis_points(maker: Maker, day: date) -> int:
    """The fee of `maker` on a Los Angeles day: its own term, else the one for all, else the setting."""
    return basis_points_of([maker], day)[maker.pk]


def basis_points_of(makers: list[Maker], day: date) -> dict[int, int]:
    """The fees of several makers by their ids, in one query."""
    ids = [maker.pk for maker in makers]
    terms = FeeTerm.objects.filter(Q(maker__in=ids) | Q(maker=None), from_day__lte=day).order_by("from_day", "pk")
    latest: dict[int | None, int] = dict(terms.values_list("maker", "basis_points"))
    common = latest.get(None, settings.PLATFORM_FEE_BASIS_POINTS)
    return {pk: latest.get(pk, common) for pk in ids}


def fee_on(cents: int, points: int) -> int:
    """The fee in cents on goods of `cents`, half a cent rounds up."""
    return share_of(cents, points, WHOLE)


def set_fee(*, user, maker: Maker | None, points: int, from_day: date, note: str) -> FeeTerm:
    """A new fee from a day on, never backwards: orders keep the fee of the day they were placed.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(user, permissions.FEES)
    if from_day < clock.today():
        raise ValidationError({"from_day": _("A fee starts today or later; what was sold keeps its fee.")})
    if not 0 <= points <= 5000:
        raise ValidationError({"basis_points": _("A fee is between 0 and 50 percent.")})
    if not note.strip():
        raise ValidationError({"note": _("Say why, for those who ask later.")})
    try:
        with transaction.atomic():
            return FeeTerm.objects.create(
                maker=maker, basis_points=points, from_day=from_day, note=note.strip()[:200], set_by=user
            )
    except IntegrityError:
        raise ValidationError({"from_day": _("There is a fee from that day already.")}) from None
