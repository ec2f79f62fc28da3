"""Paid and shipped parts, returns, and who may act on them."""

from marketplace import fulfilment
from marketplace.aftersale import returns
from marketplace.aftersale.access import as_shopper
from marketplace.payments.permissions import BOOKKEEPERS
from tests import factories
from tests.fulfilment.shop import basket_with, pay, place


def paid(standin, *products, quantity=2, user=None):
    """The first part of a paid order with so many pieces of each product."""
    attempt = place(basket_with(*products, quantity=quantity, owner=user), user=user)
    pay(standin, attempt)
    fulfilment.finalize(attempt_id=attempt.pk)
    return attempt.order.maker_orders.order_by("pk").first()


def access_of(part):
    part.order.refresh_from_db()
    return as_shopper(part.order)


def ship(part, quantity=None):
    """A parcel with so many pieces of the first line, or with everything that waits."""
    pieces = {part.lines.order_by("pk").first().pk: quantity} if quantity else None
    return fulfilment.ship(
        user=owner(part), maker_order=part, carrier="USPS", tracking_number="9400 1000 0000", pieces=pieces
    )


def owner(part):
    return factories.owner_of(part.maker)


def bookkeeper():
    return factories.staff(BOOKKEEPERS)


def asked(part, quantity=1, reason="faulty", **more):
    """A return of pieces of the first line."""
    line = part.lines.order_by("pk").first()
    return returns.ask_return(
        access=access_of(part), part=part, pieces={line.pk: (quantity, reason)}, text="The seam is open.", **more
    )


def text(response):
    return response.content.decode()
