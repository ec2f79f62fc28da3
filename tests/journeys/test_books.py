"""The books desk in a browser: balance, a dispute, a fee and a voucher; no screen has an axe fault."""

from datetime import timedelta

import pytest

from marketplace import fulfilment
from marketplace.aftersale import thread
from marketplace.aftersale.access import as_shopper
from marketplace.core import clock
from marketplace.core.models import OutboxMessage
from marketplace.payments import fees, vouchers
from marketplace.payments.models import FeeTerm, LedgerEntry, Reconciliation, Refund, Reversal, Transfer, Voucher
from marketplace.users.services import enrol_second_factor
from tests import factories
from tests.factories import books
from tests.fulfilment.shop import bought
from tests.fulfilment.test_money_back import onboard, ship

from .test_the_whole_path import sign_in_staff
from .test_training import looks_right


@pytest.fixture
def user():
    return books.bookkeeper()


@pytest.fixture
def maker(standin):
    return onboard(standin, factories.maker(name="Ana Quiroz"))


@pytest.fixture
def dispute(standin, maker):
    part = bought(standin, factories.certified_product(maker, price="48.00")).order.maker_orders.get()
    ship(part)
    thread.write_as_shopper(access=as_shopper(part.order), part=part, text="It came, thank you.")
    return books.disputed(standin, part.order.attempt)


@pytest.fixture
def voucher(user):
    return vouchers.create(
        user=user, maker=None, code="SPRING-10", basis_points=1000, amount_cents=None, least_cents=4000,
        starts_at=clock.now(), ends_at=clock.now() + timedelta(days=30), most_uses=100,
    )  # fmt: skip


@pytest.fixture
def paths(standin, user, maker, dispute, voucher):
    """Every screen of the desk, with something on it."""
    part = bought(standin, factories.certified_product(maker, price="1240.00")).order.maker_orders.get()
    lost = books.decided(standin, books.disputed(standin, part.order.attempt), "lost")
    Refund.objects.create(
        maker_order=part, amount_cents=4_800, status="failed", reason="The zipper broke.", last_error="card closed"
    )
    sent = Transfer.objects.create(maker_order=part, amount_cents=700, status="done")
    Reversal.objects.create(transfer=sent, cause="x", amount_cents=300, status="failed", last_error="no balance")
    OutboxMessage.objects.create(
        topic="payments.tell_staff", key="stuck", available_at=clock.now(), attempts=9, last_error="OSError: away"
    )
    fees.set_fee(user=user, maker=None, points=900, from_day=clock.today(), note="As the board decided.")
    odd = books.left_to_people(standin, factories.certified_product())
    fulfilment.reconcile()
    Reconciliation.objects.create(
        at=clock.now(),
        ledger_cents=120,
        stripe_cents=20,
        differences=[{"reference": "re_1", "ours": 0, "theirs": -100}],
    )
    entry = LedgerEntry.objects.get(source=f"charge:{part.order.attempt.intent_id}")
    number = part.order.number
    found = (
        "books/", "books/?day=soon", "books/entries/", f"books/entries/?q={number}", "books/entries/?q=nothing",
        "books/entries/?first=soon", f"books/entries/{entry.pk}/", f"books/orders/{number}/", "books/differences/",
        "books/trouble/", "books/trouble/?show=payments", "books/trouble/?show=transfers", "books/trouble/?show=debts",
        "books/trouble/?show=work", f"books/payments/{odd.pk}/", "disputes/", "disputes/?show=won",
        f"disputes/{dispute.pk}/", f"disputes/{lost.pk}/", "fees/", f"fees/{maker.pk}/", "fees/?q=nobody", "vouchers/",
        "vouchers/?show=makers", "vouchers/new/", f"vouchers/{voucher.pk}/end/",
    )  # fmt: skip
    return [f"/staff/{path}" for path in found]


@pytest.mark.parametrize("phone", [True, False])
def test_every_screen_of_the_books_desk(someone, user, paths, phone):
    with someone(phone=phone) as page:
        sign_in_staff(page, user, enrol_second_factor(user=user), leads_to="**/staff/tax/")
        for path in paths:
            for language in ("", "/es"):
                page.goto(f"{language}{path}")
                looks_right(page, 390 if phone else 1440)


def test_a_day_at_the_books_desk(someone, user, maker, dispute, voucher):
    with someone() as page:
        sign_in_staff(page, user, enrol_second_factor(user=user), leads_to="**/staff/tax/")
        page.get_by_role("link", name="Books desk").click()
        page.get_by_role("heading", name="Trial balance").wait_for()
        assert page.get_by_role("row", name="Sum").get_by_text("$0.00").is_visible()

        work = page.get_by_role("navigation", name="Work")
        work.get_by_role("link", name="Disputes").click()
        page.get_by_role("link", name=f"Order {dispute.attempt.order.number}").click()
        assert "It came, thank you." in page.get_by_label("What happened, in your words").input_value()
        page.get_by_label("What happened, in your words").fill("It was handed over on the day it was promised for.")
        page.get_by_role("button", name="Send the answer").click()
        page.locator("#errors").wait_for()
        words = page.get_by_label("What happened, in your words").input_value()
        assert words == "It was handed over on the day it was promised for."
        page.get_by_label("I have read it.").check()
        page.get_by_role("button", name="Send the answer").click()
        page.get_by_text("The answer is with the bank.").wait_for()

        work.get_by_role("link", name="Fees").click()
        page.get_by_label("Name of the maker").fill("quiroz")
        page.get_by_role("button", name="Find the maker").click()
        page.get_by_role("link", name="Ana Quiroz").click()
        page.get_by_label("Percent of the goods").fill("7.5")
        page.get_by_label("Why").fill("Their first year.")
        page.get_by_role("button", name="Set the fee").click()
        page.get_by_text("The fee is set.").wait_for()

        work.get_by_role("link", name="Voucher codes").click()
        page.get_by_role("link", name="End SPRING-10").click()
        page.get_by_role("button", name="End it for good").click()
        page.get_by_text("SPRING-10 ended.").wait_for()
    dispute.refresh_from_db()
    assert dispute.evidence["uncategorized_text"] == "It was handed over on the day it was promised for."
    assert dispute.answered_by == user
    assert FeeTerm.objects.get().basis_points == 750
    assert not Voucher.objects.get().is_active
