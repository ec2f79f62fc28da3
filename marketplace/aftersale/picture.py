"""What became of an order, part by part: the one picture that shopper, maker and staff look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalog.order.models import WAITING, Line, MakerOrder, Order, Parcel, PartStatus
from marketplace.fulfilment.carriers import tracking_address
from marketplace.fulfilment.counting import Count, counts_of
from marketplace.payments.models import MoneyStatus, Refund

from .false_claims import free_pieces
from .models import FalseClaim, Return
from .returns import returnable_of
from .reviews import reviewable


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
    returns: Sequence[Return] = ()
    written: int = 0
    reviewed: Mapping[int, bool] = field(default_factory=dict)
    can: frozenset[str] = field(default_factory=frozenset)

    @property
    def refunded_cents(self) -> int:
        """In cents; what failed is on its way only once it was asked for again."""
        return sum(refund.amount_cents for refund in self.refunds if refund.status != MoneyStatus.FAILED)


def parts_of(order: Order) -> list[MakerOrder]:
    """The parts of an order with all that a picture needs."""
    return list(
        order.maker_orders.select_related("maker", "order")
        .prefetch_related("lines__product__parent", "parcels__contents__line__product__parent", "refunds")
        .order_by("pk")
    )


def picture_of(part: MakerOrder, claims: Sequence[FalseClaim] = ()) -> PartView:
    """How a part stands now; its parcels are numbered in the order in which they left."""
    counts = counts_of(part)
    parcels = [
        ParcelView(
            number, parcel, tracking_address(parcel), [(row.quantity, row.line) for row in parcel.contents.all()]
        )
        for number, parcel in enumerate(sorted(part.parcels.all(), key=lambda parcel: parcel.pk), start=1)
    ]
    asked_again = {refund.retry_of_id for refund in part.refunds.all()}
    refunds = [refund for refund in part.refunds.all() if refund.pk not in asked_again]
    left = returnable_of(part, counts)
    lines = [LineView(count.line, count, left.get(count.line.pk, 0)) for count in counts]
    asked = list(part.returns.order_by("pk"))
    can = _can(part, counts, left) | ({"free_return"} if free_pieces(part, list(claims)) else set())
    return PartView(part, lines, parcels, refunds, asked, part.messages.count(), reviewable(part), can)


def _can(part: MakerOrder, counts: Sequence[Count], left: dict[int, int]) -> frozenset[str]:
    """What the shopper may do with the part now."""
    if part.status in (PartStatus.PENDING, PartStatus.EXPIRED):
        return frozenset()
    waiting = part.status in WAITING
    found = {"write"}
    if waiting and any(count.to_ship for count in counts):
        found.add("cancel")
    if left:
        found.add("return")
    return frozenset(found)
