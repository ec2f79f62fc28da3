"""Attacks on money and webhooks by number, as the list of attacks names them: 5, 6, and 17 to 24.

Each is refused with a clear answer, is logged where it reaches the shop, and changes nothing.
"""

import hashlib
import hmac
import json
import logging
import time

import pytest
import stripe
from django.test import Client
from django.urls import reverse

from marketplace import fulfilment
from marketplace.core import outbox
from marketplace.core.models import OutboxMessage
from marketplace.payments import gateway
from marketplace.payments.models import LedgerEntry, WebhookEvent
from tests import factories
from tests.fulfilment.shop import basket_with, pay, place
from tests.standin.running import SECRET, http

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    settings.STRIPE_SECRET_KEY, settings.STRIPE_PUBLISHABLE_KEY = "sk_test_standin", "pk_test_standin"


@pytest.fixture
def attempt(standin):
    return fulfilment.ensure_intent(attempt=place(basket_with(factories.certified_product())))


def event(intent="pi_1", name="evt_1", **more):
    return {
        "id": name, "object": "event", "type": "payment_intent.succeeded", "livemode": False,
        "data": {"object": {"id": intent, "object": "payment_intent"}}, **more,
    }  # fmt: skip


def now() -> int:
    """Asked anew in every test: one that runs late must not be refused for its age."""
    return int(time.time())


def sign(payload, secret=SECRET, second=None):
    text = payload.decode("utf-8", "replace")
    return stripe.WebhookSignature.generate_signature_header(text, secret, now() if second is None else second)


def send(payload, header):
    headers = {} if header is None else {"stripe-signature": header}
    return Client(enforce_csrf_checks=True).post(
        reverse("stripe_webhook"), payload, content_type="application/json", headers=headers
    )


def refused(payload, header, caplog):
    """400, logged, and nothing kept or queued."""
    with caplog.at_level(logging.WARNING):
        answer = send(payload, header)
    assert answer.status_code == 400
    assert caplog.records
    assert SECRET not in caplog.text
    assert not WebhookEvent.objects.exists()
    return not OutboxMessage.objects.filter(topic__startswith="payments.").exists()


BODY = json.dumps(event()).encode()


@pytest.mark.parametrize("currency", ["eur", "mxn", "USD ", "usdc", ""])
def test_attack_5_the_stand_in_takes_no_other_currency(standin, currency):
    with pytest.raises(stripe.InvalidRequestError):
        standin.client.v1.payment_intents.create({"amount": 5000, "currency": currency})
    assert standin.client.v1.payment_intents.list().data == []


@pytest.mark.parametrize(
    "field", [{"currency": "eur"}, {"amount": 1}, {"amount_received": 1}, {"metadata[attempt]": "2"}]
)
def test_attack_5_a_browser_changes_neither_currency_nor_amount(standin, attempt, field):
    fields = {
        "key": "pk_test_standin", "client_secret": attempt.client_secret, "payment_method": "pm_card_visa",
        "return_url": "http://shop.example/", **field,
    }  # fmt: skip
    assert http("POST", f"{standin.url}/v1/payment_intents/{attempt.intent_id}/confirm", fields)[0] == 400
    fields.pop("payment_method")
    assert http("POST", f"{standin.url}/v1/payment_intents/{attempt.intent_id}", fields)[0] == 403
    found = gateway.retrieve_intent(attempt.intent_id)
    assert (found.status, found.currency, found.amount) == ("requires_payment_method", "usd", attempt.amount_cents)


@pytest.mark.parametrize("changed", [{"currency": "eur"}, {"livemode": True}, {"received": 1}, {"amount": 1}])
def test_attack_5_a_payment_in_another_currency_or_amount_goes_to_people(standin, attempt, changed):
    pay(standin, attempt)
    intent = gateway.Intent(**{**vars(gateway.retrieve_intent(attempt.intent_id)), **changed})
    assert fulfilment.settling.apply_intent(attempt_id=attempt.pk, intent=intent).status == "for_people"


def test_attack_5_what_an_event_says_of_currency_and_state_is_not_believed(standin, attempt):
    said = {"id": attempt.intent_id, "object": "payment_intent", "status": "succeeded", "currency": "usd"}
    body = json.dumps(event(data={"object": {**said, "amount_received": attempt.amount_cents}})).encode()
    assert send(body, sign(body)).status_code == 200
    outbox.deliver()
    attempt.refresh_from_db()
    assert attempt.status == "open"
    assert not LedgerEntry.objects.exists()


def test_attack_6_another_payments_secret_opens_nothing(standin, attempt):
    other = fulfilment.ensure_intent(attempt=place(basket_with(factories.certified_product())))
    address = f"{standin.url}/v1/payment_intents/{other.intent_id}"
    for secret in (attempt.client_secret, other.client_secret[:-1], "", f"{other.intent_id}_secret_"):
        fields = {"key": "pk_test_standin", "client_secret": secret}
        assert http("GET", f"{address}?key=pk_test_standin&client_secret={secret}")[0] == 400
        confirm = {**fields, "payment_method": "pm_card_visa", "return_url": "http://shop.example/"}
        assert http("POST", f"{address}/confirm", confirm)[0] == 400
        session = f"{standin.url}/v1/elements/sessions?key=pk_test_standin&payment_intent={other.intent_id}"
        assert http("GET", f"{session}&client_secret={secret}")[0] == 400
    assert http("GET", f"{address}?key=pk_test_standin")[0] == 400
    assert gateway.retrieve_intent(other.intent_id).status == "requires_payment_method"


