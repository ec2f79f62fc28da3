"""Every published test card does what Stripe says it does."""

import pytest
import stripe

from marketplace.payments.standin.card_table import CARDS, NAMED, PLAIN
from marketplace.payments.standin.cards import brand_of, luhn_ok

from .running import http

BACK = "http://shop.example/back"
BRANDS = {
    "4242424242424242": "visa", "5555555555554444": "mastercard", "2223003122003222": "mastercard",
    "378282246310005": "amex", "6011111111111117": "discover", "3056930009020004": "diners",
    "36227206271667": "diners", "3566002020360505": "jcb", "6200000000000005": "unionpay",
    "6555900000604105": "discover",
}  # fmt: skip
DECLINED = [
    ("4000000000000002", "card_declined", "generic_decline"),
    ("4000000000009995", "card_declined", "insufficient_funds"),
    ("4000000000009987", "card_declined", "lost_card"), ("4000000000009979", "card_declined", "stolen_card"),
    ("4000000000006975", "card_declined", "card_velocity_exceeded"), ("4000000000000069", "expired_card", None),
    ("4000000000000127", "incorrect_cvc", None), ("4000000000000119", "processing_error", None),
    ("4000000000000341", "card_declined", "generic_decline"), ("4100000000000019", "card_declined", "fraudulent"),
    ("4000008400001280", "card_declined", "processing_error"),
    ("4111111111111111", "card_declined", "test_mode_live_card"),
]  # fmt: skip
AFTER_AUTHENTICATION = [
    ("4000002760003184", None), ("4000000000003220", None), ("4000002500003155", None),
    ("4000008400001629", "generic_decline"), ("4000008260003178", "insufficient_funds"),
]  # fmt: skip
CHECKS = [
    ("4000000000000101", "cvc_check", "fail"), ("4000000000000036", "address_postal_code_check", "fail"),
    ("4000000000000028", "address_line1_check", "fail"), ("4000000000000010", "address_line1_check", "fail"),
    ("4000000000000010", "address_postal_code_check", "fail"),
    ("4000000000000044", "address_postal_code_check", "unavailable"),
    ("4242424242424242", "cvc_check", "pass"), ("4242424242424242", "address_postal_code_check", "pass"),
]  # fmt: skip


def pay(standin, number):
    cvc = "1234" if brand_of(number) == "amex" else "123"
    card = {"number": number, "exp_month": 12, "exp_year": 2040, "cvc": cvc}
    address = {"line1": "1 Main St", "postal_code": "90012"}
    return standin.client.v1.payment_intents.create(
        {"amount": 5000, "currency": "usd", "confirm": True, "return_url": BACK,
         "payment_method_data": {"type": "card", "card": card, "billing_details": {"address": address}}}
    )  # fmt: skip


def charge_of(standin, intent):
    return standin.client.v1.charges.retrieve(intent.latest_charge)


def test_numbers_are_card_numbers():
    assert [number for number in CARDS if not luhn_ok(number)] == ["4242424242424241"]
    assert set(NAMED.values()) <= set(CARDS)


@pytest.mark.parametrize("number", PLAIN)
def test_plain_cards_pay(standin, number):
    assert pay(standin, number).status == "succeeded"


@pytest.mark.parametrize(("number", "brand"), BRANDS.items())
def test_brands(standin, number, brand):
    assert charge_of(standin, pay(standin, number)).payment_method_details.card.brand == brand


@pytest.mark.parametrize(("number", "code", "decline"), DECLINED)
def test_declines(standin, number, code, decline):
    with pytest.raises(stripe.CardError) as refused:
        pay(standin, number)
    assert (refused.value.code, refused.value.error.decline_code) == (code, decline)
    (charge,) = standin.client.v1.charges.list().data
    assert (charge.status, charge.paid, charge.amount_captured) == ("failed", False, 0)


def test_a_mistyped_number_charges_nothing(standin):
    with pytest.raises(stripe.CardError) as refused:
        pay(standin, "4242424242424243")
    assert (refused.value.code, refused.value.param) == ("incorrect_number", "number")
    assert standin.client.v1.charges.list().data == []


