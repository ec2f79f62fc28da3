"""Saved cards: offered to their owner alone, listed, removed, and never in the way of paying."""

import pytest
from django.contrib.auth.models import AnonymousUser

from marketplace import fulfilment
from marketplace.payments import customers, gateway
from marketplace.payments.customer_model import Customer
from tests import factories
from tests.fulfilment.shop import basket_with, place

pytestmark = pytest.mark.django_db


def attempt_of(user):
    attempt = place(basket_with(factories.certified_product()), user=user)
    return fulfilment.ensure_intent(attempt=attempt)


def save_card(standin, user, card="pm_card_visa"):
    """Pay once and keep the card, as the Payment Element does."""
    attempt = attempt_of(user)
    customers.open_session(user=user, attempt=attempt)
    standin.client.v1.payment_intents.confirm(
        attempt.intent_id,
        {"payment_method": card, "return_url": "http://shop.example/", "setup_future_usage": "on_session"},
    )
    return attempt


@pytest.fixture
def shopper(standin):
    return factories.person()


def test_paying_with_the_box_ticked_keeps_the_card(standin, shopper):
    save_card(standin, shopper)
    (card,) = customers.cards_of(user=shopper)
    assert (card.brand, card.last4) == ("visa", "4242")


def test_one_customer_however_many_payments(standin, shopper):
    for card in ("pm_card_visa", "pm_card_mastercard"):
        save_card(standin, shopper, card)
    assert Customer.objects.count() == 1
    assert len(standin.client.v1.customers.list().data) == 1
    assert [card.last4 for card in customers.cards_of(user=shopper)] == ["4444", "4242"]


def test_looking_again_asks_for_the_session_only(standin, shopper, monkeypatch):
    attempt = attempt_of(shopper)
    customers.open_session(user=shopper, attempt=attempt)
    monkeypatch.setattr(gateway, "give_intent_to_customer", None)
    assert customers.open_session(user=shopper, attempt=attempt).startswith("cuss_")


def test_nobody_elses_payment_opens_my_cards(standin, shopper):
    attempt = attempt_of(shopper)
    assert customers.open_session(user=factories.person(), attempt=attempt) == ""
    assert customers.open_session(user=AnonymousUser(), attempt=attempt) == ""
    assert not Customer.objects.exists()


def test_a_removed_card_is_gone_and_pays_no_more(standin, shopper):
    save_card(standin, shopper)
    (card,) = customers.cards_of(user=shopper)
    customers.remove_card(user=shopper, card_id=card.id)
    assert customers.cards_of(user=shopper) == []
    with pytest.raises(customers.NoSuchCard):
        customers.remove_card(user=shopper, card_id=card.id)


def test_another_shoppers_card_is_none_of_mine(standin, shopper):
    save_card(standin, shopper)
    (card,) = customers.cards_of(user=shopper)
    stranger = factories.person()
    save_card(standin, stranger)
    with pytest.raises(customers.NoSuchCard):
        customers.remove_card(user=stranger, card_id=card.id)
    assert len(customers.cards_of(user=shopper)) == 1


def test_the_page_lists_and_removes(standin, shopper, client):
    save_card(standin, shopper)
    client.force_login(shopper)
    assert "Visa ending in 4242" in client.get("/account/cards/").content.decode()
    (card,) = customers.cards_of(user=shopper)
    gone = client.post("/account/cards/remove/", {"card": card.id}, follow=True).content.decode()
    assert "The card ending in 4242 was removed." in gone
    assert client.post("/account/cards/remove/", {"card": card.id}).status_code == 404


def test_the_page_says_so_when_stripe_is_away(standin, shopper, client, settings, monkeypatch):
    save_card(standin, shopper)
    client.force_login(shopper)
    monkeypatch.setattr(gateway.connection, "NETWORK_RETRIES", 0)
    settings.STRIPE_API_ADDRESS = "http://127.0.0.1:9"
    answer = client.get("/account/cards/")
    assert answer.status_code == 503
    assert "reached right now" in answer.content.decode()


def test_paying_goes_on_where_saved_cards_can_not_be_had(standin, shopper, client):
    attempt = attempt_of(shopper)
    client.force_login(shopper)
    standin.hook("fault", kind="error", path="/v1/customer", times=9)
    page = client.get(f"/checkout/payment/{attempt.pk}/")
    assert page.status_code == 200
    assert 'data-customer=""' in page.content.decode()
