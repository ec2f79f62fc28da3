"""What a basket costs right now, and what stands in its way: one answer for bag, checkout and placing.

Prices, stock, certificates, shipping and tax are always those of this moment; amounts in integer cents.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.conf import settings

from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from catalog.shipping.options import Option, chosen, options_for
from certification.badge.badges import Badge, badges_for
from makers.models import Maker
from marketplace.core import clock
from marketplace.core.money import share_of, to_cents
from marketplace.tax.finding import rate_for
from marketplace.tax.rates import LOS_ANGELES, NONE, Destination, Rate, tax_on

ONE = 10_000


class Problem(StrEnum):
    """Why a line can't be paid as it is."""

    NOT_CERTIFIED = "not_certified"
    MAKER_CLOSED = "maker_closed"
    SOLD_OUT = "sold_out"
    FEWER_LEFT = "fewer_left"
    NOT_FOR_SALE = "not_for_sale"


@dataclass
class QuoteLine:
    """One line of the basket. `was_cents` is the unit price at which it was put in, where that differs now."""

    line_id: int
    variant: Product
    product: Product
    stockrecord: StockRecord | None
    quantity: int
    available: int
    unit_cents: int
    was_cents: int | None
    badge: Badge | None
    problem: Problem | None
    tax_cents: int = 0

    @property
    def total_cents(self) -> int:
        return self.unit_cents * self.quantity


@dataclass
class Part:
    """What one maker sells and sends."""

    maker: Maker
    lines: list[QuoteLine]
    options: list[Option]
    option: Option
    goods_cents: int
    tax_cents: int = 0
    rate: Rate = NONE

    @property
    def shipping_cents(self) -> int:
        return self.option.cents

    @property
    def fee_cents(self) -> int:
        """What the operator keeps of the goods."""
        return share_of(self.goods_cents, settings.PLATFORM_FEE_BASIS_POINTS, ONE)

    @property
    def total_cents(self) -> int:
        return self.goods_cents + self.shipping_cents + self.tax_cents


@dataclass
class Quote:
    """Parts that can be paid, lines that can't. Without a destination tax is not known yet."""

    parts: list[Part] = field(default_factory=list)
    blocked: list[QuoteLine] = field(default_factory=list)
    tax_known: bool = False

    @property
    def lines(self) -> list[QuoteLine]:
        return [line for part in self.parts for line in part.lines]

    @property
    def goods_cents(self) -> int:
        return sum(part.goods_cents for part in self.parts)

    @property
    def shipping_cents(self) -> int:
        return sum(part.shipping_cents for part in self.parts)

    @property
    def tax_cents(self) -> int:
        return sum(part.tax_cents for part in self.parts)

    @property
    def total_cents(self) -> int:
        return self.goods_cents + self.shipping_cents + self.tax_cents

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def is_empty(self) -> bool:
        return not self.parts and not self.blocked

    @property
    def seen(self) -> str:
        """A short print of everything the shopper agrees to; it differs as soon as anything of it does."""
        facts = [
            [part.maker.pk, part.option.code, part.option.cents, part.option.promised_on.isoformat(), part.tax_cents]
            + [[line.line_id, line.quantity, line.unit_cents, line.badge and line.badge.number] for line in part.lines]
            for part in self.parts
        ]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:24]


def quote_of(basket, *, destination: Destination | None = None, choices: Mapping[int, str] | None = None) -> Quote:
    """The quote of a basket's lines; `choices` names a way of delivery per maker id."""
    if basket.id is None:
        return Quote(tax_known=destination is not None)
    lines = _lines_of(basket)
    quote = Quote(blocked=[line for line in lines if line.problem], tax_known=destination is not None)
    by_maker: dict[int, list[QuoteLine]] = {}
    for line in lines:
        if not line.problem:
            by_maker.setdefault(line.product.maker_id, []).append(line)
    today = clock.today()
    for maker_id, own in by_maker.items():
        quote.parts.append(_part(own, (choices or {}).get(maker_id), destination, today))
    return quote


def _lines_of(basket) -> list[QuoteLine]:
    rows = list(basket.lines.select_related("product__parent__maker", "product__maker", "stockrecord").order_by("pk"))
    badges = badges_for({row.product.parent_id or row.product_id for row in rows})
    return [_line(row, badges) for row in rows]


def _line(row, badges: Mapping[int, Badge]) -> QuoteLine:
    variant, record = row.product, row.stockrecord
    product = variant.parent if variant.parent_id else variant
    priced = record is not None and record.price is not None
    unit_cents = to_cents(record.price) if priced else 0
    available = max(0, (record.num_in_stock or 0) - (record.num_allocated or 0)) if record else 0
    was = to_cents(row.price_excl_tax) if row.price_excl_tax is not None else unit_cents
    line = QuoteLine(
        line_id=row.pk, variant=variant, product=product, stockrecord=record, quantity=row.quantity,
        available=available, unit_cents=unit_cents, was_cents=was if was != unit_cents else None,
        badge=badges.get(product.pk), problem=None,
    )  # fmt: skip
    line.problem = _problem(line, priced=priced)
    return line


def _problem(line: QuoteLine, *, priced: bool) -> Problem | None:
    if line.badge is None:
        return Problem.NOT_CERTIFIED
    public = line.variant.is_public and line.product.is_public and not line.product.is_held
    if not (priced and public and line.quantity > 0):
        return Problem.NOT_FOR_SALE
    if not line.product.maker.is_open:
        return Problem.MAKER_CLOSED
    if line.available == 0:
        return Problem.SOLD_OUT
    return Problem.FEWER_LEFT if line.quantity > line.available else None


def _part(lines: list[QuoteLine], code: str | None, destination: Destination | None, today: date) -> Part:
    maker = lines[0].product.maker
    goods_cents = sum(line.total_cents for line in lines)
    options = options_for(maker, goods_cents=goods_cents, today=today)
    part = Part(maker=maker, lines=lines, options=options, option=chosen(options, code), goods_cents=goods_cents)
    if destination is None:
        return part
    part.rate = rate_for(LOS_ANGELES if part.option.is_pickup else destination, today)
    for line in lines:
        line.tax_cents = tax_on(line.total_cents, part.rate)
    part.tax_cents = sum(line.tax_cents for line in lines)
    return part
