"""What can go wrong between a shop and Stripe, on demand; and balances of makers below zero."""

import json

import pytest
import stripe

from marketplace.payments import gateway

from .running import SECRET

DAY = 86_400


@pytest.fixture(autouse=True)
def _asked_once(settings, standin, monkeypatch):
    settings.STRIPE_API_ADDRESS, settings.STRIPE_SECRET_KEY = standin.url, "sk_test_standin"
    monkeypatch.setattr(gateway.connection, "NETWORK_RETRIES", 0)


def announce():
    return gateway.create_intent(
        amount=5000, currency="usd", metadata={}, idempotency_key="one", description="LA-1", group="LA-1"
    )


FAULTS = [
    ("error", False), ("rate_limit", False), ("drop_before", False), ("drop_after", True), ("malformed", True),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "done"), FAULTS)
def test_nobody_knows_and_the_same_key_finds_out(standin, kind, done):
    standin.hook("fault", kind=kind, path="/v1/payment_intents")
    with pytest.raises(gateway.Unreachable):
        announce()
    assert len(standin.client.v1.payment_intents.list().data) == int(done)
    announce()
    assert len(standin.client.v1.payment_intents.list().data) == 1


@pytest.mark.parametrize("kind", ["slow", "delay"])
def test_patience_has_an_end(standin, kind, monkeypatch):
    monkeypatch.setattr(gateway.connection, "ANSWER_SECONDS", 0.05)
    gateway.connection._client.cache_clear()
    standin.hook("fault", kind=kind, path="/v1/payment_intents", seconds=2)
    with pytest.raises(gateway.Unreachable):
        announce()
    gateway.connection._client.cache_clear()


def test_a_fault_hits_what_it_names_and_as_often_as_it_says(standin):
    standin.hook("fault", kind="error", method="POST", path="/v1/refunds", times=2)
    intent = standin.paid()
    for _ in range(2):
        with pytest.raises(gateway.Unreachable):
            gateway.refund(intent_id=intent.id, amount=100, metadata={}, idempotency_key="r")
    assert gateway.refund(intent_id=intent.id, amount=100, metadata={}, idempotency_key="r").amount == 100


def test_a_lost_event_never_comes_but_can_be_sent_again(standin, receiver):
    standin.hook("webhooks", url=receiver.url, secret=SECRET, lose=1)
    standin.client.v1.payment_intents.create({"amount": 5000, "currency": "usd"})
    standin.client.v1.payment_intents.create({"amount": 6000, "currency": "usd"})
    assert receiver.wait_for("payment_intent.created")
    standin.hook("deliver")
    amounts = [json.loads(body)["data"]["object"]["amount"] for _, body in receiver.got]
    assert amounts == [6000]
    lost = standin.client.v1.events.list({"type": "payment_intent.created"}).data[-1]
    standin.hook("events/resend", event=lost.id)
    assert receiver.wait_for("payment_intent.created", times=2)


def test_an_endpoint_gets_the_events_that_it_wants(standin, receiver):
    standin.hook("webhooks", url=receiver.url, secret=SECRET, **{"events[0]": "payment_intent.succeeded"})
    standin.paid()
    assert receiver.wait_for("payment_intent.succeeded")
    standin.hook("deliver")
    assert set(receiver.types) == {"payment_intent.succeeded"}


def test_an_event_is_sent_by_one_sender_only(standin, receiver):
    standin.hook("webhooks", url=receiver.url, secret=SECRET)
    for _ in range(20):
        standin.client.v1.payment_intents.create({"amount": 5000, "currency": "usd"})
        standin.hook("deliver")
    assert receiver.wait_for("payment_intent.created", times=20)
    ids = [json.loads(body)["id"] for _, body in receiver.got]
    assert len(ids) == len(set(ids)) == 20


def test_payouts_of_an_account_name_it_in_their_events(standin, receiver):
    standin.hook("webhooks", url=receiver.url, secret=SECRET, **{"events[0]": "payout.created"})
    account = maker(standin)
    send(standin, account, 2000)
    standin.hook("jobs")
    assert receiver.wait_for("payout.created")
    assert json.loads(receiver.got[0][1])["account"] == account


def maker(standin):
    made = standin.client.v1.accounts.create(
        {"type": "express", "country": "US", "capabilities": {"transfers": {"requested": True}}}
    )
    standin.hook("account", account=made.id, enabled=True)
    return made.id


def send(standin, account, cents):
    charge = standin.paid(5000, "pm_card_bypassPending").latest_charge
    return standin.client.v1.transfers.create(
        {"amount": cents, "currency": "usd", "destination": account, "source_transaction": charge}
    )


def available(standin, account):
    return standin.client.v1.balance.retrieve({}, {"stripe_account": account}).available[0].amount


