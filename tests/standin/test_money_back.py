"""Refunds, transfers, disputes, payouts, accounts: never more than there is."""

import pytest
import stripe

from .running import http


def maker_account(standin):
    account = standin.client.v1.accounts.create(
        {"type": "express", "country": "US", "capabilities": {"transfers": {"requested": True}}}
    )
    link = standin.client.v1.account_links.create(
        {"account": account.id, "type": "account_onboarding", "refresh_url": "http://shop.example/again",
         "return_url": "http://shop.example/home"}
    )  # fmt: skip
    assert http("GET", link.url)[0] == 200
    status, headers, _ = http("POST", link.url, {"outcome": "complete"})
    assert (status, headers["Location"]) == (303, "http://shop.example/home")
    assert http("GET", link.url)[1]["Location"] == "http://shop.example/again"
    return standin.client.v1.accounts.retrieve(account.id)


def test_refunds_never_exceed_the_payment(standin):
    intent = standin.paid(5000)
    refunds = standin.client.v1.refunds
    refunds.create({"payment_intent": intent.id, "amount": 3000})
    with pytest.raises(stripe.InvalidRequestError):
        refunds.create({"payment_intent": intent.id, "amount": 2001})
    assert refunds.create({"payment_intent": intent.id}).amount == 2000
    with pytest.raises(stripe.InvalidRequestError) as refused:
        refunds.create({"payment_intent": intent.id})
    assert refused.value.code == "charge_already_refunded"


def test_a_refund_that_fails_later_may_be_tried_again(standin):
    intent = standin.paid(5000)
    refund = standin.client.v1.refunds.create({"payment_intent": intent.id})
    standin.hook("refund/fail", refund=refund.id)
    assert standin.client.v1.refunds.retrieve(refund.id).status == "failed"
    assert standin.client.v1.refunds.create({"payment_intent": intent.id}).amount == 5000


def test_transfers_are_capped_by_their_charge(standin):
    account = maker_account(standin)
    charge = standin.paid(5000).latest_charge
    fields = {"currency": "usd", "destination": account.id, "source_transaction": charge}
    first = standin.client.v1.transfers.create({"amount": 3000, **fields})
    with pytest.raises(stripe.InvalidRequestError):
        standin.client.v1.transfers.create({"amount": 2001, **fields})
    standin.client.v1.transfers.reversals.create(first.id, {"amount": 1000})
    with pytest.raises(stripe.InvalidRequestError):
        standin.client.v1.transfers.reversals.create(first.id, {"amount": 2001})


def test_a_disabled_account_gets_nothing(standin):
    account = maker_account(standin)
    standin.hook("account", account=account.id, enabled=False)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        standin.client.v1.transfers.create(
            {"amount": 100, "currency": "usd", "destination": account.id,
             "source_transaction": standin.paid().latest_charge}
        )  # fmt: skip
    assert refused.value.code == "insufficient_capabilities_for_transfer"


def test_a_dispute_blocks_refunds_until_won(standin):
    intent = standin.paid(5000)
    dispute = standin.hook("dispute", charge=intent.latest_charge)
    with pytest.raises(stripe.InvalidRequestError):
        standin.client.v1.refunds.create({"payment_intent": intent.id})
    won = standin.client.v1.disputes.update(dispute["id"], {"evidence": {"uncategorized_text": "winning_evidence"}})
    assert won.status == "won"
    assert standin.client.v1.refunds.create({"payment_intent": intent.id}).amount == 5000


def test_funds_become_available_with_time_and_are_paid_out(standin):
    standin.paid(5000)
    standin.hook("clock", seconds=3 * 86_400)
    available = standin.client.v1.balance.retrieve().available[0].amount
    assert available == 5000 - 175
    payout = standin.hook("payout", amount=available)
    assert standin.client.v1.balance.retrieve().available[0].amount == 0
    standin.hook("payout/fail", payout=payout["id"])
    assert standin.client.v1.balance.retrieve().available[0].amount == available
