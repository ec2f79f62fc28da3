"""Stripe's events at the door: 400 for what is none, stored once, looked into by the worker."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe
from django.test import Client
from django.urls import reverse

from catalog.order.models import Order
from makers.models import Maker
from marketplace.core import outbox
from marketplace.core.models import OutboxMessage
from marketplace.payments.models import WebhookEvent
from tests import factories
from tests.standin.running import SECRET

from .steps import confirm, page, to_payment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _secret(settings):
    settings.STRIPE_WEBHOOK_SECRET = SECRET


def event(name="evt_1", kind="payment_intent.succeeded", intent="pi_1", **more):
    return {
        "id": name, "object": "event", "type": kind, "livemode": False,
        "data": {"object": {"id": intent, "object": "payment_intent"}}, **more,
    }  # fmt: skip


def send(body, *, secret=SECRET, second=None, header=None, alter=b"", client=None):
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()
    if header is None:
        header = stripe.WebhookSignature.generate_signature_header(
            payload.decode("utf-8", "replace"), secret, int(time.time()) if second is None else second
        )
    return (client or Client(enforce_csrf_checks=True)).post(
        reverse("stripe_webhook"),
        payload + alter,
        content_type="application/json",
        headers={"stripe-signature": header},
    )


def test_a_signed_event_is_kept_once_however_often_it_comes():
    for _ in range(20):
        assert send(event()).status_code == 200
    assert WebhookEvent.objects.count() == 1
    assert OutboxMessage.objects.count() == 1


REFUSED = {
    "unsigned": {"body": event(), "header": ""},
    "wrong secret": {"body": event(), "secret": "whsec_other"},
    "altered": {"body": event(), "alter": b" "},
    "old": {"body": event(), "second": int(time.time()) - 3600},
    "future": {"body": event(), "second": int(time.time()) + 3600},
    "list": {"body": []},
    "empty": {"body": {}},
    "no body": {"body": b""},
    "bad utf-8": {"body": b'{"id": "\xff\xfe"}'},
    "not json": {"body": b"id=evt_1"},
    "thin": {"body": {"id": "evt_1", "object": "v2.core.event", "type": "x", "livemode": False}},
    "live": {"body": event(livemode=True)},
    "huge": {"body": b'{"a": "' + b"x" * 700_000 + b'"}'},
    "another account": {"body": event(account="acct_unknown")},
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_event_of_ours_is_400_and_changes_nothing(case):
    assert send(**case).status_code == 400
    assert not WebhookEvent.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_only_posts_are_events(client):
    assert client.get(reverse("stripe_webhook")).status_code == 405


@pytest.mark.parametrize(
    ("kind", "topics"),
    [("account.updated", ["payments.look_account"]), ("payout.failed", ["payments.tell_payout"]), ("payout.paid", [])],
)
def test_an_event_of_a_makers_account_is_kept_and_queues_what_it_asks_for(kind, topics):
    maker = factories.maker()
    Maker.objects.filter(pk=maker.pk).update(stripe_account="acct_1")
    assert send(event(kind=kind, account="acct_1")).status_code == 200
    assert WebhookEvent.objects.count() == 1
    assert list(OutboxMessage.objects.values_list("topic", flat=True)) == topics


def test_a_hint_about_somebody_elses_intent_changes_nothing(standin):
    send(event(intent=standin.paid().id))
    send(event(name="evt_2", intent="pi_unknown"))
    assert outbox.deliver() == 2
    assert not Order.objects.exists()


def test_closing_the_browser_after_paying_makes_exactly_one_order(client, standin, settings):
    attempt = to_payment(client, factories.certified_product(stock=1))
    page(client, "payment", attempt)
    confirm(standin, attempt)
    attempt.refresh_from_db()
    late = [event(name="evt_2", kind="payment_intent.payment_failed", intent=attempt.intent_id)]
    for body in [event(intent=attempt.intent_id), event(intent=attempt.intent_id), *late, event(name="evt_3")]:
        assert send(body).status_code == 200
    outbox.deliver()
    attempt.refresh_from_db()
    assert attempt.status == "paid"
    assert Order.objects.get().status == "paid"
    assert OutboxMessage.objects.filter(topic="orders.tell_shopper").count() == 1


def test_the_stand_ins_own_events_are_believed(client, standin, live_server, migrated_data):
    """Sent while the test itself rests: on SQLite it shares its connection with the server."""
    receiver = f"{live_server.url}/stripe/webhook/"
    standin.hook("webhooks", url=receiver, secret=SECRET, duplicates=1, shuffle=True, paused=True)
    attempt = to_payment(client, factories.certified_product(stock=1))
    page(client, "payment", attempt)
    confirm(standin, attempt)
    standin.hook("deliver")
    assert WebhookEvent.objects.filter(type="payment_intent.succeeded").count() == 1
    outbox.deliver()
    attempt.refresh_from_db()
    assert attempt.status == "paid"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twenty_deliveries_at_once_are_one(live_server):
    from django.db import connection, connections

    if connection.vendor != "postgresql":
        pytest.skip("rows are locked for real on PostgreSQL only")

    def deliver(_):
        try:
            return send(event(), client=Client()).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(deliver, range(20))) == {200}
    assert WebhookEvent.objects.count() == 1
    assert OutboxMessage.objects.count() == 1
