"""How many pieces of a part are where, and how much of its money is left to give back."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from catalog.order.models import Line, MakerOrder, ParcelLine
from marketplace.core.money import cumulative_share
from marketplace.payments.models import Refund, RefundLine

AMOUNTS = ("net_cents", "discount_cents", "promo_cents", "tax_cents", "fee_cents")


@dataclass(frozen=True)
class Returned:
    """What of a line goes back, in cents: `net` to the shopper before tax, the rest to where it came from."""

    line: Line
    quantity: int
    net_cents: int
    discount_cents: int
    promo_cents: int
    tax_cents: int
    fee_cents: int

    @property
    def goods_cents(self) -> int:
        return self.net_cents + self.discount_cents + self.promo_cents

    @property
    def is_nothing(self) -> bool:
        return not (self.quantity or self.net_cents or self.tax_cents)


@dataclass(frozen=True)
class Count:
    """Pieces of one line, and what was given back of it. `canceled` never left, `returned` was shipped first."""

    line: Line
    shipped: int = 0
    canceled: int = 0
    returned: int = 0
    net_back: int = 0

    @property
    def to_ship(self) -> int:
        return self.line.quantity - self.shipped - self.canceled

    @property
    def with_shopper(self) -> int:
        return self.shipped - self.returned

    @property
    def gone(self) -> int:
        """Pieces that were given back, shipped or not."""
        return self.canceled + self.returned

    @property
    def net_left(self) -> int:
        return self.line.net_cents - self.net_back

    def pieces_back(self, quantity: int) -> Returned:
        """What `quantity` more pieces give back; with the last piece goes all that is left."""
        line, gone = self.line, self.gone
        net = cumulative_share(line.net_cents, gone, quantity, line.quantity)
        if gone + quantity == line.quantity:
            net = self.net_left
        return self._back(quantity, min(net, self.net_left))

    def amount_back(self, net_cents: int) -> Returned:
        """What giving `net_cents` of the price back means for tax, fee and discounts."""
        return self._back(0, net_cents)

    def _back(self, quantity: int, net: int) -> Returned:
        """Shares are cumulative, so that many small refunds never give back more, or less, than was taken."""
        line = self.line
        done, more, whole = (self.net_back, net, line.net_cents) if line.net_cents else (
            self.gone, quantity, line.quantity
        )  # fmt: skip
        discount, promo, tax, fee = (
            cumulative_share(total, done, more, whole)
            for total in (line.discount_cents, line.promo_cents, line.tax_cents, line.fee_cents)
        )
        return Returned(line, quantity, net, discount, promo, tax, fee)


def counts_of(part: MakerOrder) -> list[Count]:
    """One count for each line, in the order of their ids.

    A refund that failed counts on: its pieces went where they went, and its money is still owed to the shopper.
    Another try under a new key takes its place.
    """
    shipped = dict(
        ParcelLine.objects.filter(parcel__maker_order=part).values_list("line").annotate(sum=Sum("quantity"))
    )
    live = RefundLine.objects.filter(refund__maker_order=part, refund__retried_as=None)
    back = {
        line: sums
        for line, *sums in live.values_list("line").annotate(
            stayed=Sum("quantity", filter=Q(canceled=True), default=0),
            came=Sum("quantity", filter=Q(canceled=False), default=0),
            net=Sum("net_cents", default=0),
        )
    }
    return [Count(line, shipped.get(line.pk, 0), *back.get(line.pk, (0, 0, 0))) for line in part.lines.order_by("pk")]


def shipping_is_back(part: MakerOrder) -> bool:
    """Whether shipping was given back already; it goes back whole or not at all."""
    return Refund.objects.filter(maker_order=part, shipping_cents__gt=0, retried_as=None).exists()