def test_attack_6_an_event_about_anothers_payment_pays_nothing_of_mine(standin, attempt):
    body = json.dumps(event(intent=standin.paid(attempt.amount_cents).id)).encode()
    assert send(body, sign(body)).status_code == 200
    outbox.deliver()
    attempt.refresh_from_db()
    assert attempt.status == "open"


def test_attack_6_a_return_address_with_anothers_secret_is_not_believed(standin, attempt):
    paid = standin.paid(attempt.amount_cents)
    shopper = factories.person()
    type(attempt).objects.filter(pk=attempt.pk).update(user=shopper)
    client = Client()
    client.force_login(shopper)
    client.get(
        reverse("checkout:return", args=[attempt.pk]),
        {"payment_intent": paid.id, "payment_intent_client_secret": paid.client_secret, "redirect_status": "succeeded"},
    )
    attempt.refresh_from_db()
    assert attempt.status == "open"


@pytest.mark.parametrize("header", [None, "", "v1=abc", "t=NOW", f"t=NOW,v0={'0' * 64}", "t=NOW,v1="])
def test_attack_17_unsigned(header, caplog):
    assert refused(BODY, header and header.replace("NOW", str(now())), caplog)


@pytest.mark.parametrize("secret", ["whsec_other", SECRET + "x", SECRET[:-1], "sk_test_standin", "pk_test_standin"])
def test_attack_18_wrong_secret(secret, caplog):
    assert refused(BODY, sign(BODY, secret), caplog)


ALTERED = [
    BODY + b" ", BODY.replace(b"pi_1", b"pi_2"), BODY.replace(b"evt_1", b"evt_2"), BODY.replace(b"false", b"true"),
    BODY.replace(b"succeeded", b"canceled"), json.dumps(event(), indent=1).encode(), b"",
]  # fmt: skip


@pytest.mark.parametrize("payload", ALTERED)
def test_attack_19_altered_body(payload, caplog):
    assert refused(payload, sign(BODY), caplog)


def test_attack_19_altered_timestamp(caplog):
    second = now()
    assert refused(BODY, sign(BODY, second=second).replace(str(second), str(second + 1)), caplog)


AGES = [-301, -3_600, -86_400 * 365, 301, 3_600, 86_400 * 365]


@pytest.mark.parametrize("seconds", AGES)
def test_attack_20_old_and_future_timestamps(seconds, caplog):
    second = int(time.time()) + seconds + (1 if seconds > 0 else -1)
    assert refused(BODY, sign(BODY, second=second), caplog)


@pytest.mark.parametrize("second", [0, -1, 10**13, "", "now", "1e9", "٣"])
def test_attack_20_timestamps_that_are_none(second, caplog):
    assert refused(BODY, f"t={second},v1={'0' * 64}", caplog)


def test_attack_20_two_timestamps_are_none(caplog):
    assert refused(BODY, f"t={now()}," + sign(BODY), caplog)


ODD = {
    "list": b"[]", "empty": b"{}", "nothing": b"", "null": b"null", "number": b"7", "text": b'"evt_1"',
    "not utf-8": b'{"id": "\xff\xfe"}', "utf-16": json.dumps(event()).encode("utf-16"), "not json": b"id=evt_1",
    "half": BODY[: len(BODY) // 2], "huge": b'{"a": "' + b"x" * 600_000 + b'"}',
    "deep": b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nan": BODY.replace(b"false", b"NaN"),
    "thin": b'{"id": "evt_1", "object": "v2.core.event", "type": "x", "livemode": false}',
    "id of another kind": json.dumps(event(name={"a": 1})).encode(), "no id": json.dumps(event(name="")).encode(),
}  # fmt: skip


@pytest.mark.parametrize("payload", ODD.values(), ids=ODD.keys())
def test_attack_21_odd_bodies_even_when_signed(payload, caplog):
    assert refused(payload, sign_bytes(payload), caplog)


def sign_bytes(payload):
    """Signed byte for byte, which the SDK's helper can't do for what is no text."""
    second = now()
    digest = hmac.new(SECRET.encode(), f"{second}.".encode() + payload, hashlib.sha256).hexdigest()
    return f"t={second},v1={digest}"


def test_attack_21_more_than_the_server_reads(caplog):
    payload = b"x" * 3_000_000
    assert refused(payload, sign_bytes(payload), caplog)


@pytest.mark.parametrize(("key", "livemode"), [("sk_live_x", False), ("rk_live_x", False), ("sk_test_standin", True)])
def test_attack_22_an_event_of_the_other_mode(settings, key, livemode, caplog):
    settings.STRIPE_SECRET_KEY = key
    body = json.dumps(event(livemode=livemode)).encode()
    assert refused(body, sign(body), caplog)


@pytest.mark.parametrize("account", ["acct_unknown", "acct_", "x", "' OR 1=1 --"])
def test_attack_23_another_accounts_event(account, caplog):
    body = json.dumps(event(account=account)).encode()
    assert refused(body, sign(body), caplog)


def test_attack_24_duplicates_and_disorder_pay_once(standin, attempt):
    pay(standin, attempt)
    late = [event(attempt.intent_id, f"evt_{kind}", type=f"payment_intent.{kind}") for kind in ("canceled", "created")]
    for said in [*late, *[event(attempt.intent_id)] * 5, *late]:
        body = json.dumps(said).encode()
        assert send(body, sign(body)).status_code == 200
    while outbox.deliver():
        pass
    attempt.refresh_from_db()
    assert attempt.status == "paid"
    assert WebhookEvent.objects.count() == 3
    assert LedgerEntry.objects.filter(source=f"charge:{attempt.intent_id}").count() <= 1
