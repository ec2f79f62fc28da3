"""The same journeys at the stand-in and, with `-m live_stripe` and a key, at Stripe's real test mode.

STRIPE_LIVE_TEST_KEY=sk_test_… switches the real side on; STRIPE_LIVE_TEST_ACCOUNT=acct_… names an onboarded Express
account of that platform for the transfer. What only the real side can prove stands in the stand-in's README.
"""

import json
import os
import time
import uuid

import pytest
import stripe

from marketplace.payments import gateway
from tests.standin.running import SECRET

BACK = "https://shop.example/back"
PATIENCE = 60.0
SIDES = ["stand-in", pytest.param("Stripe", marks=pytest.mark.live_stripe)]
LIVE_KEY, LIVE_ACCOUNT = (os.environ.get(f"STRIPE_LIVE_TEST_{name}", "") for name in ("KEY", "ACCOUNT"))


@pytest.fixture(params=SIDES)
def side(request, settings):
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    if request.param == "stand-in":
        return request.getfixturevalue("standin")
    if not LIVE_KEY.startswith("sk_test_"):
        pytest.skip("STRIPE_LIVE_TEST_KEY is no key of Stripe's test mode")
    settings.STRIPE_API_ADDRESS, settings.STRIPE_SECRET_KEY = "", LIVE_KEY
    return None


@pytest.fixture
def account(side):
    if side is None:
        if not LIVE_ACCOUNT:
            pytest.skip("STRIPE_LIVE_TEST_ACCOUNT names no onboarded account")
        return LIVE_ACCOUNT
    made = gateway.create_account(email="ana@example.org", name="Ana", metadata={}, idempotency_key=key())
    side.hook("account", account=made.id, enabled=True)
    return made.id


def key():
    return f"test:{uuid.uuid4()}"


def announce(amount=5000, **more):
    return gateway.create_intent(
        amount=amount, currency="usd", metadata={"attempt": "1"}, idempotency_key=key(), description="LA-1",
        group="LA-1", **more,
    )  # fmt: skip


def confirm(intent, card="pm_card_visa"):
    return gateway.client().v1.payment_intents.confirm(intent.id, {"payment_method": card, "return_url": BACK})


def paid(card="pm_card_visa", **more):
    intent = announce(**more)
    confirm(intent, card)
    return gateway.retrieve_intent(intent.id)


def wait_for(look):
    end = time.monotonic() + PATIENCE
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.1)
    assert found
    return found


def test_a_payment(side):
    intent = paid()
    assert (intent.status, intent.amount, intent.received, intent.currency) == ("succeeded", 5000, 5000, "usd")
    assert (intent.livemode, intent.metadata) == (False, {"attempt": "1"})
    assert intent.fee == 175
    assert intent.charge_id.startswith(("ch_", "py_"))


def test_the_same_key_is_the_same_payment(side):
    params = {"currency": "usd", "metadata": {}, "idempotency_key": key(), "description": "LA-1", "group": "LA-1"}
    first = gateway.create_intent(amount=5000, **params)
    assert gateway.create_intent(amount=5000, **params).id == first.id
    with pytest.raises(gateway.GatewayError):
        gateway.create_intent(amount=5001, **params)


DECLINES = [
    ("pm_card_chargeDeclined", "generic_decline"), ("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds"),
    ("pm_card_chargeDeclinedExpiredCard", "expired_card"), ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc"),
    ("pm_card_chargeDeclinedProcessingError", "processing_error"), ("pm_card_radarBlock", "fraudulent"),
]  # fmt: skip


@pytest.mark.parametrize(("card", "code"), DECLINES)
def test_a_decline_and_the_next_card(side, card, code):
    intent = announce()
    with pytest.raises(stripe.CardError):
        confirm(intent, card)
    after = gateway.retrieve_intent(intent.id)
    assert (after.status, after.error_code) == ("requires_payment_method", code)
    assert after.error
    confirm(intent)
    assert gateway.retrieve_intent(intent.id).status == "succeeded"


def test_three_d_secure_waits_and_can_be_given_up(side):
    intent = announce()
    asked = confirm(intent, "pm_card_authenticationRequired")
    assert (asked.status, asked.next_action.type) == ("requires_action", "redirect_to_url")
    assert asked.next_action.redirect_to_url.return_url == BACK
    assert gateway.cancel_intent(intent.id).status == "canceled"


