"""What a shopper does in the browser, step by step."""

import re
from uuid import UUID

from django.urls import reverse

from marketplace.payments.models import Attempt
from tests import factories

ADDRESS = {
    "email": "sam@example.org", "name": "Sam Shopper", "line1": "200 N Spring St", "line2": "", "city": "Los Angeles",
    "state": "CA", "zip_code": "90012", "phone": "(213) 555-0123",
}  # fmt: skip


def add(client, product, quantity=1, **more):
    variant = factories.variant_of(product)
    fields = {"variant": variant.pk, "quantity": quantity, **more}
    return client.post(reverse("basket:add", args=[product.pk]), fields, follow=True)


def give_address(client, **changes):
    return client.post(reverse("checkout:index"), {**ADDRESS, **changes})


def seen_on(response) -> str:
    return re.search(r'name="seen" value="(\w+)"', response.content.decode()).group(1)


def choose_delivery(client, seen=None, **fields):
    """What the form would post: the ways shown, those chosen, and the print of all that was seen."""
    address = reverse("checkout:delivery")
    shown = client.get(address)
    ways = dict(re.findall(r'name="shown-(\d+)" value="(\w+)"', shown.content.decode()))
    form = {f"{name}-{maker}": code for maker, code in ways.items() for name in ("shown", "delivery")}
    return client.post(address, {"seen": seen or seen_on(shown), **form, **fields})


def to_payment(client, *products) -> Attempt:
    """From an empty bag to the payment page."""
    for product in products:
        add(client, product)
    give_address(client)
    response = choose_delivery(client)
    assert response.status_code == 302, response.content.decode()[:500]
    return Attempt.objects.get(pk=UUID(response["Location"].rstrip("/").rsplit("/", 1)[1]))


def confirm(standin, attempt, card="pm_card_visa"):
    attempt.refresh_from_db()
    return standin.client.v1.payment_intents.confirm(
        attempt.intent_id, {"payment_method": card, "return_url": "http://shop.example/"}
    )


def page(client, name, attempt, **options):
    return client.get(reverse(f"checkout:{name}", args=[attempt.pk]), **options)


def buy(client, standin, *products):
    """The whole way; gives the paid attempt."""
    attempt = to_payment(client, *products)
    page(client, "payment", attempt)
    confirm(standin, attempt)
    page(client, "return", attempt)
    attempt.refresh_from_db()
    return attempt
