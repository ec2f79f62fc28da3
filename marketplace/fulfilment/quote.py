"""What a basket costs right now, and what stands in its way: one answer for bag, checkout and placing.

Prices, stock, certificates, shipping and tax are always those of this moment; amounts in integer cents.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from catalog.shipping.options import Option, chosen, options_for
from catalog.shipping.planning import Item, PlannedParcel
from catalog.shipping.terms import Terms, terms_of
from certification.badge.badges import Badge, badges_for
from makers.models import Maker
from marketplace.core import clock
from marketplace.core.money import allocate, to_cents
from marketplace.payments import fees, vouchers
from marketplace.payments.vouchers import NotValid, Reduction
from marketplace.tax.rates import Destination
from marketplace.tax.services import Kind, TaxableLine, TaxedLine, assess

SHIPPING, HANDLING = "shipping", "handling"


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
    discount_cents: int = 0
    promo_cents: int = 0
    fee_cents: int = 0
    taxed: TaxedLine | None = None

    @property
    def total_cents(self) -> int:
        return self.unit_cents * self.quantity

    @property
    def taxable_cents(self) -> int:
        """What tax is reckoned on: a maker's own discount lowers it, one that others bear does not (Reg. 1671.1)."""
        return self.total_cents - self.discount_cents

    @property
    def tax_cents(self) -> int:
        return self.taxed.tax if self.taxed else 0

    @property
    def warnings(self) -> list[str]:
        """What a shopper must read of the piece before paying, in the reader's language."""
        notice = getattr(self.product, "notice", None)
        return notice.warnings if notice else []


@dataclass
class Part:
    """What one maker sells and sends."""

    maker: Maker
    lines: list[QuoteLine]
    options: list[Option]
    option: Option
    goods_cents: int
    fee_cents: int = 0
    shipping_taxed: list[TaxedLine] = field(default_factory=list)

    @property
    def shipping_cents(self) -> int:
        return self.option.cents

    @property
    def parcels(self) -> tuple[PlannedParcel, ...]:
        return self.option.parcels

    def parcel_of(self, line: QuoteLine) -> PlannedParcel:
        """The planned parcel that a line lies in."""
        return next(parcel for parcel in self.option.parcels if line.line_id in parcel.line_ids)

    @property
    def planned(self) -> list[tuple[PlannedParcel, list[QuoteLine]]]:
        """Each parcel with its lines, as shown before paying."""
        return [
            (parcel, [line for line in self.lines if line.line_id in parcel.line_ids]) for parcel in self.option.parcels
        ]

    @property
    def handed_over(self) -> Destination | None:
        """Where the shopper picks up; None where a carrier brings it."""
        place = self.maker.pickup_workplace
        if not self.option.is_pickup or place is None:
            return None
        return Destination(place.state, place.zip_code, line1=place.line1, city=place.city)

    @property
    def discount_cents(self) -> int:
        return sum(line.discount_cents for line in self.lines)

    @property
    def promo_cents(self) -> int:
        return sum(line.promo_cents for line in self.lines)

    @property
    def shipping_tax_cents(self) -> int:
        return sum(taxed.tax for taxed in self.shipping_taxed)

    @property
    def tax_cents(self) -> int:
        """Tax on pieces and handling."""
        return sum(line.tax_cents for line in self.lines) + self.shipping_tax_cents

    @property
    def total_cents(self) -> int:
        return self.goods_cents - self.discount_cents - self.promo_cents + self.shipping_cents + self.tax_cents


@dataclass
class Quote:
    """Parts that can be paid, lines that can't. Without a destination tax is not known yet."""

    parts: list[Part] = field(default_factory=list)
    blocked: list[QuoteLine] = field(default_factory=list)
    tax_known: bool = False
    reduction: Reduction | None = None
    voucher_problem: str = ""

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
    def off_cents(self) -> int:
        """What a voucher takes off."""
        return sum(part.discount_cents + part.promo_cents for part in self.parts)

    @property
    def total_cents(self) -> int:
        return sum(part.total_cents for part in self.parts)

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
            [part.maker.pk, part.option.code, part.option.cents, part.tax_cents]
            + [
                [parcel.cents, parcel.handling_cents, parcel.promised_on.isoformat(), parcel.line_ids]
                for parcel in part.parcels
            ]
            + [part.discount_cents, part.promo_cents]
            + [[line.line_id, line.quantity, line.unit_cents, line.badge and line.badge.number] for line in part.lines]
            for part in self.parts
        ]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:24]


