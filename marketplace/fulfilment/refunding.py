"""Money goes back to the shopper: pieces that were canceled or returned, a part of a price, or a whole part.

Requested in one transaction under the order's lock, sent by the outbox under a stored key, booked in another. What
is left to give back is counted under the lock, so that refunds never add up to more than was paid.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from catalog.order import workflow
from catalog.order.models import REFUNDABLE, MakerOrder, Order, PartStatus
from catalog.partner.models import StockRecord
from catalog.search.listing import refresh_after_commit
from makers import permissions
from marketplace.core import outbox
from marketplace.payments.models import Dispute, DisputeOutcome, MoneyStatus, Refund, RefundKind, RefundLine
from marketplace.payments.permissions import REFUND, has

from .counting import Count, Returned, counts_of, shipping_is_back
from .releasing import release_after_dispatch

LONGEST_REASON = 500


class Disputed(Exception):
    """The cardholder's bank has the money already; it decides, and a refund would pay twice."""


class NothingLeft(Exception):
    """Less is left to give back than was asked for."""


@dataclass(frozen=True)
class Row:
    """What goes back of one line; `canceled` pieces never left the maker."""

    back: Returned
    canceled: bool


class SumChanged(Exception):
    """Something was refunded or shipped since this sum was shown, by another click maybe; nothing was done."""


@dataclass(frozen=True)
class Plan:
    """What a refund would give back now, in cents. `seen` names it: another refund in between makes it another."""

    number: int
    rows: Sequence[Row]
    shipping_cents: int = 0
    shipping_tax_cents: int = 0

    @property
    def net_cents(self) -> int:
        return sum(row.back.net_cents for row in self.rows)

    @property
    def tax_cents(self) -> int:
        return sum(row.back.tax_cents for row in self.rows) + self.shipping_tax_cents

    @property
    def amount_cents(self) -> int:
        return self.net_cents + self.shipping_cents + self.tax_cents

    @property
    def seen(self) -> str:
        return f"{self.number}-{self.amount_cents}"


def may_refund(user, maker_order: MakerOrder) -> bool:
    """The maker's own people, and staff with the permission."""
    return permissions.can_edit_maker(user, maker_order.maker) or has(user, REFUND)


def refund_part(
    *, user, maker_order: MakerOrder, reason: str, kind: RefundKind = RefundKind.WHOLE, seen: str | None = None
) -> Refund:
    """Give back all that is left of a part, shipping too.

    Raises PermissionDenied, ValidationError, WrongMoment, Disputed, NothingLeft.
    """
    permissions.require(may_refund(user, maker_order))
    return request_refund(
        maker_order=maker_order, user=user, reason=reason, kind=kind, choose=everything, with_shipping=True, seen=seen
    )


def refund_pieces(
    *, user, maker_order: MakerOrder, pieces: Mapping[int, int], reason: str, kind: RefundKind = RefundKind.RETURN,
    with_shipping: bool = False, seen: str | None = None,
) -> Refund:  # fmt: skip
    """Give pieces back, by line id: those not shipped yet are canceled first. Raises as `refund_part`."""
    permissions.require(may_refund(user, maker_order))
    return request_refund(
        maker_order=maker_order, user=user, reason=reason, kind=kind, with_shipping=with_shipping,
        choose=lambda counts: these(counts, pieces), seen=seen,
    )  # fmt: skip


def refund_amount(
    *, user, maker_order: MakerOrder, line_id: int, net_cents: int, reason: str, seen: str | None = None
) -> Refund:
    """Give a part of a line's price back, and the tax on it; the pieces stay. Raises as `refund_part`."""
    permissions.require(may_refund(user, maker_order))
    return request_refund(
        maker_order=maker_order, user=user, reason=reason, kind=RefundKind.PRICE, seen=seen,
        choose=lambda counts: a_part_of_the_price(counts, line_id, net_cents),
    )  # fmt: skip


