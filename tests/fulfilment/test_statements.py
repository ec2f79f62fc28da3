"""The maker's statement: opening and lines are the closing balance, and each payout is the sum of its lines."""

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from marketplace import fulfilment
from marketplace.core import clock, outbox
from marketplace.fulfilment.statements import months_of, payout_of, payouts_of, statement_of, waiting_for
from marketplace.payments import ledger
from marketplace.payments.models import Dispute, Refund, Voucher
from marketplace.payments.permissions import BOOKKEEPERS
from tests import factories

from .shop import SHOPPER, basket_with, pay, place
from .test_money_back import came_back, onboard, part_of, refund, ship

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(standin, settings):
    settings.PAYOUT_DELAY_DAYS = 0
    return onboard(standin, factories.maker(name="Casa Ana"))


def this_month(maker):
    today = clock.today()
    return statement_of(maker, today.year, today.month)


def everything(standin, maker):
    """One line of every kind."""
    Voucher.objects.create(code="TENOFF", maker=maker, basis_points=1000, starts_at=clock.now())
    attempt = place(basket_with(factories.certified_product(maker, price="48.00")), voucher="TENOFF")
    pay(standin, attempt)
    first = fulfilment.finalize(attempt_id=attempt.pk).order.maker_orders.get()
    ship(first)
    fulfilment.refund_amount(
        user=factories.owner_of(maker),
        maker_order=first,
        line_id=first.lines.get().pk,
        net_cents=500,
        reason="A thread.",
    )
    outbox.deliver()
    fulfilment.release()
    second = part_of(standin, factories.certified_product(maker, price="20.00"))
    ship(second)
    fulfilment.release()
    refund(second)
    outbox.deliver()
    third = part_of(standin, factories.certified_product(maker, price="30.00"))
    ship(third)
    fulfilment.release()
    charge = standin.client.v1.payment_intents.retrieve(third.order.attempt.intent_id).latest_charge
    dispute = standin.hook("dispute", charge=charge)
    standin.hook("dispute/decide", dispute=dispute["id"], verdict="lost")
    fulfilment.look_at_dispute({"dispute": dispute["id"]})
    standin.hook("reversals", account=maker.stripe_account, blocked=True)
    fulfilment.charge_maker(
        user=factories.staff(BOOKKEEPERS), dispute=Dispute.objects.get(), part=third, cents=1000, why="Never sent."
    )
    outbox.deliver()
    fourth = part_of(standin, factories.certified_product(maker, price="60.00"))
    ship(fourth)
    fulfilment.release()


def test_every_kind_of_line_adds_up_to_what_is_owed(standin, maker):
    everything(standin, maker)
    found = this_month(maker)
    kinds = {kind.value for kind, _cents in found.sums}
    assert kinds == {
        "sale", "discount", "shipping", "fee", "refund", "ship_refund", "fee_refund", "transfer", "reversal",
        "recovery", "dispute",
    }  # fmt: skip
    assert found.opening == 0
    assert found.closing == -ledger.balance_of(ledger.MAKERS, maker) == sum(row.cents for row in waiting_for(maker))
    assert found.tax_collected == -ledger.balance_of(ledger.TAX, maker)
    assert months_of(maker) == [found.first]


def test_what_waits_says_what_holds_it(standin, client, maker):
    plain, disputed, sent_back = (part_of(standin, factories.certified_product(maker)) for _ in range(3))
    for part in (plain, disputed, sent_back):
        ship(part)
    charge = standin.client.v1.payment_intents.retrieve(disputed.order.attempt.intent_id).latest_charge
    fulfilment.look_at_dispute({"dispute": standin.hook("dispute", charge=charge)["id"]})
    refund(sent_back)
    outbox.deliver()
    came_back(standin, Refund.objects.get())
    held = {row.part: (row.is_disputed, row.is_owed_back, row.is_due) for row in waiting_for(maker)}
    assert held == {plain: (False, False, True), disputed: (True, False, True), sent_back: (False, True, True)}
    client.force_login(factories.owner_of(maker))
    page = client.get(reverse("studio:statement_now")).text
    assert "held while the dispute is open" in page
    assert "bank sent the refund back" in page
    assert "What waits" not in client.get(reverse("studio:statement", args=["2026-01"])).text


