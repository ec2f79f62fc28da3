"""From basket to a pending order with pieces held: the first two steps of paying.

Everything is recomputed under the basket's lock; the attempt that comes out is frozen. The PaymentIntent is
made after the commit, under a key that is stored already, so that nothing is done twice.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from catalog.basket.models import Basket
from catalog.order.country import united_states
from catalog.order.models import Line, MakerOrder, Order, ShippingAddress
from catalog.partner.models import OutOfStock
from catalog.search.listing import refresh_held
from catalog.shipping.planning import PlannedParcel
from marketplace.core import clock
from marketplace.core.money import from_cents
from marketplace.payments import gateway, vouchers
from marketplace.payments.models import Attempt, AttemptStatus, Hold
from marketplace.tax.rates import Destination, TaxUnknown
from marketplace.terms.versions import Kind, in_force

from .quote import Part, Quote, QuoteLine, quote_of

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CURRENCY = "usd"
LEAST_CENTS, MOST_CENTS = 50, 99_999_999  # what Stripe takes in one payment


class CannotPlace(Exception):
    """Some lines can't be paid as they are; `quote` says which and why."""

    def __init__(self, quote: Quote) -> None:
        super().__init__("lines stand in the way")
        self.quote = quote


class Changed(Exception):
    """Something differs from what the shopper saw; `quote` is how it is now."""

    def __init__(self, quote: Quote) -> None:
        super().__init__("the quote changed")
        self.quote = quote


class NotPayable(Exception):
    """The sum is less or more than can be paid at once."""


class BasketGone(Exception):
    """The basket is empty, or was ordered or emptied in another tab."""


@dataclass(frozen=True)
class Shopper:
    """Who orders, and where to."""

    email: str
    name: str
    line1: str
    city: str
    state: str
    zip_code: str
    line2: str = ""
    phone: str = ""
    language: str = "en"
    is_gift: bool = False
    gift_note: str = ""

    @property
    def destination(self) -> Destination:
        return Destination(self.state, self.zip_code, line1=self.line1, city=self.city)


def place(*, basket, shopper: Shopper, user, choices: Mapping[int, str], seen: str, voucher: str = "") -> Attempt:
    """Hold the pieces and write the pending order; a second call for the same basket gives the same attempt.

    Raises CannotPlace, Changed, NotPayable, BasketGone, TaxUnknown. Nothing is written when it raises.
    """
    wanted = {"destination": shopper.destination, "choices": choices, "voucher": voucher, "email": shopper.email}
    try:
        return _try_to_place(basket, shopper, user, wanted, seen)
    except OutOfStock as error:  # somebody was faster between our look and our hold
        raise CannotPlace(quote_of(basket, **wanted)) from error
    except vouchers.NotValid as error:  # and somebody took the voucher's last use
        raise Changed(quote_of(basket, **wanted)) from error


def _try_to_place(basket, shopper: Shopper, user, wanted: dict, seen: str) -> Attempt:
    """In one transaction, which waits for no other service: tax that is not known yet is asked for outside it."""
    try:
        with transaction.atomic():
            return _place(basket, shopper, user, wanted, seen)
    except TaxUnknown:
        quote_of(basket, **wanted)
    with transaction.atomic():
        return _place(basket, shopper, user, wanted, seen)


def _place(basket, shopper: Shopper, user, wanted: dict, seen: str) -> Attempt:
    locked = Basket.objects.select_for_update().filter(pk=basket.id).first() if basket.id else None
    if locked is None:
        raise BasketGone
    if locked.status != Basket.OPEN:
        return _already_placed(locked)
    quote = quote_of(locked, **wanted, ask=False)
    if quote.is_empty:
        raise BasketGone
    if quote.blocked:
        raise CannotPlace(quote)
    if quote.seen != seen:
        raise Changed(quote)
    if not LEAST_CENTS <= quote.total_cents <= MOST_CENTS:
        raise NotPayable
    order = _write_order(locked, shopper, user, quote)
    attempt = _write_attempt(locked, order, shopper, user, quote)
    _hold(attempt, quote)
    if quote.reduction:
        vouchers.take(
            voucher=quote.reduction.voucher, attempt=attempt, email=shopper.email, cents=quote.reduction.total
        )
    locked.status = Basket.FROZEN
    locked.save(update_fields=["status"])
    products = {line.product.pk for line in quote.lines}
    transaction.on_commit(lambda: refresh_held(products), robust=True)
    return attempt