def a_part_of_the_price(counts: Sequence[Count], line_id: int, net_cents: int) -> list[Row]:
    """So much of one line's price; the pieces stay. Raises ValidationError, NothingLeft."""
    if type(net_cents) is not int or net_cents <= 0:
        raise ValidationError({"amount": _("Give an amount above $0.00.")})
    count = _of_line(counts, line_id)
    if net_cents > count.net_left:
        raise NothingLeft(f"{count.net_left} cents are left of line {line_id}")
    return [Row(count.amount_back(net_cents), canceled=False)]


def everything(counts: Sequence[Count]) -> list[Row]:
    """All that is left of every line."""
    return these(counts, {count.line.pk: count.to_ship + count.with_shopper for count in counts})


def these(counts: Sequence[Count], pieces: Mapping[int, int]) -> list[Row]:
    """Rows for so many pieces of each line id, unshipped ones first. Raises NothingLeft."""
    rows = []
    for line_id, quantity in sorted(pieces.items()):
        if type(quantity) is not int or quantity < 0:
            raise NothingLeft(f"{quantity!r} pieces")
        rows += _pieces(_of_line(counts, line_id), quantity)
    return rows


def _of_line(counts: Sequence[Count], line_id: int) -> Count:
    found = next((count for count in counts if count.line.pk == line_id), None)
    if found is None:
        raise NothingLeft(f"line {line_id} is not of this part")
    return found


def _pieces(count: Count, quantity: int) -> Iterable[Row]:
    if quantity > count.to_ship + count.with_shopper:
        raise NothingLeft(f"{count.to_ship + count.with_shopper} pieces are left of line {count.line.pk}")
    canceled = min(quantity, count.to_ship)
    if canceled:
        back = count.pieces_back(canceled)
        yield Row(back, canceled=True)
        count = Count(
            count.line, count.shipped, count.canceled + canceled, count.returned, count.net_back + back.net_cents
        )
    if quantity > canceled:
        yield Row(count.pieces_back(quantity - canceled), canceled=False)


def plan_refund(part: MakerOrder, choose, *, with_shipping: bool = False) -> Plan:
    """What a refund of the chosen pieces would give back now. Raises WrongMoment, Disputed, NothingLeft.

    Shipping goes back with the last piece where nothing was shipped, and where `with_shipping` asks for it.
    """
    if part.status not in REFUNDABLE:
        raise workflow.WrongMoment(f"a part that is {part.status} can't be refunded")
    _require_undisputed(part)
    counts = counts_of(part)
    rows = [row for row in choose(counts) if not row.back.is_nothing]
    ships_back = with_shipping or (_ends(counts, rows) and not any(count.shipped for count in counts))
    shipping = (0, 0)
    if ships_back and not shipping_is_back(part):
        shipping = (part.shipping_cents, part.shipping_tax_cents)
    plan = Plan(part.refunds.count() + 1, rows, *shipping)
    if plan.amount_cents == 0:
        raise NothingLeft("all of it was given back already")
    return plan


def _require_undisputed(part: MakerOrder) -> None:
    if Dispute.objects.filter(attempt__order=part.order_id).exclude(outcome=DisputeOutcome.WON).exists():
        raise Disputed


@transaction.atomic
def request_refund(
    *, maker_order: MakerOrder, user, reason: str, kind: RefundKind, choose, with_shipping: bool = False,
    seen: str | None = None,
) -> Refund:  # fmt: skip
    """Write a refund down and queue it. `choose` makes rows of the counts; who may do it is the caller's to check.

    `seen` is the plan that was shown, where one was. Raises ValidationError, SumChanged, and as `plan_refund`.
    """
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("Say in up to 500 characters why; the shopper reads it.")})
    order = Order.objects.select_for_update().get(pk=maker_order.order_id)
    part = MakerOrder.objects.select_for_update().get(pk=maker_order.pk)
    plan = plan_refund(part, choose, with_shipping=with_shipping)
    if seen is not None and seen != plan.seen:
        raise SumChanged
    refund = _write(part, plan, user, reason, kind)
    _put_back(plan.rows)
    _move(part, user)
    _move_order(order)
    outbox.post(topic="payments.refund_part", key=refund.source, payload={"refund": refund.pk})
    return refund


