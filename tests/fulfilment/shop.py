"""Baskets, shoppers and paid orders for tests."""

from catalog.basket.models import Basket
from catalog.partner.models import StockRecord
from catalog.partner.strategy import UnitedStates
from marketplace import fulfilment
from marketplace.fulfilment import Shopper
from tests import factories

SHOPPER = Shopper(
    email="sam@example.org", name="Sam Shopper", line1="200 N Spring St", city="Los Angeles", state="CA",
    zip_code="90012",
)  # fmt: skip


def basket_with(*products, quantity=1, owner=None):
    """An open basket with one variant of each product."""
    basket = Basket.objects.create(owner=owner)
    basket.strategy = UnitedStates()
    for product in products:
        basket.add_product(factories.variant_of(product), quantity)
    return basket


def stock_of(product) -> StockRecord:
    return StockRecord.objects.get(product__parent=product)


def seen(basket, shopper=SHOPPER, choices=None, voucher="") -> str:
    return fulfilment.quote_of(
        basket, destination=shopper.destination, choices=choices or {}, voucher=voucher, email=shopper.email
    ).seen


def place(basket, shopper=SHOPPER, user=None, choices=None, voucher=""):
    choices = choices or {}
    return fulfilment.place(
        basket=basket, shopper=shopper, user=user, choices=choices, seen=seen(basket, shopper, choices, voucher),
        voucher=voucher,
    )  # fmt: skip


def pay(standin, attempt, card="pm_card_visa"):
    """What the browser does: confirm the intent of an attempt."""
    attempt = fulfilment.ensure_intent(attempt=attempt)
    return standin.client.v1.payment_intents.confirm(
        attempt.intent_id, {"payment_method": card, "return_url": "http://shop.example/"}
    )


def bought(standin, *products, card="pm_card_visa", **options):
    """A paid attempt."""
    attempt = place(basket_with(*products), **options)
    pay(standin, attempt, card)
    return fulfilment.finalize(attempt_id=attempt.pk)
