"""What the gateway sends, what it makes of answers, and which webhooks it believes."""

import json
import time
from decimal import Decimal

import pytest
import stripe
from django.core.checks import ERROR, run_checks

from marketplace.payments import gateway
from tests.standin.running import SECRET


def announce(key="attempt:1", amount=5000):
    return gateway.create_intent(
        amount=amount, currency="usd", metadata={"attempt": "1"}, idempotency_key=key, description="LA-1", group="LA-1"
    )


def pay(standin, intent, card="pm_card_visa"):
    return standin.client.v1.payment_intents.confirm(
        intent.id, {"payment_method": card, "return_url": "http://shop.example/"}
    )


def test_a_payment_is_announced_once_per_key(standin):
    first, second = announce(), announce()
    assert first.id == second.id
    assert (first.status, first.amount, first.metadata) == ("requires_payment_method", 5000, {"attempt": "1"})


def test_a_paid_intent_tells_what_came_in_and_what_it_cost(standin):
    intent = announce()
    pay(standin, intent)
    paid = gateway.retrieve_intent(intent.id)
    assert (paid.status, paid.received, paid.fee) == ("succeeded", 5000, 175)
    assert paid.charge_id.startswith("ch_")


def test_a_declined_intent_tells_why(standin):
    intent = announce()
    with pytest.raises(stripe.CardError):
        pay(standin, intent, "pm_card_visa_chargeDeclinedInsufficientFunds")
    assert "insufficient funds" in gateway.retrieve_intent(intent.id).error


def test_canceling_gives_the_state_afterwards(standin):
    intent = announce()
    assert gateway.cancel_intent(intent.id).status == "canceled"
    assert gateway.cancel_intent(intent.id).status == "canceled"
    paid = announce("attempt:2")
    pay(standin, paid)
    assert gateway.cancel_intent(paid.id).status == "succeeded"


def test_a_refund_is_made_once_per_key_and_never_exceeds(standin):
    intent = announce()
    pay(standin, intent)
    once = gateway.refund(intent_id=intent.id, amount=5000, metadata={}, idempotency_key="refund:1")
    again = gateway.refund(intent_id=intent.id, amount=5000, metadata={}, idempotency_key="refund:1")
    assert once == again
    with pytest.raises(gateway.GatewayError) as refused:
        gateway.refund(intent_id=intent.id, amount=1, metadata={}, idempotency_key="refund:2")
    assert refused.value.code == "charge_already_refunded"


@pytest.mark.parametrize("amount", [Decimal("10.00"), 10.0, True, "1000", 0, -5, None])
def test_only_whole_positive_cents_are_sent(amount):
    with pytest.raises(TypeError):
        announce(amount=amount)


def test_an_outage_is_not_a_refusal(standin, monkeypatch):
    monkeypatch.setattr(gateway.connection, "NETWORK_RETRIES", 0)
    standin.hook("fault", kind="error", times=1)
    with pytest.raises(gateway.Unreachable):
        announce()


def test_nobody_there_is_unreachable(settings, monkeypatch):
    monkeypatch.setattr(gateway.connection, "NETWORK_RETRIES", 0)
    settings.STRIPE_API_ADDRESS = "http://127.0.0.1:9"
    with pytest.raises(gateway.Unreachable):
        gateway.retrieve_intent("pi_1")


def test_an_unknown_intent_is_refused(standin):
    with pytest.raises(gateway.GatewayError) as refused:
        gateway.retrieve_intent("pi_unknown")
    assert refused.value.code == "resource_missing"
    assert not isinstance(refused.value, gateway.Unreachable)


EVENT = {
    "id": "evt_1", "object": "event", "type": "payment_intent.succeeded", "livemode": False,
    "data": {"object": {"id": "pi_1", "object": "payment_intent"}},
}  # fmt: skip


def signed(body, *, secret=SECRET, second=None):
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()
    second = int(time.time()) if second is None else second
    try:
        text = payload.decode()
    except UnicodeDecodeError:
        text = payload.decode("latin-1")
    return payload, stripe.WebhookSignature.generate_signature_header(text, secret, second)


@pytest.fixture
def secret(settings):
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    settings.STRIPE_SECRET_KEY = "sk_test_standin"


def test_a_signed_event_is_believed(secret):
    event = gateway.construct_event(*signed(EVENT))
    assert (event.id, event.type, event.object_id) == ("evt_1", "payment_intent.succeeded", "pi_1")


BAD_BODIES = {
    "list": [], "empty": {}, "null": None, "number": 7, "not json": b"{", "bad utf-8": b'{"id": "\xff"}',
    "thin": {"id": "evt_1", "object": "v2.core.event", "type": "v1.billing.meter", "livemode": False},
    "no id": {**EVENT, "id": ""}, "id is a number": {**EVENT, "id": 5}, "no type": {**EVENT, "type": None},
    "no data": {**EVENT, "data": None}, "data is text": {**EVENT, "data": {"object": "pi_1"}},
    "long id": {**EVENT, "id": "e" * 500}, "no mode": {**EVENT, "livemode": None},
    "live": {**EVENT, "livemode": True}, "huge": b'{"a": "' + b"x" * 600_000 + b'"}',
}  # fmt: skip


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
def test_odd_bodies_are_no_events_even_when_signed(secret, body):
    with pytest.raises(gateway.BadEvent):
        gateway.construct_event(*signed(body))


BAD_HEADERS = {
    "none": "", "nonsense": "hello", "no time": "v1=abc", "time only": f"t={int(time.time())}", "not hex": "t=1,v1=é",
    "two times": f"t=1,t={int(time.time())},v1=abc", "huge time": "t=99999999999999999999,v1=abc",
}  # fmt: skip


@pytest.mark.parametrize("header", BAD_HEADERS.values(), ids=BAD_HEADERS.keys())
def test_odd_signatures_are_refused(secret, header):
    with pytest.raises(gateway.BadEvent):
        gateway.construct_event(json.dumps(EVENT).encode(), header)


def test_wrong_secret_altered_body_old_and_future_are_refused(secret):
    now = int(time.time())
    payload, header = signed(EVENT)
    for bad in (
        signed(EVENT, secret="whsec_other"), (payload + b" ", header), signed(EVENT, second=now - 301),
        signed(EVENT, second=now + 400), signed(EVENT, second=0),
    ):  # fmt: skip
        with pytest.raises(gateway.BadEvent):
            gateway.construct_event(*bad)


LIVE = [
    ("http://127.0.0.1:12111", "sk_live_x", "pk_test_x", True),
    ("http://127.0.0.1:12111", "rk_live_x", "pk_test_x", True),
    ("http://127.0.0.1:12111", "sk_test_x", "pk_live_x", True),
    ("http://127.0.0.1:12111", "sk_test_x", "pk_test_x", False),
    ("https://api.stripe.com", "sk_live_x", "pk_live_x", False),
    ("", "sk_live_x", "pk_live_x", False),
]


@pytest.mark.parametrize(("address", "secret_key", "public_key", "refused"), LIVE)
def test_start_up_refuses_the_stand_in_beside_a_live_key(settings, address, secret_key, public_key, refused):
    settings.STRIPE_API_ADDRESS = address
    settings.STRIPE_SECRET_KEY = secret_key
    settings.STRIPE_PUBLISHABLE_KEY = public_key
    found = [message.id for message in run_checks() if message.level >= ERROR]
    assert ("payments.E001" in found) is refused