def quote_of(
    basket, *, destination: Destination | None = None, choices: Mapping[int, str] | None = None, voucher: str = "",
    email: str = "", ask: bool = True,
) -> Quote:  # fmt: skip
    """The quote of a basket's lines; `choices` names a way of delivery per maker id, `voucher` a code.

    Raises TaxUnknown where a destination is given and its tax can't be reckoned now; `ask` False asks no other
    service for it, since nobody waits for one inside a transaction.
    """
    if basket.id is None:
        return Quote(tax_known=destination is not None)
    lines = _lines_of(basket)
    quote = Quote(blocked=[line for line in lines if line.problem], tax_known=destination is not None)
    by_maker: dict[int, list[QuoteLine]] = {}
    for line in lines:
        if not line.problem:
            by_maker.setdefault(line.product.maker_id, []).append(line)
    today = clock.today()
    terms = terms_of([line.product for own in by_maker.values() for line in own])
    for maker_id, own in by_maker.items():
        quote.parts.append(_part(own, terms, (choices or {}).get(maker_id), today))
    if voucher and quote.parts:
        _reduce(quote, voucher, email)
    if destination is not None:
        _charge_fees(quote, today)
        _tax(quote, destination, today, ask=ask)
    return quote


def _reduce(quote: Quote, code: str, email: str) -> None:
    """Take a voucher off the lines; one that is not valid takes nothing off, and the quote says why."""
    lines = quote.lines
    try:
        found = vouchers.find(code, email=email)
        quote.reduction = vouchers.reduction(found, [(line.product.maker_id, line.total_cents) for line in lines])
    except NotValid as error:
        quote.voucher_problem = str(error)
        return
    for line, cents in zip(lines, quote.reduction.cents, strict=True):
        if quote.reduction.is_borne_by_maker:
            line.discount_cents = cents
        else:
            line.promo_cents = cents


def _charge_fees(quote: Quote, today: date) -> None:
    """The operator's share of each part, split over its lines."""
    points = fees.basis_points_of([part.maker for part in quote.parts], today)
    for part in quote.parts:
        part.fee_cents = fees.fee_on(part.goods_cents - part.discount_cents, points[part.maker.pk])
        worth = [line.taxable_cents for line in part.lines]
        for line, cents in zip(part.lines, allocate(part.fee_cents, worth) if sum(worth) else worth, strict=True):
            line.fee_cents = cents


def _tax(quote: Quote, destination: Destination, today: date, *, ask: bool) -> None:
    """Tax on pieces and handling where they are handed over: all that goes to one place is reckoned together."""
    places: dict[Destination, list[Part]] = {}
    for part in quote.parts:
        places.setdefault(part.handed_over or destination, []).append(part)
    for place, parts in places.items():
        rows = [row for part in parts for row in _taxable(part)]
        taxed = {row.reference: row for row in assess(lines=rows, destination=place, day=today, ask=ask)}
        for part in parts:
            for line in part.lines:
                line.taxed = taxed[f"line:{line.line_id}"]
            part.shipping_taxed = [
                taxed[key] for key in (f"{SHIPPING}:{part.maker.pk}", f"{HANDLING}:{part.maker.pk}") if key in taxed
            ]


def _taxable(part: Part) -> list[TaxableLine]:
    rows = [TaxableLine(f"line:{line.line_id}", line.taxable_cents, Kind.GOODS) for line in part.lines]
    carried = part.option.cents - part.option.handling_cents
    if carried:
        rows.append(TaxableLine(f"{SHIPPING}:{part.maker.pk}", carried, Kind.SHIPPING))
    if part.option.handling_cents:
        rows.append(TaxableLine(f"{HANDLING}:{part.maker.pk}", part.option.handling_cents, Kind.HANDLING))
    return rows


def _lines_of(basket) -> list[QuoteLine]:
    joined = [
        f"{product}__{name}" for product in ("product", "product__parent")
        for name in ("maker__pickup_workplace", "shipping_profile", "notice")
    ]  # fmt: skip
    rows = list(basket.lines.select_related(*joined, "stockrecord").order_by("pk"))
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
    if not line.product.maker.is_selling:
        return Problem.MAKER_CLOSED
    if line.available == 0:
        return Problem.SOLD_OUT
    return Problem.FEWER_LEFT if line.quantity > line.available else None


def _part(lines: list[QuoteLine], terms: Mapping[int, Terms], code: str | None, today: date) -> Part:
    maker = lines[0].product.maker
    goods_cents = sum(line.total_cents for line in lines)
    items = [
        Item(line.line_id, line.quantity, line.product.weight_oz or 0, line.product.made_to_order_days,
             terms[line.product.pk])
        for line in lines
    ]  # fmt: skip
    options = options_for(items, pickup=maker.pickup_place is not None, goods_cents=goods_cents, today=today)
    return Part(maker=maker, lines=lines, options=options, option=chosen(options, code), goods_cents=goods_cents)
