"""What became of an order, part by part: the one picture that shopper, maker and staff look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog.order.models import Line, MakerOrder, Order, Parcel, PartStatus
from marketplace.fulfilment.counting import Count, counts_of
from marketplace.payments.models import MoneyStatus, Refund

from .tracking import tracking_address


@dataclass(frozen=True)
class ParcelView:
    number: int
    parcel: Parcel
    address: str
    contents: Sequence[tuple[int, Line]]


@dataclass(frozen=True)
class LineView:
    """One line with how many of its pieces are where."""

    line: Line
    count: Count
    returnable: int = 0


@dataclass(frozen=True)
class PartView:
    part: MakerOrder
    lines: Sequence[LineView]
    parcels: Sequence[ParcelView]
    refunds: Sequence[Refund]
    returns: Sequence = ()
    thread: Sequence = ()
    can: frozenset[str] = field(default_factory=frozenset)

    @property
    def refunded_cents(self) -> int:
        return sum(refund.amount_cents for refund in self.refunds)


def parts_of(order: Order) -> list[MakerOrder]:
    """The parts of an order with all that a picture needs."""
    return list(
        order.maker_orders.select_related("maker", "order")
        .prefetch_related("lines__product__parent", "parcels__contents__line__product__parent", "refunds")
        .order_by("pk")
    )


def picture_of(part: MakerOrder) -> PartView:
    """How a part stands now; its parcels are numbered in the order in which they left."""
    counts = counts_of(part)
    parcels = [
        ParcelView(
            number, parcel, tracking_address(parcel), [(row.quantity, row.line) for row in parcel.contents.all()]
        )
        for number, parcel in enumerate(sorted(part.parcels.all(), key=lambda parcel: parcel.pk), start=1)
    ]
    refunds = [refund for refund in part.refunds.all() if refund.status != MoneyStatus.FAILED]
    lines = [LineView(count.line, count) for count in counts]
    return PartView(part, lines, parcels, refunds, can=_can(part, counts))


def _can(part: MakerOrder, counts: Sequence[Count]) -> frozenset[str]:
    """What the shopper may do with the part now."""
    waiting = part.status in (PartStatus.TO_SHIP, PartStatus.PART_SHIPPED)
    return frozenset({"cancel"} if waiting and any(count.to_ship for count in counts) else ())