def _already_placed(basket) -> Attempt:
    attempt = Attempt.objects.filter(basket_id=basket.pk, status=AttemptStatus.OPEN).first()
    if attempt is None:
        raise BasketGone
    return attempt


def _hold(attempt: Attempt, quote: Quote) -> None:
    """Set the pieces aside, stock records in the order of their ids. Raises OutOfStock."""
    for line in sorted(quote.lines, key=lambda line: line.stockrecord.pk):
        line.stockrecord.allocate(line.quantity)
    Hold.objects.bulk_create(
        Hold(attempt=attempt, stockrecord=line.stockrecord, quantity=line.quantity) for line in quote.lines
    )


def new_number() -> str:
    """An order number that nobody guesses: LA-XXXX-XXXX."""
    while True:
        letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
        number = f"LA-{letters[:4]}-{letters[4:]}"
        if not Order.objects.filter(number=number).exists():
            return number


def _address(shopper: Shopper) -> ShippingAddress:
    return ShippingAddress.objects.create(
        last_name=shopper.name, line1=shopper.line1, line2=shopper.line2, line4=shopper.city, state=shopper.state,
        postcode=shopper.zip_code, country=united_states(), phone_number=shopper.phone,
    )  # fmt: skip


def _write_order(basket, shopper: Shopper, user, quote: Quote) -> Order:
    goods, shipping, tax = (
        from_cents(cents) for cents in (quote.goods_cents - quote.off_cents, quote.shipping_cents, quote.tax_cents)
    )
    order = Order.objects.create(
        number=new_number(), basket=basket, user=user, guest_email="" if user else shopper.email,
        language=shopper.language, currency=CURRENCY.upper(), shipping_address=_address(shopper),
        total_excl_tax=goods + shipping, total_incl_tax=goods + shipping + tax, tax_total=tax,
        shipping_excl_tax=shipping, shipping_incl_tax=shipping, status=settings.OSCAR_INITIAL_ORDER_STATUS,
        date_placed=clock.now(), is_gift=shopper.is_gift, gift_note=shopper.gift_note,
    )  # fmt: skip
    code = quote.reduction.voucher.code if quote.reduction else ""
    parts = [(_part_row(order, part, code), part) for part in quote.parts]
    MakerOrder.objects.bulk_create(row for row, _part in parts)
    Line.objects.bulk_create(_line_row(row, line, part.parcel_of(line)) for row, part in parts for line in part.lines)
    return order


def _part_row(order: Order, part: Part, code: str) -> MakerOrder:
    return MakerOrder(
        order=order, maker=part.maker, shipping_code=part.option.code, goods_cents=part.goods_cents,
        discount_cents=part.discount_cents, promo_cents=part.promo_cents, shipping_cents=part.shipping_cents,
        tax_cents=part.tax_cents, shipping_tax_cents=part.shipping_tax_cents, fee_cents=part.fee_cents,
        shipping_taxed=[asdict(taxed) for taxed in part.shipping_taxed], promised_on=part.option.promised_on,
        pickup_at=_pickup_at(part),
        return_days=part.maker.return_days, voucher_code=code if part.discount_cents or part.promo_cents else "",
    )  # fmt: skip


def _pickup_at(part: Part) -> str:
    place = part.maker.pickup_workplace
    if not part.option.is_pickup or place is None:
        return ""
    lines = [place.line1, place.line2, f"{place.city}, {place.state} {place.zip_code}"]
    return ", ".join(line for line in lines if line)[:300]


