"""Letters about orders: to the right person, in their language, with what was certified."""

import pytest
from django.core import mail

from catalog.order.models import Order
from makers.models import Maker
from marketplace import fulfilment
from marketplace.core import outbox
from tests import factories
from tests.fulfilment.shop import SHOPPER, bought

pytestmark = pytest.mark.django_db


def deliver():
    outbox.deliver()
    return mail.outbox


def test_shopper_and_makers_are_told_of_a_paid_order(standin):
    first, second = factories.certified_product(title="Indigo jacket"), factories.certified_product(title="Scarf")
    order = bought(standin, first, second).order
    letters = {letter.to[0]: letter for letter in deliver()}
    assert set(letters) == {"sam@example.org", first.maker.email, second.maker.email}
    receipt = letters["sam@example.org"]
    assert order.number in receipt.subject
    for words in ("Indigo jacket", "Scarf", first.certificates.get().number, "Ships by", "Certified when ordered"):
        assert words in receipt.body
        assert words in receipt.alternatives[0][0]
    for_maker = letters[first.maker.email]
    assert "Indigo jacket" in for_maker.body
    assert "Scarf" not in for_maker.body
    assert "200 N Spring St" in for_maker.body
    assert f"/studio/orders/{order.maker_orders.get(maker=first.maker).pk}/" in for_maker.body


def test_the_shopper_gets_the_tracking_number(standin):
    part = bought(standin, factories.certified_product()).order.maker_orders.get()
    deliver().clear()
    fulfilment.ship(
        user=factories.owner_of(part.maker), maker_order=part, carrier="USPS", tracking_number="9400 1000 0000"
    )
    (letter,) = deliver()
    assert letter.to == ["sam@example.org"]
    assert "9400 1000 0000" in letter.body


def test_pickup_says_where(standin):
    maker = factories.maker(offers_pickup=True, neighborhood="Boyle Heights")
    part = bought(standin, factories.certified_product(maker), choices={maker.pk: "pickup"}).order.maker_orders.get()
    deliver().clear()
    fulfilment.ship(user=factories.owner_of(maker), maker_order=part, carrier="", tracking_number="")
    (letter,) = deliver()
    assert "Boyle Heights" in letter.body
    assert "pickup" in letter.subject


def test_names_can_not_add_headers_or_markup(standin):
    from dataclasses import replace

    Maker.objects.all()
    evil = replace(SHOPPER, name="<script>alert(1)</script>")
    bought(standin, factories.certified_product(title="<b>Bold</b> jacket"), shopper=evil)
    for letter in deliver():
        assert "\n" not in letter.subject
        assert "<script>" not in letter.alternatives[0][0]
        assert "<b>Bold" not in letter.alternatives[0][0]


def test_letters_speak_the_orders_language(standin):
    from dataclasses import replace

    bought(standin, factories.certified_product(), shopper=replace(SHOPPER, language="es"))
    assert Order.objects.get().language == "es"
    letter = next(letter for letter in deliver() if letter.to == ["sam@example.org"])
    assert '<html lang="es">' in letter.alternatives[0][0]
    assert "/es/verify/" in letter.body


def test_a_letter_to_people_names_the_difference(standin):
    from marketplace.mail import payment_for_people

    attempt = bought(standin, factories.certified_product())
    payment_for_people({"order": attempt.order_id, "differs": "amount: 5000 / 1"})
    assert "amount: 5000 / 1" in mail.outbox[-1].body
