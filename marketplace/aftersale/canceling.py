"""A shopper cancels pieces that did not leave yet; shipping and canceling are told apart by the order's lock."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.order.models import MakerOrder
from marketplace.core import outbox
from marketplace.fulfilment.counting import Count
from marketplace.fulfilment.refunding import Plan, Row, plan_refund, request_refund, these
from marketplace.payments.models import OurReason, Refund, RefundKind

from .access import Access


class TooLate(Exception):
    """Some of the chosen pieces left, or were canceled, already."""


def plan_cancellation(*, access: Access, part: MakerOrder, pieces: Mapping[int, int]) -> Plan:
    """What canceling would give back. Raises PermissionDenied, TooLate, WrongMoment, Disputed, ValidationError."""
    access.require_part(part)
    return plan_refund(part, _waiting(pieces))


@transaction.atomic
def cancel_pieces(
    *, access: Access, part: MakerOrder, pieces: Mapping[int, int], reason: str = "", seen: str | None = None
) -> Refund:
    """Cancel `pieces` (line id -> how many) that did not leave, at once; the money goes back, the maker is told.

    Raises as `plan_cancellation`, and SumChanged where `seen` names another plan.
    """
    access.require_part(part)
    refund = request_refund(
        maker_order=part, user=access.user, reason=reason.strip() or OurReason.CANCELED,
        kind=RefundKind.CANCELLATION, choose=_waiting(pieces), seen=seen,
    )  # fmt: skip
    outbox.post(topic="aftersale.tell_canceled", key=f"{refund.source}:canceled", payload={"refund": refund.pk})
    return refund


def _waiting(pieces: Mapping[int, int]):
    """A chooser of pieces that wait for their parcel, and of nothing else."""
    chosen = {line: quantity for line, quantity in pieces.items() if quantity}

    def choose(counts: Sequence[Count]) -> list[Row]:
        if not chosen:
            raise ValidationError({"pieces": _("Choose what to cancel.")})
        left = {count.line.pk: count.to_ship for count in counts}
        if any(type(quantity) is not int or not 0 < quantity <= left.get(line, 0) for line, quantity in chosen.items()):
            raise TooLate
        return these(counts, chosen)

    return choose
