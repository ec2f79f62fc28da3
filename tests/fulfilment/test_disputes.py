"""Disputes: shares are held, the case is answered once with what the order says, and who bears a loss is decided."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from marketplace import fulfilment
from marketplace.aftersale import thread
from marketplace.aftersale.access import as_shopper
from marketplace.core import outbox
from marketplace.payments import ledger
from marketplace.payments.models import Dispute
from marketplace.payments.permissions import BOOKKEEPERS
from tests import factories

from .test_money_back import adds_up, onboard, part_of, ship

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(standin, settings):
    settings.PAYOUT_DELAY_DAYS = 0
    part = part_of(standin, factories.certified_product(onboard(standin, factories.maker()), price="48.00"))
    ship(part)
    return part


@pytest.fixture
def dispute(standin, part):
    charge = standin.client.v1.payment_intents.retrieve(part.order.attempt.intent_id).latest_charge
    made = standin.hook("dispute", charge=charge)
    fulfilment.look_at_dispute({"dispute": made["id"]})
    return Dispute.objects.get()


def decide(standin, dispute, verdict):
    standin.hook("dispute/decide", dispute=dispute.dispute_id, verdict=verdict)
    fulfilment.look_at_dispute({"dispute": dispute.dispute_id})
    dispute.refresh_from_db()


def test_an_open_dispute_holds_the_share_and_a_won_one_lets_it_leave(standin, part, dispute):
    assert dispute.due_by is not None
    assert fulfilment.release() == 0
    decide(standin, dispute, "won")
    assert (dispute.outcome, ledger.balance_of(ledger.DISPUTES)) == ("won", 0)
    assert fulfilment.release() == 1
    assert adds_up(standin)


def test_the_marketplace_bears_a_lost_one_and_its_fee(standin, part, dispute):
    decide(standin, dispute, "lost")
    assert ledger.balance_of(ledger.DISPUTES) == part.paid_cents
    assert fulfilment.release() == 1
    assert ledger.balance_of(ledger.MAKERS, part.maker) == 0
    assert adds_up(standin)


def test_evidence_says_who_bought_what_how_it_left_and_what_was_written(part, dispute):
    thread.write_as_shopper(access=as_shopper(part.order), part=part, text="It came, thank you.")
    found = fulfilment.evidence_for(dispute, written=thread.words_of(part.order))
    assert found["customer_email_address"] == "sam@example.org"
    assert found["shipping_tracking_number"] == "9400 1000 0000"
    assert found["shipping_carrier"] == "USPS"
    assert "It came, thank you." in found["uncategorized_text"]
    assert part.order.number in found["uncategorized_text"]


def test_evidence_names_los_angeles_days_and_hours(part, dispute):
    evening = datetime(2026, 11, 2, 3, tzinfo=UTC)  # 7 p.m. on November 1
    thread.write_as_shopper(access=as_shopper(part.order), part=part, text="It came, thank you.")
    part.parcels.update(shipped_at=evening)
    type(part.order).objects.filter(pk=part.order_id).update(date_placed=evening)
    part.messages.update(at=evening)
    dispute.refresh_from_db()
    found = fulfilment.evidence_for(dispute, written=thread.words_of(part.order))
    assert found["shipping_date"] == "2026-11-01"
    for words in ("2026-11-01 ordered", "2026-11-01 shipped", "2026-11-01 19:00 Customer: It came"):
        assert words in found["uncategorized_text"]


def test_it_is_answered_once_by_a_bookkeeper_and_with_words(standin, part, dispute):
    keeper = factories.staff(BOOKKEEPERS)
    with pytest.raises(PermissionDenied):
        fulfilment.answer(user=factories.staff(), dispute=dispute, evidence={"uncategorized_text": "x"})
    with pytest.raises(ValidationError):
        fulfilment.answer(user=keeper, dispute=dispute, evidence={"uncategorized_text": "  "})
    fulfilment.answer(user=keeper, dispute=dispute, evidence=fulfilment.evidence_for(dispute))
    dispute.refresh_from_db()
    assert dispute.answered_at is not None
    assert standin.client.v1.disputes.retrieve(dispute.dispute_id).evidence_details.submission_count == 1
    with pytest.raises(ValidationError):
        fulfilment.answer(user=keeper, dispute=dispute, evidence={"uncategorized_text": "Once more."})


def test_a_maker_bears_a_lost_one_up_to_its_share_and_no_other_does(standin, part, dispute):
    keeper = factories.staff(BOOKKEEPERS)
    other = part_of(standin, factories.certified_product())

    def charge(user=keeper, part=part, cents=1000, why="Never sent."):
        fulfilment.charge_maker(user=user, dispute=dispute, part=part, cents=cents, why=why)

    with pytest.raises(ValidationError):
        charge()  # it is not lost yet
    decide(standin, dispute, "lost")
    for wrong in ({"cents": 0}, {"cents": part.share_cents + 1}, {"cents": -5}, {"part": other}, {"why": " "}):
        with pytest.raises(ValidationError):
            charge(**wrong)
    with pytest.raises(PermissionDenied):
        charge(user=factories.owner_of(part.maker))
    fulfilment.release()
    charge()
    with pytest.raises(ValidationError):
        charge()
    outbox.deliver()
    assert ledger.balance_of(ledger.MAKERS, part.maker) == 0, "what was paid out too much is taken back"
    assert ledger.balance_of(ledger.DISPUTES) == part.paid_cents - 1000
    assert adds_up(standin)
