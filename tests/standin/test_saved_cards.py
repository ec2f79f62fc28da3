"""Customers and the cards they keep: whose they are, what a browser may see of them, when they are gone."""

import json

import pytest
import stripe

from .running import http

BACK = "http://shop.example/back"
FEATURES = {
    "payment_method_redisplay": "enabled", "payment_method_save": "enabled", "payment_method_save_usage": "on_session",
    "payment_method_remove": "enabled",
}  # fmt: skip


def customer_of(standin):
    return standin.client.v1.customers.create({"email": "sam@example.org"}).id


def session_of(standin, customer, **features):
    element = {"enabled": True, "features": {**FEATURES, **features}}
    return standin.client.v1.customer_sessions.create(
        {"customer": customer, "components": {"payment_element": element}}
    ).client_secret


def intent_of(standin, customer):
    return standin.client.v1.payment_intents.create({"amount": 5000, "currency": "usd", "customer": customer})


def confirm(standin, intent, number="4242424242424242", **more):
    fields = {
        "key": "pk_test_standin", "client_secret": intent.client_secret, "return_url": BACK,
        "payment_method_data[type]": "card", "payment_method_data[card][number]": number,
        "payment_method_data[card][exp_month]": "12", "payment_method_data[card][exp_year]": "40",
        "payment_method_data[card][cvc]": "123", "payment_method_data[allow_redisplay]": "always", **more,
    }  # fmt: skip
    return http("POST", f"{standin.url}/v1/payment_intents/{intent.id}/confirm", fields)


def look(standin, intent, secret):
    address = (
        f"{standin.url}/v1/elements/sessions?key=pk_test_standin&payment_intent={intent.id}"
        f"&client_secret={intent.client_secret}&customer_session_client_secret={secret}"
    )
    status, _, body = http("GET", address)
    return status, json.loads(body)


def cards(standin, customer):
    return [card.card.last4 for card in standin.client.v1.customers.payment_methods.list(customer).data]


@pytest.mark.parametrize(("ticked", "kept"), [({"setup_future_usage": "on_session"}, ["4242"]), ({}, [])])
def test_a_card_is_kept_only_where_the_box_was_ticked(standin, ticked, kept):
    customer = customer_of(standin)
    assert confirm(standin, intent_of(standin, customer), **ticked)[0] == 200
    assert cards(standin, customer) == kept


def test_a_declined_card_is_not_kept(standin):
    customer = customer_of(standin)
    answer = confirm(standin, intent_of(standin, customer), "4000000000000002", setup_future_usage="on_session")
    assert answer[0] == 402
    assert cards(standin, customer) == []


def test_the_session_shows_and_removes_its_own_customers_cards_only(standin):
    mine, other = customer_of(standin), customer_of(standin)
    confirm(standin, intent_of(standin, mine), setup_future_usage="on_session")
    status, seen = look(standin, intent_of(standin, mine), session_of(standin, mine))
    assert status == 200
    (card,) = seen["cards"]
    assert (card["brand"], card["last4"], seen["may_save"]) == ("visa", "4242", True)
    assert look(standin, intent_of(standin, other), session_of(standin, mine))[1]["cards"] == []
    address = f"{standin.url}/v1/elements/payment_methods/{card['id']}/detach"
    theirs = {"key": "pk_test_standin", "customer_session_client_secret": session_of(standin, other)}
    assert http("POST", address, theirs)[0] == 404
    locked = session_of(standin, mine, payment_method_remove="disabled")
    assert http("POST", address, {**theirs, "customer_session_client_secret": locked})[0] == 404
    ours = {**theirs, "customer_session_client_secret": session_of(standin, mine)}
    assert http("POST", address, ours)[0] == 200
    assert cards(standin, mine) == []


def test_a_session_ends_and_can_not_be_guessed(standin):
    customer = customer_of(standin)
    intent, secret = intent_of(standin, customer), session_of(standin, customer)
    assert look(standin, intent, secret + "x")[0] == 400
    standin.hook("clock", seconds=3600)
    assert look(standin, intent, secret)[0] == 400


def test_a_kept_card_pays_for_its_customer_only(standin):
    mine, other = customer_of(standin), customer_of(standin)
    confirm(standin, intent_of(standin, mine), setup_future_usage="on_session")
    method = standin.client.v1.customers.payment_methods.list(mine).data[0].id
    v1 = standin.client.v1
    for stranger in (intent_of(standin, other), v1.payment_intents.create({"amount": 5000, "currency": "usd"})):
        with pytest.raises(stripe.InvalidRequestError):
            v1.payment_intents.confirm(stranger.id, {"payment_method": method, "return_url": BACK})
    for _ in range(2):
        paid = v1.payment_intents.confirm(intent_of(standin, mine).id, {"payment_method": method, "return_url": BACK})
        assert paid.status == "succeeded"


def test_a_detached_card_pays_no_more(standin):
    customer, v1 = customer_of(standin), standin.client.v1
    method = v1.payment_methods.attach("pm_card_visa", {"customer": customer}).id
    v1.payment_methods.detach(method)
    with pytest.raises(stripe.InvalidRequestError):
        v1.payment_intents.confirm(intent_of(standin, customer).id, {"payment_method": method, "return_url": BACK})
    with pytest.raises(stripe.InvalidRequestError):
        v1.payment_methods.detach(method)


ATTACHING = [("pm_card_visa", True), ("pm_card_chargeDeclined", False), ("pm_card_chargeCustomerFail", True)]


@pytest.mark.parametrize(("card", "works"), ATTACHING)
def test_attaching_asks_the_bank(standin, card, works):
    attach = standin.client.v1.payment_methods.attach
    customer = customer_of(standin)
    if works:
        assert attach(card, {"customer": customer}).customer == customer
        return
    with pytest.raises(stripe.CardError):
        attach(card, {"customer": customer})


def test_a_card_set_up_once_is_not_asked_again(standin):
    customer, v1 = customer_of(standin), standin.client.v1
    fresh = v1.payment_intents.confirm(
        intent_of(standin, customer).id, {"payment_method": "pm_card_authenticationRequiredOnSetup", "return_url": BACK}
    )
    assert fresh.status == "requires_action"
    kept = v1.payment_methods.attach("pm_card_authenticationRequiredOnSetup", {"customer": customer}).id
    again = v1.payment_intents.confirm(intent_of(standin, customer).id, {"payment_method": kept, "return_url": BACK})
    assert again.status == "succeeded"


def test_only_our_own_script_names_a_wallet(standin):
    intent = intent_of(standin, customer_of(standin))
    assert confirm(standin, intent, **{"payment_method_data[card][wallet]": "google_pay"})[0] == 200
    charge = standin.client.v1.charges.list().data[0]
    assert charge.payment_method_details.card.wallet.type == "google_pay"
    with pytest.raises(stripe.InvalidRequestError):
        standin.client.v1.payment_methods.create(
            {"type": "card", "card": {"number": "4242424242424242", "exp_month": 12, "exp_year": 2040,
                                      "wallet": "google_pay"}}
        )  # fmt: skip
