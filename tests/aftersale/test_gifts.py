"""Presents: the note as typed, a receipt without prices, a return by who got it."""

from dataclasses import replace

import pytest
from django.urls import reverse

from catalog.order.models import Order
from marketplace import fulfilment
from marketplace.aftersale import returns
from marketplace.aftersale.access import as_receiver, by_gift_key, by_key, gift_key_of, key_of
from marketplace.aftersale.models import Return
from tests import factories
from tests.checkout.steps import add, choose_delivery, give_address, seen_on
from tests.fulfilment.shop import SHOPPER, basket_with, pay, place

from .shop import access_of, owner, ship, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(standin):
    """A present, shipped."""
    basket = basket_with(factories.certified_product(title="Indigo jacket", price="48.00"), quantity=2)
    attempt = place(basket, replace(SHOPPER, is_gift=True, gift_note="For Ana <3"))
    pay(standin, attempt)
    fulfilment.finalize(attempt_id=attempt.pk)
    found = attempt.order.maker_orders.get()
    ship(found)
    return found


def test_the_receipt_shows_pieces_and_note_and_no_prices(client, part):
    shown = text(client.get(as_receiver(part.order).url())).split("<main")[1].split("</main>")[0]
    assert "Indigo jacket" in shown
    assert "For Ana &lt;3" in shown
    assert "$" not in shown
    assert "200 N Spring St" not in shown


def test_its_key_opens_nothing_else(client, part):
    number, key = part.order.number, gift_key_of(part.order)
    assert by_key(number, key) is None
    assert by_gift_key(number, key_of(part.order)) is None
    assert client.get(reverse("guest:order", args=[number, key])).status_code == 404
    Order.objects.filter(pk=part.order_id).update(is_gift=False)
    assert by_gift_key(number, key) is None


def test_who_got_it_asks_for_a_return_and_who_paid_gets_the_money(client, part):
    line, receiver = part.lines.get(), as_receiver(part.order)
    address = receiver.url("return_ask", part=part.pk)
    assert "who paid for the present" in text(client.get(address))
    client.post(address, {f"line-{line.pk}": "1", f"reason-{line.pk}": "size", "text": ""})
    item = Return.objects.get()
    assert item.by_receiver
    returns.accept(user=owner(part), item=item, answer="Send it to 110 E 9th St.")
    assert "110 E 9th St" in text(client.get(receiver.url()))
    returns.receive(user=owner(part), item=item, put_back=False)
    item.refresh_from_db()
    assert item.refund.amount_cents == 4800 + 468
    assert "Gift receipt" in text(client.get(access_of(part).url()))


def test_the_note_is_kept_as_typed_and_stored_with_the_order(client, standin):
    add(client, factories.certified_product())
    give_address(client)
    address = reverse("checkout:delivery")
    shown = client.get(address)
    wrong = client.post(address, {"seen": seen_on(shown), "is_gift": "on", "gift_note": "x" * 301})
    assert wrong.status_code == 422
    assert "x" * 301 in text(wrong)
    assert not Order.objects.exists()
    done = choose_delivery(client, is_gift="on", gift_note="Feliz día, Ana")
    assert done.status_code == 302
    order = Order.objects.get()
    assert (order.is_gift, order.gift_note) == (True, "Feliz día, Ana")