def _line_row(maker_order: MakerOrder, line: QuoteLine, parcel: PlannedParcel) -> Line:
    net, tax, unit = (
        from_cents(cents)
        for cents in (line.total_cents - line.discount_cents - line.promo_cents, line.tax_cents, line.unit_cents)
    )
    total, record = from_cents(line.total_cents), line.stockrecord
    return Line(
        order=maker_order.order, maker_order=maker_order, partner_id=record.partner_id,
        partner_name=maker_order.maker.name, partner_sku=record.partner_sku, stockrecord=record,
        product=line.variant, title=line.product.title, variant=line.variant.variant_label,
        upc=line.variant.upc, quantity=line.quantity, num_allocated=0,
        certificate_number=line.badge.number, certified_claims=",".join(line.badge.claims),
        line_price_excl_tax=net, line_price_incl_tax=net + tax, line_price_before_discounts_excl_tax=total,
        line_price_before_discounts_incl_tax=total + tax, unit_price_excl_tax=unit, unit_price_incl_tax=unit,
        status=settings.OSCAR_INITIAL_LINE_STATUS, goods_cents=line.total_cents, discount_cents=line.discount_cents,
        promo_cents=line.promo_cents, tax_cents=line.tax_cents, fee_cents=line.fee_cents,
        promised_on=parcel.promised_on,
        first_promised_on=parcel.promised_on, parcel_number=parcel.number,
        taxed=asdict(line.taxed) if line.taxed else {},
    )  # fmt: skip


def _write_attempt(basket, order: Order, shopper: Shopper, user, quote: Quote) -> Attempt:
    attempt_id = uuid4()
    return Attempt.objects.create(
        id=attempt_id,
        order=order,
        user=user,
        basket_id=basket.pk,
        amount_cents=quote.total_cents,
        currency=CURRENCY,
        snapshot=_snapshot(order, shopper, quote),
        idempotency_key=f"attempt:{attempt_id}:1",
        expires_at=clock.now() + timedelta(minutes=settings.PAYMENT_HOLD_MINUTES),
    )


def _snapshot(order: Order, shopper: Shopper, quote: Quote) -> dict:
    """All that was agreed to, in words and cents, independent of what becomes of the rows."""
    return {
        "order": order.number,
        "terms": in_force(Kind.SHOPPERS).number,
        "shopper": asdict(shopper),
        "goods": quote.goods_cents,
        "off": quote.off_cents,
        "voucher": quote.reduction.voucher.code if quote.reduction else "",
        "shipping": quote.shipping_cents,
        "tax": quote.tax_cents,
        "total": quote.total_cents,
        "parts": [_part_snapshot(part) for part in quote.parts],
    }


def _part_snapshot(part: Part) -> dict:
    return {
        "maker": part.maker.pk, "name": part.maker.name, "legal_name": part.maker.legal_name,
        "delivery": part.option.code, "shipping": part.shipping_cents, "tax": part.tax_cents,
        "fee": part.fee_cents, "promised_on": part.option.promised_on.isoformat(),
        "parcels": [_parcel_snapshot(parcel) for parcel in part.parcels],
        "lines": [
            {
                "product": line.product.pk, "variant": line.variant.pk, "title": line.product.label,
                "variant_words": line.variant.variant_words,
                "quantity": line.quantity, "unit": line.unit_cents, "total": line.total_cents,
                "off": line.discount_cents + line.promo_cents, "tax": line.tax_cents,
                "parcel": part.parcel_of(line).number,
                "certificate": line.badge.number, "claims": list(line.badge.claims), "warnings": line.warnings,
            }
            for line in part.lines
        ],
    }  # fmt: skip


def _parcel_snapshot(parcel: PlannedParcel) -> dict:
    return {
        "number": parcel.number, "shipping": parcel.cents, "handling": parcel.handling_cents,
        "promised_on": parcel.promised_on.isoformat(),
    }  # fmt: skip


def ensure_intent(*, attempt: Attempt) -> Attempt:
    """Announce the attempt to Stripe, once, and keep the intent's id. Raises GatewayError, Unreachable."""
    if attempt.intent_id or attempt.status != AttemptStatus.OPEN:
        return attempt
    number = attempt.order.number
    intent = gateway.create_intent(
        amount=attempt.amount_cents,
        currency=attempt.currency,
        metadata={"attempt": str(attempt.pk), "order": number},
        idempotency_key=attempt.idempotency_key,
        description=f"LA Original {number}",
        group=number,
    )
    Attempt.objects.filter(pk=attempt.pk, intent_id="").update(intent_id=intent.id, client_secret=intent.client_secret)
    attempt.refresh_from_db()
    return attempt
