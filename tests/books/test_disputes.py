"""Disputes at the desk: the most urgent first, answered once with nothing lost, a lost one charged up to the share."""

from datetime import timedelta

import pytest

from marketplace import fulfilment
from marketplace.aftersale import thread
from marketplace.aftersale.access import as_shopper
from marketplace.core import clock
from marketplace.payments import gateway, ledger
from marketplace.payments.models import Dispute
from tests import access, factories
from tests.factories import books
from tests.fulfilment.shop import bought
from tests.fulfilment.test_money_back import onboard, ship

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return access.signed_in(books.staff_with("payments.change_dispute"), second_factor=True)


@pytest.fixture
def part(standin, settings):
    settings.PAYOUT_DELAY_DAYS = 0
    piece = factories.certified_product(onboard(standin, factories.maker(name="Ana Quiroz")), price="48.00")
    part = bought(standin, piece).order.maker_orders.get()
    ship(part)
    return part


@pytest.fixture
def dispute(standin, part):
    return books.disputed(standin, part.order.attempt)


def path_of(dispute) -> str:
    return f"/staff/disputes/{dispute.pk}/"


def answer(**changes) -> dict:
    return {"uncategorized_text": "It was handed over.", "customer_name": "Sam", "sure": "on"} | changes


def test_the_most_urgent_are_on_top_with_the_days_left(desk, part, dispute):
    def another(number, days):
        Dispute.objects.create(
            attempt=part.order.attempt, dispute_id=f"dp_{number}", status="needs_response", reason="odd_reason",
            amount_cents=number, opened_at=clock.now(), due_by=clock.now() + timedelta(days=days) if days else None,
        )  # fmt: skip

    Dispute.objects.filter(pk=dispute.pk).update(due_by=clock.now() + timedelta(days=3))
    for number, days in ((501, 1), (502, 0), (503, -2)):
        another(number, days)
    page = desk.get("/staff/disputes/").content.decode()
    places = [page.index(words) for words in ("$5.03", "$5.01", f"${dispute.amount_cents / 100:.2f}", "$5.02")]
    assert places == sorted(places)
    assert "3 days left" in page
    assert "1 day left" in page
    assert "<strong>late</strong>" in page
    assert "odd reason" in page, "a word of Stripe's that we don't know is shown as it is"
    assert "Nothing to answer" not in page
    assert "No such disputes" in desk.get("/staff/disputes/?show=won").content.decode()
    assert desk.get("/staff/disputes/?show=odd").status_code == 200


def test_the_case_shows_parcels_and_words_and_the_answer_begins_with_them(desk, part, dispute):
    thread.write_as_shopper(access=as_shopper(part.order), part=part, text="It came, thank you.")
    page = desk.get(path_of(dispute)).content.decode()
    assert page.count("It came, thank you.") == 2, "among the messages and in the answer"
    for words in ("9400 1000 0000", "Ana Quiroz", "sam@example.org", "Answer by"):
        assert words in page
    assert "/staff/books/" not in page, "who answers disputes need not read the books"


def test_it_is_answered_once_and_what_was_said_is_kept(standin, desk, dispute):
    assert desk.post(path_of(dispute), answer()).url == path_of(dispute)
    found = standin.client.v1.disputes.retrieve(dispute.dispute_id)
    assert found.evidence_details.submission_count == 1
    assert found.evidence.uncategorized_text == "It was handed over."
    page = desk.get(path_of(dispute)).content.decode()
    assert "It was handed over." in page
    assert "Send the answer" not in page
    again = desk.post(path_of(dispute), answer(uncategorized_text="Once more."))
    assert again.status_code == 422
    dispute.refresh_from_db()
    assert dispute.evidence["uncategorized_text"] == "It was handed over."
    assert "With the bank" in desk.get("/staff/disputes/").content.decode()
    assert dispute.attempt.order.number in desk.get("/staff/disputes/?show=waiting").content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"sure": ""}, "it can be sent only once"), ({"uncategorized_text": " ", "customer_name": ""}, "Say what speaks"),
     ({"uncategorized_text": "x" * 20_001}, "20000")],
)  # fmt: skip
def test_an_answer_that_is_not_sure_or_empty_is_not_sent(standin, desk, dispute, wrong, words):
    refused = desk.post(path_of(dispute), answer() | wrong)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    dispute.refresh_from_db()
    assert dispute.answered_at is None
    assert standin.client.v1.disputes.retrieve(dispute.dispute_id).evidence_details.submission_count == 0


@pytest.mark.parametrize("error", [gateway.GatewayError("no such file"), gateway.Unreachable("timed out")])
def test_what_was_written_is_kept_where_stripe_fails(standin, desk, dispute, error, monkeypatch):
    def fail(**_options):
        raise error

    monkeypatch.setattr(gateway, "submit_dispute_evidence", fail)
    refused = desk.post(path_of(dispute), answer())
    assert refused.status_code == 422
    assert "It was handed over." in refused.content.decode()
    assert ("no such file" in refused.content.decode()) == (type(error) is gateway.GatewayError)
    monkeypatch.undo()
    assert "It was handed over." in desk.get(path_of(dispute)).content.decode(), "it waits there to be sent"
    assert desk.post(path_of(dispute), answer()).status_code == 302


def test_a_lost_one_is_charged_up_to_the_share_once(standin, desk, part, dispute):
    charge = f"{path_of(dispute)}parts/{part.pk}/charge/"
    assert desk.post(charge, {"cents": "5.00", "why": "Never sent."}).status_code == 422, "it is not lost yet"
    books.decided(standin, dispute, "lost")
    most = min(part.share_cents, dispute.amount_cents)
    assert f"up to ${most / 100:.2f}" in desk.get(path_of(dispute)).content.decode()
    for wrong in ({"cents": f"{(most + 1) / 100}"}, {"cents": "0"}, {"cents": ""}, {"why": " "}):
        refused = desk.post(charge, {"cents": "5.00", "why": "Never sent."} | wrong)
        assert refused.status_code == 422
        assert f'id="id_{next(iter(wrong))}_{part.pk}_error"' in refused.content.decode()
    assert ledger.balance_of(ledger.DISPUTES) == part.paid_cents
    assert desk.post(charge, {"cents": "5.00", "why": "Never sent."}).url == path_of(dispute)
    assert ledger.balance_of(ledger.DISPUTES) == part.paid_cents - 500
    page = desk.get(path_of(dispute)).content.decode()
    assert "Never sent." in page
    assert "Charge Ana Quiroz" not in page
    assert desk.post(charge, {"cents": "5.00", "why": "Again."}).status_code == 422


def test_another_orders_part_is_not_found(standin, desk, dispute):
    books.decided(standin, dispute, "lost")
    other = bought(standin, factories.certified_product()).order.maker_orders.get()
    assert desk.post(f"{path_of(dispute)}parts/{other.pk}/charge/", {"cents": "1", "why": "x"}).status_code == 404


def test_what_can_be_charged_is_what_is_left_of_the_share(standin, part, dispute):
    books.decided(standin, dispute, "lost")
    keeper = books.bookkeeper()
    assert fulfilment.most_to_charge(dispute, part) == min(part.share_cents, dispute.amount_cents)
    fulfilment.charge_maker(user=keeper, dispute=dispute, part=part, cents=100, why="Never sent.")
    assert fulfilment.most_to_charge(dispute, part) == min(part.share_cents - 100, dispute.amount_cents)
