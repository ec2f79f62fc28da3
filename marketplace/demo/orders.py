"""The demo's orders in every state: placed and paid through checkout's own use-cases and Stripe's stand-in."""

import random
from itertools import islice

import requests
from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce

from catalog.basket.models import Basket
from catalog.order.models import MakerOrder
from catalog.partner.strategy import UnitedStates
from certification.badge.badges import badges_for
from makers.models import Maker
from marketplace import fulfilment
from marketplace.core import outbox
from marketplace.payments.models import Attempt

from .catalog import Piece
from .people import SHOPPERS, person

CARRIERS = (("USPS", "9400 1000 0000 0000 00{:02d} 00"), ("UPS", "1Z 999 AA1 01 2345 67{:02d}"))
STATES = (
    "shipped", "shipped", "to_ship", "to_ship", "part_shipped", "to_ship", "shipped", "pending", "expired", "refunded",
)  # fmt: skip
ADDRESSES = (
    ("1642 Lucile Ave", "Los Angeles", "CA", "90026"), ("525 Santa Fe Dr", "San Diego", "CA", "92101"),
    ("88 E Houston St", "New York", "NY", "10012"),
)  # fmt: skip


def create_orders(pieces: list[Piece], draw: random.Random) -> None:
    """One order for each of STATES, each with pieces of two makers."""
    for number, state in enumerate(STATES):
        chosen = _of_two_makers(_sellable(pieces), draw)
        attempt = _place(chosen, number)
        _bring_to(attempt, state, number)
    outbox.deliver()


def _sellable(pieces: list[Piece]) -> list[Piece]:
    badges = badges_for(piece.product.pk for piece in pieces)
    return [piece for piece in pieces if piece.product.pk in badges and _variant(piece) is not None]


def _variant(piece: Piece):
    """A variant with enough pieces that the demo's orders do not sell it out."""
    free = Coalesce(F("stockrecords__num_allocated"), 0) + 4
    return piece.product.children.filter(stockrecords__num_in_stock__gte=free).order_by("pk").first()


def _of_two_makers(pieces: list[Piece], draw: random.Random) -> list[Piece]:
    first, *others = draw.sample(pieces, len(pieces))
    return [first, *islice((piece for piece in others if piece.plan.maker != first.plan.maker), 1)]


def _place(pieces: list[Piece], number: int) -> Attempt:
    emails = list(SHOPPERS)
    user = person(emails[number % len(emails)])
    basket = Basket.objects.create(owner=user)
    basket.strategy = UnitedStates()
    for piece in pieces:
        basket.add_product(_variant(piece), 1 + number % 2)
    line1, city, state, zip_code = ADDRESSES[number % len(ADDRESSES)]
    shopper = fulfilment.Shopper(
        email=user.email, name=user.name, line1=line1, city=city, state=state, zip_code=zip_code,
        language="es" if number % 4 == 3 else "en",
    )  # fmt: skip
    quote = fulfilment.quote_of(basket, destination=shopper.destination, choices={})
    attempt = fulfilment.place(basket=basket, shopper=shopper, user=user, choices={}, seen=quote.seen)
    return fulfilment.ensure_intent(attempt=attempt)


def _bring_to(attempt: Attempt, state: str, number: int) -> None:
    if state == "pending":
        return
    if state == "expired":
        fulfilment.expire(attempt_id=attempt.pk)
        return
    pay(attempt)
    if state == "refunded":  # a maker closed between paying and booking
        maker = Maker.objects.filter(maker_orders__order=attempt.order)
        first = maker.order_by("pk").values_list("pk", flat=True)[0]
        Maker.objects.filter(pk=first).update(is_open=False)
        fulfilment.finalize(attempt_id=attempt.pk)
        Maker.objects.filter(pk=first).update(is_open=True)
        return
    fulfilment.finalize(attempt_id=attempt.pk)
    parts = MakerOrder.objects.filter(order=attempt.order).order_by("pk")
    to_ship = {"shipped": len(parts), "part_shipped": 1}.get(state, 0)
    for place, part in enumerate(parts[:to_ship]):
        carrier, tracking = CARRIERS[number % 2]
        owner = part.maker.memberships.get(role="owner").user
        fulfilment.ship(
            user=owner, maker_order=part, carrier=carrier, tracking_number=tracking.format(2 * number + place)
        )


def pay(attempt: Attempt, card: str = "pm_card_visa") -> None:
    """What the shopper's browser does on the payment page."""
    answer = requests.post(
        f"{settings.STRIPE_API_ADDRESS}/v1/payment_intents/{attempt.intent_id}/confirm",
        data={"payment_method": card, "client_secret": attempt.client_secret},
        headers={"Authorization": f"Bearer {settings.STRIPE_PUBLISHABLE_KEY}"},
        timeout=20,
    )
    answer.raise_for_status()
