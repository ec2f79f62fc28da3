"""What the gateway tells of makers' accounts, payouts, disputes, movements and tax."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.payments import gateway
from tests.standin.running import http

DAY = 86_400


def account():
    made = gateway.create_account(email="ana@example.org", name="Ana", metadata={"maker": "1"}, idempotency_key="a:1")
    return made.id


def onboard(standin, outcome="complete"):
    made = account()
    link = gateway.onboarding_address(
        account_id=made, return_url="http://shop.example/home", refresh_url="http://shop.example/again"
    )
    http("GET", link)
    http("POST", link, {"outcome": outcome})
    return made


def pay(standin, cents=5000, card="pm_card_visa"):
    return gateway.retrieve_intent(standin.paid(cents, card).id)


def transfer(standin, to, cents=3000, **more):
    charge = pay(standin, **more).charge_id
    return gateway.transfer(amount=cents, account_id=to, charge_id=charge, group="LA-1", idempotency_key=f"t:{charge}")


STATES = [
    ("later", False, False, False, True, "requirements.past_due"),
    ("partly", True, True, False, True, "action_required.requested_capabilities"),
    ("complete", True, True, True, False, ""),
]


@pytest.mark.parametrize(("outcome", "can_be_paid", "submitted", "paid_out", "asked", "reason"), STATES)
def test_an_account_says_what_is_asked(standin, outcome, can_be_paid, submitted, paid_out, asked, reason):
    found = gateway.retrieve_account(onboard(standin, outcome))
    assert (found.can_be_paid, found.details_submitted, found.payouts_enabled) == (can_be_paid, submitted, paid_out)
    assert bool(found.requirements) is asked
    assert len(set(found.requirements)) == len(found.requirements)
    assert found.disabled_reason == reason


def test_stripe_may_ask_for_more_later(standin):
    made = onboard(standin)
    standin.hook("account/require", account=made, **{"due[0]": "individual.verification.document"}, past_due=True)
    found = gateway.retrieve_account(made)
    assert found.requirements == ("individual.verification.document",)
    assert (found.can_be_paid, found.payouts_enabled) == (False, False)
    standin.hook("account/require", account=made)
    assert gateway.retrieve_account(made).can_be_paid


def test_a_makers_own_page_at_stripe_opens_once_and_only_after_onboarding(standin):
    with pytest.raises(gateway.GatewayError):
        gateway.account_dashboard_address(account())
    address = gateway.account_dashboard_address(onboard(standin))
    assert http("GET", address)[0] == 200
    assert http("GET", address)[0] == 404


def test_payouts_follow_transfers_by_themselves(standin):
    made = onboard(standin)
    transfer(standin, made)
    assert gateway.payouts_of(made) == []
    standin.hook("clock", seconds=2 * DAY + 1)
    standin.hook("jobs")
    (payout,) = gateway.payouts_of(made)
    assert (payout.amount, payout.status) == (3000, "pending")
    assert payout.arrival_date > payout.created
    assert payout.created.tzinfo is UTC
    standin.hook("clock", seconds=DAY)
    standin.hook("jobs")
    assert gateway.payouts_of(made)[0].status == "paid"


def test_a_payout_that_comes_back_says_why(standin):
    made = onboard(standin)
    transfer(standin, made, card="pm_card_bypassPending")
    standin.hook("jobs")
    (payout,) = gateway.payouts_of(made)
    standin.hook("payout/fail", payout=payout.id)
    (payout,) = gateway.payouts_of(made)
    assert (payout.status, payout.failure_code) == ("failed", "account_closed")
    assert gateway.retrieve_payout(account_id=made, payout_id=payout.id) == payout


def test_payouts_of_others_are_not_among_them(standin):
    made = onboard(standin)
    transfer(standin, made, card="pm_card_bypassPending")
    standin.hook("jobs")
    other = standin.client.v1.accounts.create({"type": "express", "country": "US"}).id
    assert gateway.payouts_of(other) == []
    with pytest.raises(gateway.GatewayError):
        gateway.payouts_of("acct_unknown")


def test_a_dispute_tells_charge_fee_and_deadline(standin):
    intent = pay(standin)
    opened = standin.hook("dispute", charge=intent.charge_id)
    found = gateway.retrieve_dispute(opened["id"])
    assert (found.charge_id, found.intent_id, found.amount, found.fee) == (intent.charge_id, intent.id, 5000, 1500)
    left = found.due_by - datetime.now(UTC)
    assert timedelta(days=6) < left <= timedelta(days=7)
    assert not found.is_closed


@pytest.mark.parametrize(("word", "status"), [("winning_evidence", "won"), ("losing_evidence", "lost")])
def test_evidence_is_sent_and_decided(standin, word, status):
    opened = standin.hook("dispute", charge=pay(standin).charge_id)
    answer = gateway.submit_dispute_evidence(
        dispute_id=opened["id"], evidence={"shipping_carrier": "USPS", "uncategorized_text": word}, idempotency_key="e"
    )
    assert (answer.status, answer.is_closed) == (status, True)
    with pytest.raises(gateway.GatewayError):
        gateway.submit_dispute_evidence(
            dispute_id=opened["id"], evidence={"uncategorized_text": "more"}, idempotency_key="e2"
        )


def test_movements_page_through_everything(standin):
    for _ in range(105):
        standin.paid(500)
    found = gateway.movements_since(0)
    assert len({movement.id for movement in found}) == 105
    assert {(item.type, item.amount, item.fee, item.net) for item in found} == {("charge", 500, 45, 455)}
    assert all(item.created.tzinfo is UTC and item.reporting_category == "charge" for item in found)


ADDRESSES = [
    ({"state": "CA", "postal_code": "90012", "city": "Los Angeles"}, 488, "975", 97_500),
    ({"state": "CA", "postal_code": "94103", "city": "San Francisco"}, 363, "725", 72_500),
    ({"state": "NV", "postal_code": "89101", "city": "Las Vegas"}, 0, "0", 0),
]


@pytest.mark.parametrize(("address", "tax", "rate", "ppm"), ADDRESSES)
def test_tax_is_reckoned_per_line(standin, address, tax, rate, ppm):
    answer = gateway.calculate_tax(
        address={"line1": "1 Main St", **address}, lines=[gateway.TaxLine("7", 5000, "txcd_20030000")], shipping=700
    )
    (line,) = answer.lines
    assert (line.reference, line.amount, line.tax) == ("7", 5000, tax)
    assert (line.rate_ten_thousandths, line.rate_ppm) == (rate, ppm)
    assert (answer.tax, answer.shipping_tax) == (tax, 0)
    assert (line.state, bool(line.jurisdiction)) == (("CA", True) if tax else ("", False))


def test_more_lines_than_a_page_come_back_in_order(standin):
    lines = [gateway.TaxLine(str(number), 100 + number, "txcd_20030000") for number in range(25)]
    answer = gateway.calculate_tax(address={"state": "CA", "postal_code": "90012"}, lines=lines, shipping=0)
    assert [(line.reference, line.amount) for line in answer.lines] == [(line.reference, line.amount) for line in lines]
    assert sum(line.tax for line in answer.lines) == answer.tax
    assert {line.rate_ppm for line in answer.lines} == {97_500}


def test_tax_is_booked_once_and_reversed_within_it(standin):
    answer = gateway.calculate_tax(
        address={"state": "CA", "postal_code": "90012"}, lines=[gateway.TaxLine("1", 5000, "txcd_20030000")], shipping=0
    )
    booked = gateway.commit_tax(calculation_id=answer.id, reference="LA-1", idempotency_key="c")
    assert gateway.commit_tax(calculation_id=answer.id, reference="LA-1", idempotency_key="c") == booked
    with pytest.raises(gateway.GatewayError):
        gateway.commit_tax(calculation_id=answer.id, reference="LA-1", idempotency_key="c2")
    back = {"transaction_id": booked}
    gateway.reverse_tax(**back, reference="LA-1-1", amount=488, idempotency_key="r1")
    with pytest.raises(gateway.GatewayError):
        gateway.reverse_tax(**back, reference="LA-1-2", amount=5001, idempotency_key="r2")
    gateway.reverse_tax(**back, reference="LA-1-3", amount=5000, idempotency_key="r3")
    with pytest.raises(gateway.GatewayError):
        gateway.reverse_tax(**back, reference="LA-1-4", amount=1, idempotency_key="r4")


def test_all_of_the_tax_is_reversed_at_once(standin):
    answer = gateway.calculate_tax(
        address={"state": "CA", "postal_code": "90012"}, lines=[gateway.TaxLine("1", 5000, "txcd_20030000")], shipping=0
    )
    booked = gateway.commit_tax(calculation_id=answer.id, reference="LA-1", idempotency_key="c")
    reversal = gateway.reverse_tax(transaction_id=booked, reference="LA-1-all", amount=None, idempotency_key="r")
    (line,) = standin.client.v1.tax.transactions.line_items.list(reversal).data
    assert (line.amount, line.amount_tax) == (-5000, -488)


def test_an_unknown_place_is_refused_not_free_of_tax(standin):
    with pytest.raises(gateway.GatewayError) as refused:
        gateway.calculate_tax(
            address={"city": "Los Angeles"}, lines=[gateway.TaxLine("1", 5000, "txcd_20030000")], shipping=0
        )
    assert refused.value.code == "customer_tax_location_invalid"
