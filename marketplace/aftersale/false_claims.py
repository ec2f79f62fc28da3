"""Staff found that a certificate's claim was false: each buyer is told, and may give the pieces back free of charge.

It never happens by itself: an expired or withdrawn certificate alone tells nobody. The money goes back as soon as the
buyer asks, without the maker's decision, since who made the claim is not who judges its buyers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalog.order.models import REFUNDABLE, Line, MakerOrder, Order
from certification.models import Certificate
from certification.permissions import has_conflict
from certification.words import Perm
from makers import permissions
from marketplace.core import clock, outbox
from marketplace.fulfilment.counting import Count, counts_of
from marketplace.fulfilment.refunding import Row, plan_refund, request_refund, these
from marketplace.payments.models import OurReason, Refund, RefundKind

from . import workflow
from .access import Access
from .models import FalseClaim, ToldBuyer
from .returns import is_all, make_return, tell
from .saying import said
from .words import FALSE_CLAIM_DAYS, FALSE_CLAIM_YEARS, Action, Reason, Side

# A claim that was misused or never true; a certificate that was given back or replaced says nothing of the claim.
ENDED = ("withdrawn", "suspended")


@dataclass(frozen=True)
class Reach:
    """Whom telling would reach, and the most that it costs, in cents before tax and shipping."""

    orders: int
    pieces: int
    cents: int


def lines_of(certificate: Certificate) -> QuerySet[Line]:
    """What was bought under the certificate within two years and was not given back whole."""
    since = clock.now() - timedelta(days=365 * FALSE_CLAIM_YEARS)
    return Line.objects.filter(
        certificate_number=certificate.number, maker_order__status__in=REFUNDABLE, order__date_placed__gte=since
    ).select_related("maker_order", "order")


def reach_of(certificate: Certificate) -> Reach:
    """Counted from what is left of each line, as a refund would count."""
    counts = [count for line in lines_of(certificate) for count in _left(line)]
    orders = {count.line.order_id for count in counts}
    return Reach(
        len(orders), sum(count.to_ship + count.with_shopper for count in counts),
        sum(count.net_left for count in counts),
    )  # fmt: skip


def _left(line: Line) -> list[Count]:
    return [
        count
        for count in counts_of(line.maker_order)
        if count.line.pk == line.pk and count.to_ship + count.with_shopper
    ]


def may_tell(user, certificate: Certificate) -> bool:
    """Who decides on certificates, without a tie to the maker."""
    return bool(
        user.is_active and user.is_staff and user.has_perm(Perm.SANCTION) and not has_conflict(user, certificate.maker)
    )


def can_tell(certificate: Certificate) -> bool:
    """Only of a certificate that staff ended or paused, and once."""
    return certificate.status in ENDED and not FalseClaim.objects.filter(certificate=certificate).exists()


@transaction.atomic
def tell_buyers(*, user, certificate: Certificate, reason: str) -> FalseClaim:
    """Write to every buyer, in plain words. Raises PermissionDenied, ValidationError."""
    permissions.require(may_tell(user, certificate))
    words = said(reason, "reason", _("Say in plain words what was false; the buyers read it."))
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not can_tell(locked):
        raise ValidationError(_("Buyers are told once, and only of a certificate that was suspended or withdrawn."))
    claim = FalseClaim.objects.create(
        certificate=locked, reason=words, told_by=user, told_at=clock.now(),
        until=clock.today() + timedelta(days=FALSE_CLAIM_DAYS),
    )  # fmt: skip
    orders = sorted({line.order_id for line in lines_of(locked) if _left(line)})
    for buyer in ToldBuyer.objects.bulk_create(ToldBuyer(claim=claim, order_id=order) for order in orders):
        outbox.post(
            topic="aftersale.tell_false_claim", key=f"false-claim:{claim.pk}:{buyer.order_id}",
            payload={"buyer": buyer.pk},
        )  # fmt: skip
    return claim


def claims_of(order: Order) -> list[FalseClaim]:
    """The false claims of which this order's buyer was told, and which may still be acted on."""
    return [
        row.claim for row in order.false_claims.select_related("claim__certificate") if row.claim.until >= clock.today()
    ]


def free_pieces(part: MakerOrder, claims: list[FalseClaim]) -> dict[int, int]:
    """Line id -> pieces of the part that can be given back free of charge now, shipped or not."""
    if not claims or part.status not in REFUNDABLE:
        return {}
    numbers = {claim.certificate.number for claim in claims}
    return {
        count.line.pk: left
        for count in counts_of(part)
        if count.line.certificate_number in numbers and (left := count.to_ship + count.with_shopper)
    }


def plan_free_return(*, access: Access, part: MakerOrder, pieces: Mapping[int, int]):
    """What it would give back. Raises PermissionDenied, ValidationError, and as `plan_refund`."""
    access.require_part(part)
    return plan_refund(part, _choose(access, part, pieces), with_shipping=is_all(counts_of(part), pieces))


@transaction.atomic
def return_free(*, access: Access, part: MakerOrder, pieces: Mapping[int, int], seen: str | None = None) -> Refund:
    """The buyer gives pieces back; the money goes at once, with shipping where nothing of the part is left.

    Pieces that were shipped go back to the maker at the maker's cost; those that were not are canceled.
    Raises as `plan_free_return`, and SumChanged.
    """
    access.require_part(part)
    Order.objects.select_for_update().get(pk=part.order_id)
    shipped = _shipped(part, pieces)
    refund = request_refund(
        maker_order=part, user=access.user, reason=OurReason.FALSE_CLAIM, seen=seen,
        kind=RefundKind.FALSE_CLAIM, choose=_choose(access, part, pieces),
        with_shipping=is_all(counts_of(part), pieces),
    )  # fmt: skip
    if shipped:
        _write_down(part, access, shipped, refund)
    return refund


def _write_down(part: MakerOrder, access: Access, shipped: Mapping[int, int], refund: Refund) -> None:
    """A return that is refunded already, so that both sides see the pieces are on their way back."""
    chosen = {line: (quantity, str(Reason.FALSE_CLAIM)) for line, quantity in shipped.items()}
    item, _asked = make_return(part=part, access=access, chosen=chosen, text="", for_false_claim=True)
    change = workflow.perform(
        item=item, action=Action.REFUND, side=Side.SHOPPER, actor=access.user, words=refund.reason, refund=refund
    )
    tell(change)


def _shipped(part: MakerOrder, pieces: Mapping[int, int]) -> dict[int, int]:
    """How many of the pieces the buyer has; those that wait for their parcel are taken first."""
    found = {count.line.pk: pieces.get(count.line.pk, 0) - count.to_ship for count in counts_of(part)}
    return {line: quantity for line, quantity in found.items() if quantity > 0}


def _choose(access: Access, part: MakerOrder, pieces: Mapping[int, int]):
    free = free_pieces(part, claims_of(access.order))

    def choose(counts) -> list[Row]:
        chosen = {line: quantity for line, quantity in pieces.items() if quantity}
        if not chosen:
            raise ValidationError({"pieces": _("Choose what you want to return.")})
        if any(type(quantity) is not int or not 0 < quantity <= free.get(line, 0) for line, quantity in chosen.items()):
            raise ValidationError({"pieces": _("Fewer pieces can be returned. Look at the numbers again.")})
        return these(counts, chosen)

    return choose