def test_words_say_what_kind_and_order_do_not_and_in_the_readers_language(standin, maker):
    everything(standin, maker)
    first, second, third, fourth = maker.maker_orders.order_by("pk")
    said = {(line.kind.value, line.part_id): line.words for line in this_month(maker).lines}
    assert said["sale", first.pk] == said["transfer", first.pk] == ""
    assert said["refund", first.pk] == "Part of the price: A thread."
    assert said["fee_refund", second.pk] == "Whole order part: The zipper broke."
    assert said["dispute", third.pk] == "Never sent."
    assert said["recovery", third.pk] == f"Kept from order {fourth.order.number}"
    assert said["recovery", fourth.pk] == f"For order {third.order.number}"
    with translation.override("es"):
        said = {(line.kind.value, line.part_id): line.words for line in this_month(maker).lines}
    assert said["recovery", fourth.pk] == f"Por el pedido {third.order.number}"
    assert said["refund", first.pk] == "Parte del precio: A thread."


def test_each_payout_is_the_sum_of_its_lines(standin, maker):
    everything(standin, maker)
    payouts = [payout_of(transfer) for transfer in payouts_of(maker)]
    assert len(payouts) == 4
    for payout in payouts:
        assert payout.is_explained, (payout.transfer.amount_cents, payout.lines)


def test_a_month_opens_with_what_was_owed_before(standin, maker):
    part_of(standin, factories.certified_product(maker, price="48.00"))
    today = clock.today()
    year, month = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)
    later = statement_of(maker, year, month)
    assert (later.opening, later.lines, later.closing) == (4800 + 750 - 480, [], 4800 + 750 - 480)


def test_screen_table_file_and_paper_say_the_same(client, standin, maker):
    everything(standin, maker)
    client.force_login(factories.owner_of(maker))
    found, month = this_month(maker), clock.today().strftime("%Y-%m")
    assert client.get(reverse("studio:statement_now")).status_code == 200
    assert client.get(reverse("studio:statement", args=[month])).context["statement"].closing == found.closing
    rows = list(csv.reader(StringIO(client.get(reverse("studio:statement_csv", args=[month])).content.decode())))
    assert rows[-1][-1] == f"{found.closing / 100:.2f}"
    assert len(rows) == len(found.lines) + 3
    paper = PdfReader(BytesIO(client.get(reverse("studio:statement_pdf", args=[month])).content))
    text = " ".join(page.extract_text() for page in paper.pages)
    assert found.lines[0].order_number in text
    transfer = payouts_of(maker).first()
    assert client.get(reverse("studio:payout", args=[transfer.pk])).context["payout"].is_explained


def test_another_makers_statement_and_odd_months_are_404(client, standin, maker):
    everything(standin, maker)
    client.force_login(factories.owner_of(factories.maker()))
    assert client.get(reverse("studio:payout", args=[payouts_of(maker).first().pk])).status_code == 404
    assert client.get(reverse("studio:statement", args=["2026-13"])).status_code == 404
    assert client.get(reverse("studio:statement_csv", args=["all"])).status_code == 404
    assert not client.get(reverse("studio:statement_now")).context["statement"].lines


def test_a_csv_cell_is_no_formula(client, standin, maker):
    part = part_of(standin, factories.certified_product(maker))
    refund(part, reason="=1+1")
    outbox.deliver()
    client.force_login(factories.owner_of(maker))
    body = client.get(reverse("studio:statement_csv", args=[clock.today().strftime("%Y-%m")])).content.decode()
    assert not any(cell.startswith(("=", "+", "@")) for row in csv.reader(StringIO(body)) for cell in row)
    assert SHOPPER.email not in body
