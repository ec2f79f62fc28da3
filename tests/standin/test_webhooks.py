"""Events arrive signed, are tried again, doubled and shuffled; state outlives a restart."""

import json
import subprocess
import sys
from time import monotonic, sleep

import pytest
import stripe

from .running import SECRET, Running, free_port, http


def listen(standin, receiver, **more):
    standin.hook("webhooks", url=receiver.url, secret=SECRET, **more)


def test_events_are_signed_as_stripe_signs_them(standin, receiver):
    listen(standin, receiver)
    intent = standin.paid()
    assert receiver.wait_for("payment_intent.succeeded")
    for headers, body in receiver.got:
        event = stripe.Webhook.construct_event(body, headers["Stripe-Signature"], SECRET)
        assert event.id.startswith("evt_")
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(body + b" ", headers["Stripe-Signature"], SECRET)
    assert intent.id in receiver.got[-1][1].decode()


def test_an_unanswered_event_is_sent_again(standin, receiver):
    receiver.answers = [500, 503]
    listen(standin, receiver)
    standin.client.v1.payment_intents.create({"amount": 5000, "currency": "usd"})
    assert receiver.wait_for("payment_intent.created", times=3)
    ids = {json.loads(body)["id"] for _, body in receiver.got}
    assert len(ids) == 1


def test_events_may_come_twice_and_out_of_order(standin, receiver):
    listen(standin, receiver, duplicates=1, shuffle=True)
    standin.paid()
    for kind in ("payment_intent.created", "charge.succeeded", "payment_intent.succeeded"):
        assert receiver.wait_for(kind, times=2), kind


def test_a_late_dispute_and_refund_settle_by_themselves(standin, receiver):
    listen(standin, receiver)
    standin.paid(card="pm_card_createDispute")
    assert receiver.wait_for("charge.dispute.created")
    standin.client.v1.refunds.create({"payment_intent": standin.paid(card="pm_card_refundFail").id})
    assert receiver.wait_for("refund.failed")


def test_state_survives_a_restart(tmp_path):
    state = tmp_path / "stripe.sqlite3"
    with Running(state) as first:
        intent = first.client.v1.payment_intents.create({"amount": 5000, "currency": "usd"}, {"idempotency_key": "one"})
    with Running(state) as second:
        assert second.client.v1.payment_intents.retrieve(intent.id).amount == 5000
        again = second.client.v1.payment_intents.create({"amount": 5000, "currency": "usd"}, {"idempotency_key": "one"})
        assert again.id == intent.id


def start(state, port):
    command = [sys.executable, "-m", "marketplace.payments.standin", "--port", str(port), "--state", state]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert b"listens" in process.stdout.readline()
    return process


def test_what_was_answered_outlives_a_kill(tmp_path):
    port, state = free_port(), tmp_path / "s.sqlite3"
    client = stripe.StripeClient("sk_test_standin", base_addresses={"api": f"http://127.0.0.1:{port}"})
    made = []
    for _ in range(3):
        process = start(state, port)
        made.append(client.v1.payment_intents.create({"amount": 5000, "currency": "usd"}).id)
        process.kill()
        process.wait()
        process.stdout.close()
    process = start(state, port)
    try:
        assert [item.id for item in client.v1.payment_intents.list().data] == made[::-1]
    finally:
        process.terminate()
        process.stdout.close()
        process.wait(timeout=20)


def test_reset_forgets_everything(standin):
    standin.paid()
    standin.hook("reset")
    assert standin.client.v1.charges.list().data == []


def test_hooks_need_the_secret_key(standin):
    assert http("POST", f"{standin.url}/_test/reset", {})[0] == 401


def test_the_command_serves_and_ends(tmp_path):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "marketplace.payments.standin", "--port", str(port), "--state", tmp_path / "s.sqlite3"],
        stdout=subprocess.PIPE,
    )
    try:
        assert b"listens" in process.stdout.readline()
        end = monotonic() + 5
        while monotonic() < end:
            if http("GET", f"http://127.0.0.1:{port}/healthz")[0] == 200:
                break
            sleep(0.05)
    finally:
        process.terminate()
        process.stdout.close()
    assert process.wait(timeout=20) == 0


@pytest.mark.parametrize("bad", [["--secret-key", "sk_live_x"], ["--host", "0.0.0.0"]])  # noqa: S104
def test_it_refuses_live_keys_and_open_addresses(bad):
    from marketplace.payments.standin.__main__ import config_from, options

    with pytest.raises(SystemExit):
        config_from(options(bad))