def _ends(counts: Sequence[Count], rows: Sequence[Row]) -> bool:
    """Whether nothing is left of the part after these rows."""
    left = sum(count.to_ship + count.with_shopper for count in counts)
    return left == sum(row.back.quantity for row in rows)


def _write(part: MakerOrder, plan: Plan, user, reason: str, kind: RefundKind) -> Refund:
    sums = {
        name: sum(getattr(row.back, name) for row in plan.rows)
        for name in ("goods_cents", "discount_cents", "promo_cents", "fee_cents")
    }
    refund = Refund.objects.create(
        maker_order=part, number=plan.number, kind=kind, amount_cents=plan.amount_cents,
        shipping_cents=plan.shipping_cents, shipping_tax_cents=plan.shipping_tax_cents, tax_cents=plan.tax_cents,
        reason=reason, requested_by=user, **sums,
    )  # fmt: skip
    RefundLine.objects.bulk_create(
        RefundLine(
            refund=refund, line=row.back.line, quantity=row.back.quantity, canceled=row.canceled,
            net_cents=row.back.net_cents, discount_cents=row.back.discount_cents, promo_cents=row.back.promo_cents,
            tax_cents=row.back.tax_cents, fee_cents=row.back.fee_cents,
        )
        for row in plan.rows
    )  # fmt: skip
    return refund


def _put_back(rows: Sequence[Row]) -> None:
    """Canceled pieces are for sale again; returned ones only once their maker looked at them."""
    for row in sorted(rows, key=lambda row: row.back.line.stockrecord_id or 0):
        if row.canceled and row.back.quantity:
            StockRecord.objects.filter(pk=row.back.line.stockrecord_id).update(
                num_in_stock=F("num_in_stock") + row.back.quantity
            )
    refresh_after_commit(row.back.line.product for row in rows if row.canceled)


def _move(part: MakerOrder, user) -> None:
    """The part follows its pieces: refunded when none is left, shipped when none waits."""
    counts = counts_of(part)
    if not any(count.to_ship + count.with_shopper for count in counts):
        workflow.perform(maker_order=part, action="refund", actor=user)
    elif part.status == PartStatus.PART_SHIPPED and not any(count.to_ship for count in counts):
        part = workflow.perform(maker_order=part, action="cancel_rest", actor=user)
        release_after_dispatch(part)


def _move_order(order: Order) -> None:
    """The order follows its parts: refunded when all are, shipped when what is left is shipped."""
    left = set(order.maker_orders.exclude(status=PartStatus.REFUNDED).values_list("status", flat=True))
    if not left:
        order.set_status("refunded")
    elif left == {PartStatus.SHIPPED} and order.status != "shipped":
        order.set_status("shipped")


@transaction.atomic
def retry_refund(*, user, refund: Refund) -> Refund:
    """A refund that failed is asked for once more under a new key, with the same amounts.

    Raises PermissionDenied, WrongMoment, Disputed.
    """
    permissions.require(has(user, REFUND))
    Order.objects.select_for_update().get(maker_orders=refund.maker_order_id)
    failed = Refund.objects.select_for_update().get(pk=refund.pk)
    if failed.status != MoneyStatus.FAILED or Refund.objects.filter(retry_of=failed).exists():
        raise workflow.WrongMoment("only a refund that failed is asked for again, and once")
    _require_undisputed(failed.maker_order)
    again = Refund.objects.get(pk=failed.pk)
    again.pk, again._state.adding = None, True
    again.number = Refund.objects.filter(maker_order=failed.maker_order_id).count() + 1
    again.status, again.refund_id, again.last_error, again.retry_of = MoneyStatus.REQUESTED, "", "", failed
    again.requested_by = user
    again.save(force_insert=True)
    for row in failed.lines.order_by("pk"):
        row.pk, row._state.adding, row.refund = None, True, again
        row.save(force_insert=True)
    outbox.post(topic="payments.refund_part", key=again.source, payload={"refund": again.pk})
    return again
