"""What a new maker pays, with an example to the cent by the code that reckons orders."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.order.models import MakerOrder
from makers.models import Maker
from marketplace.core import clock
from marketplace.payments import fees
from marketplace.payments.models import FeeTerm

GOODS, SHIPPING = 12_495, 850


@dataclass(frozen=True, slots=True)
class Coming:
    """A fee for all that is announced."""

    from_day: date
    percent: Decimal


@dataclass(frozen=True, slots=True)
class FeeExample:
    """The fee of today in percent, those to come, and what is left of a sale; amounts in cents."""

    points: int
    percent: Decimal
    coming: tuple[Coming, ...]
    goods_cents: int
    shipping_cents: int
    fee_cents: int
    share_cents: int


def points_of_today() -> int:
    """The fee of a maker that signs up today, in basis points."""
    return fees.basis_points(Maker(), clock.today())


def fee_example() -> FeeExample:
    """A piece of GOODS cents shipped for SHIPPING cents, sold today by a new maker."""
    points = points_of_today()
    part = MakerOrder(goods_cents=GOODS, shipping_cents=SHIPPING, fee_cents=fees.fee_on(GOODS, points))
    terms = FeeTerm.objects.filter(maker=None, from_day__gt=clock.today()).order_by("from_day")
    return FeeExample(
        points=points, percent=percent(points), goods_cents=GOODS, shipping_cents=SHIPPING, fee_cents=part.fee_cents,
        share_cents=part.share_cents, coming=tuple(Coming(term.from_day, percent(term.basis_points)) for term in terms),
    )  # fmt: skip


def percent(points: int) -> Decimal:
    """Basis points as percent without trailing zeros: 1000 is 10, 1250 is 12.5."""
    share = Decimal(points).scaleb(-2)
    return share.to_integral_value() if share == share.to_integral_value() else share.normalize()