@pytest.mark.parametrize(("number", "decline"), AFTER_AUTHENTICATION)
def test_authentication_first_then_the_banks_word(standin, number, decline):
    intent = pay(standin, number)
    assert intent.status == "requires_action"
    assert standin.client.v1.charges.list().data == []
    http("POST", intent.next_action.redirect_to_url.url, {"outcome": "complete"})
    after = standin.client.v1.payment_intents.retrieve(intent.id)
    if decline:
        assert (after.status, after.last_payment_error.decline_code) == ("requires_payment_method", decline)
    else:
        assert after.status == "succeeded"
        assert charge_of(standin, after).payment_method_details.card.three_d_secure.result == "authenticated"


@pytest.mark.parametrize(("number", "check", "result"), CHECKS)
def test_checks_of_code_and_address(standin, number, check, result):
    assert getattr(charge_of(standin, pay(standin, number)).payment_method_details.card.checks, check) == result


@pytest.mark.parametrize(
    ("number", "level"),
    [("4000000000009235", "elevated"), ("4000000000004954", "highest"), ("4242424242424242", "normal")],
)
def test_risk(standin, number, level):
    assert charge_of(standin, pay(standin, number)).outcome.risk_level == level


DISPUTED = [
    ("4000000000000259", [("fraudulent", "needs_response", 5000)]),
    ("4000000000002685", [("product_not_received", "needs_response", 5000)]),
    ("4000000000001976", [("general", "warning_needs_response", 5000)]),
    ("4000000404000079", [("product_not_received", "needs_response", 2500), ("fraudulent", "needs_response", 2500)]),
]


@pytest.mark.parametrize(("number", "expected"), DISPUTED)
def test_disputes_come_later(standin, number, expected):
    charge = pay(standin, number).latest_charge
    standin.hook("jobs")
    found = standin.client.v1.disputes.list({"charge": charge}).data
    assert [(item.reason, item.status, item.amount) for item in found] == expected
    asked_only = expected[0][0] == "general"
    assert standin.client.v1.charges.retrieve(charge).disputed is not asked_only
    assert all(bool(item.balance_transactions) is not asked_only for item in found)


def test_an_inquiry_may_be_refunded_and_closes_without_loss(standin):
    intent = pay(standin, "4000000000001976")
    standin.hook("jobs")
    before = standin.client.v1.balance.retrieve().pending[0].amount
    dispute = standin.client.v1.disputes.list({"charge": intent.latest_charge}).data[0]
    assert standin.client.v1.disputes.close(dispute.id).status == "warning_closed"
    assert standin.client.v1.balance.retrieve().pending[0].amount == before
    assert standin.client.v1.refunds.create({"payment_intent": intent.id}).status == "succeeded"


def test_a_dispute_that_nobody_answers_is_lost(standin):
    charge = pay(standin, "4000000000000259").latest_charge
    standin.hook("jobs")
    standin.hook("clock", seconds=7 * 86_400 + 60)
    standin.hook("jobs")
    dispute = standin.client.v1.disputes.list({"charge": charge}).data[0]
    assert (dispute.status, dispute.evidence_details.past_due) == ("lost", True)


def test_a_network_warns_of_fraud(standin):
    charge = pay(standin, "4000000000005423").latest_charge
    standin.hook("jobs")
    warnings = standin.client.v1.radar.early_fraud_warnings.list({"charge": charge}).data
    assert [warning.actionable for warning in warnings] == [True]


@pytest.mark.parametrize(("number", "first", "last"), [("4000000000007726", "pending", "succeeded"),
                                                       ("4000000000005126", "succeeded", "failed")])  # fmt: skip
def test_refunds_that_settle_or_fail_later(standin, number, first, last):
    v1 = standin.client.v1
    intent = pay(standin, number)
    refund = v1.refunds.create({"payment_intent": intent.id})
    assert refund.status == first
    standin.hook("jobs")
    assert v1.refunds.retrieve(refund.id).status == last
    left = v1.charges.retrieve(intent.latest_charge).amount_refunded
    assert left == (5000 if last == "succeeded" else 0)


def test_funds_at_once(standin):
    pay(standin, "4000000000000077")
    balance = standin.client.v1.balance.retrieve()
    assert (balance.available[0].amount, balance.pending[0].amount) == (4825, 0)