def test_canceling_after_success_changes_nothing(side):
    intent = paid()
    assert gateway.cancel_intent(intent.id).status == "succeeded"


def test_refunds(side):
    intent = paid()
    first = gateway.refund(intent_id=intent.id, amount=2000, metadata={"return": "1"}, idempotency_key=key())
    assert (first.status, first.amount, first.metadata) == ("succeeded", 2000, {"return": "1"})
    with pytest.raises(gateway.GatewayError):
        gateway.refund(intent_id=intent.id, amount=3001, metadata={}, idempotency_key=key())
    second = gateway.refund(intent_id=intent.id, amount=3000, metadata={}, idempotency_key=key())
    assert gateway.retrieve_refund(second.id) == second
    assert [item.id for item in gateway.list_refunds(intent.id)] == [second.id, first.id]
    with pytest.raises(gateway.GatewayError) as refused:
        gateway.refund(intent_id=intent.id, amount=1, metadata={}, idempotency_key=key())
    assert refused.value.code == "charge_already_refunded"


def test_a_transfer_and_its_reversal(side, account):
    intent = paid()
    more = {"account_id": account, "charge_id": intent.charge_id, "group": "LA-1"}
    transfer = gateway.transfer(amount=3000, idempotency_key=key(), **more)
    with pytest.raises(gateway.GatewayError):
        gateway.transfer(amount=2001, idempotency_key=key(), **more)
    gateway.reverse_transfer(transfer_id=transfer, amount=1000, idempotency_key=key())
    found = gateway.retrieve_transfer(transfer)
    assert (found.amount, found.reversed, found.destination) == (3000, 1000, account)
    with pytest.raises(gateway.GatewayError):
        gateway.reverse_transfer(transfer_id=transfer, amount=2001, idempotency_key=key())


def test_a_dispute_and_its_answer(side):
    intent = paid("pm_card_createDispute")
    disputes = gateway.client().v1.disputes
    opened = wait_for(lambda: disputes.list({"payment_intent": intent.id}).data)[0]
    before = gateway.retrieve_dispute(opened.id)
    assert (before.status, before.reason, before.amount) == ("needs_response", "fraudulent", 5000)
    assert (before.charge_id, before.intent_id, before.fee) == (intent.charge_id, intent.id, 1500)
    assert before.due_by is not None
    assert not before.is_closed
    evidence = {"uncategorized_text": "winning_evidence", "shipping_tracking_number": "9400"}
    gateway.submit_dispute_evidence(dispute_id=opened.id, evidence=evidence, idempotency_key=key())
    won = wait_for(lambda: (found := gateway.retrieve_dispute(opened.id)).is_closed and found)
    assert won.status == "won"


def test_a_saved_card_pays_again(side):
    customer = gateway.create_customer(email="sam@example.org", name="Sam", metadata={}, idempotency_key=key())
    assert gateway.create_customer_session(customer).startswith("cuss_secret_")
    intent = announce()
    gateway.give_intent_to_customer(intent_id=intent.id, customer_id=customer)
    gateway.client().v1.payment_intents.confirm(
        intent.id, {"payment_method": "pm_card_visa", "return_url": BACK, "setup_future_usage": "on_session"}
    )
    (card,) = gateway.payment_methods_of(customer)
    assert (card.brand, card.last4) == ("visa", "4242")
    assert paid(card.id, customer_id=customer).status == "succeeded"
    gateway.detach_payment_method(card.id)
    assert gateway.payment_methods_of(customer) == []


def test_the_books_show_the_payment(side):
    start = int(time.time()) - 5
    intent = paid()
    movement = next(item for item in gateway.movements_since(start) if item.source == intent.charge_id)
    assert (movement.type, movement.amount, movement.fee, movement.net) == ("charge", 5000, 175, 4825)
    assert movement.reporting_category == "charge"
    assert movement.created.timestamp() >= start


def test_an_event_as_it_is_sent_is_understood(side):
    intent = paid()
    events = gateway.client().v1.events

    def told():
        found = events.list({"type": "payment_intent.succeeded", "limit": 20}).data
        return [event for event in found if event.data.object["id"] == intent.id]

    raw = wait_for(told)[0]
    body = json.dumps(raw.to_dict()).encode()
    header = stripe.WebhookSignature.generate_signature_header(body.decode(), SECRET, int(time.time()))
    event = gateway.construct_event(body, header)
    assert (event.id, event.type, event.object_id) == (raw.id, "payment_intent.succeeded", intent.id)
