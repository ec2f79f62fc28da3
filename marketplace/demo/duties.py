"""The demo's duties: two makers that sell much, warnings and ages of pieces, reported listings, all by real sales."""

from collections.abc import Iterator
from datetime import timedelta

import requests
from django.conf import settings
from django.db.models import F
from django.urls import reverse

from catalog.basket.models import Basket
from catalog.catalogue.models import Product
from catalog.order.models import MakerOrder
from catalog.partner.models import StockRecord
from catalog.partner.strategy import UnitedStates
from certification.badge.badges import badges_for
from makers.models import Maker
from marketplace import fulfilment
from marketplace.core import clock
from marketplace.core.models import OutboxMessage
from marketplace.duties import reports, sellers, watching
from marketplace.duties.sellers import seen_at_stripe
from marketplace.payments.onboarding import look_at, start_onboarding

from .catalog import Piece
from .orders import ADDRESSES, pay
from .people import BOOKKEEPER, SHOPPERS, person

SALES = 201
LONG = 180  # days
TRACKING = "9400 3000 0000 0000 {:04d} 00"
# Beyond all thresholds: the first is verified and shown to buyers, the second is asked and has not answered.
SHOWN, ASKED = "Sole of Pacoima", "Sawtooth Denim"
TOLD = (
    ("unsafe", "A rivet of mine came off within a week and is sharp.", "kim@example.org"),
    ("origin", "The same piece is on a wholesale site with “Made in Vietnam” on it.", ""),
)


def create_sales(pieces: list[Piece]) -> None:
    """Sales of a year for two makers; the first is paid at Stripe."""
    shown, asked = (_best_of(pieces, name) for name in (SHOWN, ASKED))
    for number, moment in enumerate(_moments(shown, asked)):
        with clock.at(moment):
            _sell((shown, asked), number)
    # Nobody writes letters about last year.
    OutboxMessage.objects.filter(done_at=None, topic__startswith="orders.").update(done_at=clock.now())
    _open_account(shown.maker)


def create_duties(pieces: list[Piece]) -> None:
    """What the clock and people make of all sales: only once every past one is there, since days are counted once."""
    watching.watch_sales()
    _verify(Maker.objects.get(name=SHOWN))
    _report(pieces)


def _best_of(pieces: list[Piece], name: str) -> Product:
    """The dearest piece of a maker that has been certified for long."""
    own = [piece.product for piece in pieces if piece.product.maker.name == name]
    since = clock.today() - timedelta(days=LONG)
    badges = badges_for(product.pk for product in own).items()
    long_certified = {pk for pk, badge in badges if badge.valid_from <= since}
    return max((product for product in own if product.pk in long_certified), key=lambda product: _record(product).price)


def _record(product: Product) -> StockRecord:
    return StockRecord.objects.filter(product__parent=product).order_by("pk")[0]


def _moments(*products: Product) -> Iterator:
    """As many moments as sales, from when both pieces were certified until yesterday."""
    now = clock.now()
    first = max(badge.valid_from for badge in badges_for(product.pk for product in products).values())
    start = clock.end_of(first)
    for product in products:
        StockRecord.objects.filter(pk=_record(product).pk).update(num_in_stock=F("num_in_stock") + SALES)
    for number in range(SALES):
        yield start + (now - timedelta(days=1) - start) * number / SALES


def _sell(products: tuple[Product, ...], number: int) -> None:
    """One order with a piece of each; it is paid, and shipped unless it is one of the last."""
    user = person(list(SHOPPERS)[number % len(SHOPPERS)])
    basket = Basket.objects.create(owner=user)
    basket.strategy = UnitedStates()
    for product in products:
        basket.add_product(_record(product).product, 1)
    line1, city, state, zip_code = ADDRESSES[number % len(ADDRESSES)]
    shopper = fulfilment.Shopper(
        email=user.email, name=user.name, line1=line1, city=city, state=state, zip_code=zip_code
    )
    quote = fulfilment.quote_of(basket, destination=shopper.destination)
    attempt = fulfilment.place(basket=basket, shopper=shopper, user=user, choices={}, seen=quote.seen)
    attempt = fulfilment.ensure_intent(attempt=attempt)
    pay(attempt)
    fulfilment.finalize(attempt_id=attempt.pk)
    if number < SALES - 3:
        for place, part in enumerate(MakerOrder.objects.filter(order=attempt.order).select_related("maker")):
            owner = part.maker.memberships.get(role="owner").user
            tracking = TRACKING.format(2 * number + place)
            fulfilment.ship(user=owner, maker_order=part, carrier="USPS", tracking_number=tracking)


def _open_account(maker: Maker) -> None:
    owner, here = maker.memberships.get(role="owner").user, settings.SITE_ADDRESS + reverse("studio:payouts")
    address = start_onboarding(user=owner, maker=maker, return_url=here, refresh_url=here)
    requests.get(address, timeout=20)
    requests.post(address, data={"outcome": "complete"}, timeout=20, allow_redirects=False).raise_for_status()
    maker.refresh_from_db()
    look_at(maker)


def _verify(maker: Maker) -> None:
    """The maker answers, staff verify."""
    owner = maker.memberships.get(role="owner").user
    check, seen, place = sellers.check_of(maker), seen_at_stripe(maker), maker.workplaces.order_by("pk")[0]
    sellers.give_facts(
        user=owner, check=check, seen=seen, person=owner.name, email=maker.email, phone="818-555-0117",
        private_phone=False, line1=place.line1, line2="", city=place.city, state=place.state,
        zip_code=place.zip_code, at_home=False, supplier="",
    )  # fmt: skip
    sellers.verify_facts(
        user=person(BOOKKEEPER),
        check=check,
        seen=seen,
        words="Called the number; the address is in the City's register.",
    )


def _report(pieces: list[Piece]) -> None:
    badges = badges_for(piece.product.pk for piece in pieces)
    certified = [piece.product for piece in pieces if piece.product.pk in badges]
    for product, (kind, text, email) in zip(certified[::9], TOLD, strict=False):
        with clock.at(clock.now() - timedelta(days=2)):
            reports.report_listing(product=product, kind=kind, text=text, email=email)