def test_what_was_paid_out_already_is_owed_from_the_next_transfer(standin):
    account = maker(standin)
    first = send(standin, account, 3000)
    standin.hook("jobs")
    assert available(standin, account) == 0
    standin.client.v1.transfers.reversals.create(first.id, {"amount": 3000})
    assert available(standin, account) == -3000
    send(standin, account, 5000)
    standin.hook("jobs")
    payouts = standin.client.v1.payouts.list({}, {"stripe_account": account}).data
    assert [payout.amount for payout in payouts] == [2000, 3000]
    assert available(standin, account) == 0


def test_payouts_can_have_arrived_in_the_past(standin):
    account, day = maker(standin), 1_790_000_000
    send(standin, account, 2000)
    standin.hook("jobs")
    standin.hook("payout/arrive", account=account, at=day)
    send(standin, account, 1500)
    standin.hook("jobs")
    waits, arrived = standin.client.v1.payouts.list({}, {"stripe_account": account}).data
    assert (arrived.status, arrived.arrival_date, arrived.amount) == ("paid", day, 2000)
    assert (waits.status, waits.amount) == ("pending", 1500)
    assert waits.arrival_date > day


def test_a_closed_bank_account_sends_every_payout_back(standin):
    account = maker(standin)
    standin.hook("payout/fail", account=account, fails=True)
    send(standin, account, 2000)
    standin.hook("jobs")
    standin.hook("clock", seconds=DAY + 1)
    standin.hook("jobs")
    (payout,) = standin.client.v1.payouts.list({}, {"stripe_account": account}).data
    assert (payout.status, payout.failure_code) == ("failed", "account_closed")
    assert available(standin, account) == 2000


def test_money_is_neither_made_nor_lost_between_platform_and_accounts(standin):
    account = maker(standin)
    transfer = send(standin, account, 3000)
    standin.client.v1.transfers.reversals.create(transfer.id, {"amount": 1200})
    standin.hook("jobs")
    ours = standin.client.v1.balance_transactions.list({"limit": 100}).data
    theirs = standin.client.v1.balance_transactions.list({"limit": 100}, {"stripe_account": account}).data
    between = {"transfer", "transfer_refund", "payment", "payment_refund"}
    assert sum(entry.amount for entry in [*ours, *theirs] if entry.type in between) == 0
    paid_out = sum(entry.net for entry in theirs if entry.type == "payout")
    assert sum(entry.net for entry in theirs) == 1800 + paid_out


def test_one_account_is_not_seen_on_behalf_of_another(standin):
    account, other = maker(standin), maker(standin)
    send(standin, account, 2000)
    standin.hook("jobs")
    payout = standin.client.v1.payouts.list({}, {"stripe_account": account}).data[0].id
    for options in ({"stripe_account": other}, {}):
        with pytest.raises(stripe.InvalidRequestError):
            standin.client.v1.payouts.retrieve(payout, {}, options)
    with pytest.raises(stripe.PermissionError):
        standin.client.v1.payouts.list({}, {"stripe_account": "acct_unknown"})
    with pytest.raises(stripe.InvalidRequestError):
        standin.client.v1.payment_intents.list({}, {"stripe_account": account})


def test_evidence_has_stripes_limits(standin):
    dispute = standin.hook("dispute", charge=standin.paid().latest_charge)["id"]
    for evidence in ({"uncategorized_text": "x" * 20_001}, {"receipt": "our receipt"}, {"colour": "red"}):
        with pytest.raises(stripe.InvalidRequestError):
            standin.client.v1.disputes.update(dispute, {"evidence": evidence})
    assert standin.client.v1.disputes.retrieve(dispute).status == "needs_response"


def test_a_page_that_is_walked_shows_everything_once_in_order(standin):
    made = [standin.client.v1.payment_intents.create({"amount": 100 + n, "currency": "usd"}).id for n in range(7)]
    listing = standin.client.v1.payment_intents.list
    walked = [item.id for item in listing({"limit": 3}).auto_paging_iter()]
    assert walked == made[::-1]
    newer = listing({"limit": 2, "ending_before": made[3]})
    assert [item.id for item in newer.data] == [made[5], made[4]]
    assert newer.has_more
    with pytest.raises(stripe.InvalidRequestError):
        listing({"limit": 0})


def test_a_pause_stops_the_background_and_deliver_sends_by_hand(standin, receiver):
    standin.hook("webhooks", url=receiver.url, secret=SECRET, paused=True)
    standin.client.v1.payment_intents.create({"amount": 5000, "currency": "usd"})
    assert not receiver.wait_for("payment_intent.created", seconds=0.3)
    assert standin.hook("deliver")["count"] == 1
    assert receiver.types == ["payment_intent.created"]
