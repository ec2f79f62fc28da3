"""Vouchers: which pieces one lowers and by how much, taken once by an attempt and given back if that ends unpaid.

A maker's voucher lowers that maker's pieces and is borne by the maker; one of the marketplace lowers all pieces and
is booked as the marketplace's promotion, so that makers get their full price.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from makers import permissions
from makers.models import Maker
from marketplace.core import clock
from marketplace.core.money import allocate, share_of

from .models import Attempt, AttemptStatus, Voucher, VoucherUse
from .permissions import VOUCHERS, require

WHOLE = 10_000


class NotValid(Exception):
    """The code lowers nothing now; the message says why and what to do."""


@dataclass(frozen=True)
class Reduction:
    """How much each of some lines is lowered, in cents, and who bears it."""

    voucher: Voucher
    cents: list[int]

    @property
    def is_borne_by_maker(self) -> bool:
        return self.voucher.maker_id is not None

    @property
    def total(self) -> int:
        return sum(self.cents)


def find(code: str, *, email: str = "") -> Voucher:
    """The voucher of a code as people type it. Raises NotValid."""
    voucher = Voucher.objects.select_related("maker").filter(code=code.strip().upper()).first()
    if voucher is None:
        raise NotValid(_("We don't know this code. Check the letters and digits."))
    now = clock.now()
    if not voucher.is_active or now < voucher.starts_at or (voucher.ends_at and now >= voucher.ends_at):
        raise NotValid(_("This code can't be used now."))
    if voucher.most_uses is not None and voucher.uses >= voucher.most_uses:
        raise NotValid(_("This code was used as often as it may be."))
    if email and VoucherUse.objects.filter(voucher=voucher, email=email.lower(), released_at=None).exists():
        raise NotValid(_("You used this code already."))
    return voucher


def reduction(voucher: Voucher, lines: Sequence[tuple[int, int]]) -> Reduction:
    """What `voucher` takes off lines given as (maker id, cents). Raises NotValid where it takes nothing off."""
    worth = [cents if voucher.maker_id in (None, maker) else 0 for maker, cents in lines]
    whole = sum(worth)
    if not whole:
        maker = voucher.maker.name if voucher.maker else ""
        raise NotValid(_("This code is for pieces of %(maker)s; your bag holds none.") % {"maker": maker})
    if whole < voucher.least_cents:
        least = f"${voucher.least_cents // 100}.{voucher.least_cents % 100:02d}"
        raise NotValid(_("This code needs pieces worth %(least)s or more.") % {"least": least})
    off = share_of(whole, voucher.basis_points or 0, WHOLE) + min(voucher.amount_cents or 0, whole)
    return Reduction(voucher, allocate(off, worth))


def take(*, voucher: Voucher, attempt: Attempt, email: str, cents: int) -> None:
    """Count one use, only if there is one left; call it in the transaction that places. Raises NotValid."""
    left = Q(most_uses=None) | Q(uses__lt=F("most_uses"))
    if not Voucher.objects.filter(left, pk=voucher.pk, is_active=True).update(uses=F("uses") + 1):
        raise NotValid(_("This code was used as often as it may be."))
    try:
        with transaction.atomic():
            VoucherUse.objects.create(voucher=voucher, attempt=attempt, email=email.lower(), cents=cents)
    except IntegrityError:
        raise NotValid(_("You used this code already.")) from None


def give_back(attempt: Attempt) -> None:
    """An attempt ended unpaid: its voucher may be used again."""
    for use in VoucherUse.objects.select_for_update().filter(attempt=attempt, released_at=None):
        Voucher.objects.filter(pk=use.voucher_id, uses__gt=0).update(uses=F("uses") - 1)
        use.released_at = clock.now()
        use.save(update_fields=["released_at"])


def create(
    *, user, maker: Maker | None, code: str, basis_points: int | None, amount_cents: int | None, least_cents: int,
    starts_at: datetime, ends_at: datetime | None, most_uses: int | None,
) -> Voucher:  # fmt: skip
    """A new voucher: a maker's people for their maker, staff with the permission for the marketplace.

    Raises PermissionDenied, ValidationError.
    """
    if maker is not None:
        permissions.require(permissions.can_edit_maker(user, maker))
    else:
        require(user, VOUCHERS)
    voucher = Voucher(
        code=code.strip().upper(), maker=maker, basis_points=basis_points, amount_cents=amount_cents,
        least_cents=least_cents, starts_at=starts_at, ends_at=ends_at, most_uses=most_uses, created_by=user,
    )  # fmt: skip
    _check(voucher)
    try:
        with transaction.atomic():
            voucher.save(force_insert=True)
    except IntegrityError:
        raise ValidationError({"code": _("There is such a code already. Choose another.")}) from None
    return voucher


def _check(voucher: Voucher) -> None:
    errors = {}
    if not (4 <= len(voucher.code) <= 32 and voucher.code.isascii() and voucher.code.replace("-", "").isalnum()):
        errors["code"] = _("4 to 32 letters, digits and hyphens.")
    if (voucher.basis_points is None) == (voucher.amount_cents is None):
        errors["amount_cents"] = _("Give either a percentage or an amount.")
    elif voucher.basis_points is not None and not 1 <= voucher.basis_points <= 10_000:
        errors["basis_points"] = _("More than 0 and at most 100 percent.")
    elif voucher.amount_cents is not None and not 1 <= voucher.amount_cents <= 10_000_000:
        errors["amount_cents"] = _("More than $0.00 and at most $100,000.")
    if voucher.ends_at and voucher.ends_at <= voucher.starts_at:
        errors["ends_at"] = _("The end lies before the start.")
    if errors:
        raise ValidationError(errors)


def with_given(rows: QuerySet[Voucher]) -> QuerySet[Voucher]:
    """`given_cents`: what each took off orders that were paid."""
    paid = Q(taken__attempt__status=AttemptStatus.PAID)
    return rows.annotate(given_cents=Sum("taken__cents", filter=paid, default=0)).order_by("-created_at", "-pk")


def end(*, user, voucher: Voucher) -> None:
    """Nobody can use it from now on; what was ordered with it stays. Raises PermissionDenied."""
    if voucher.maker is not None:
        permissions.require(permissions.can_edit_maker(user, voucher.maker))
    else:
        require(user, VOUCHERS)
    Voucher.objects.filter(pk=voucher.pk).update(is_active=False)
