"""Refunds of a part and payouts to makers: never too much, never twice, and the ledger equals Stripe's balance."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from catalog.order.workflow import WrongMoment
from marketplace import fulfilment
from marketplace.core import clock, outbox
from marketplace.core.clock import at as clock_at
from marketplace.fulfilment.counting import counts_of
from marketplace.payments import gateway, ledger, onboarding
from marketplace.payments.models import LedgerEntry, Refund, Reversal, Transfer, Voucher
from marketplace.payments.permissions import BOOKKEEPERS
from tests import factories
from tests.standin.running import http

from .shop import basket_with, bought, pay, place, stock_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once(settings):
    settings.PAYOUT_DELAY_DAYS = 0


def adds_up(standin):
    """Every entry is zero; what we hold at Stripe is what Stripe holds for us."""
    for entry in LedgerEntry.objects.all():
        assert sum(entry.postings.values_list("cents", flat=True)) == 0, entry
    balance = standin.client.v1.balance.retrieve()
    assert ledger.balance_of(ledger.STRIPE) == balance.available[0].amount + balance.pending[0].amount
    return True


def onboard(standin, maker):
    address = onboarding.start_onboarding(
        user=factories.owner_of(maker), maker=maker, return_url="http://shop.example/", refresh_url="http://shop.example/"
    )  # fmt: skip
    http("GET", address)
    http("POST", address, {"outcome": "complete"})
    return maker


def part_of(standin, *products):
    return bought(standin, *products).order.maker_orders.order_by("pk").first()


def ship(part):
    fulfilment.ship(
        user=factories.owner_of(part.maker), maker_order=part, carrier="USPS", tracking_number="9400 1000 0000"
    )


def refund(part, reason="The zipper broke."):
    return fulfilment.refund_part(user=factories.owner_of(part.maker), maker_order=part, reason=reason)


def test_a_part_is_refunded_once_in_full_and_the_other_part_stays(standin):
    first, second = factories.certified_product(price="48.00"), factories.certified_product(price="20.00")
    part = part_of(standin, first, second)
    refund(part)
    with pytest.raises(WrongMoment):
        refund(part)
    outbox.deliver()
    fulfilment.send_refund({"refund": Refund.objects.get().pk})
    assert [made.amount for made in standin.client.v1.refunds.list().data] == [4800 + 750 + 468]
    assert ledger.balance_of(ledger.MAKERS, first.maker) == 0
    assert ledger.balance_of(ledger.MAKERS, second.maker) == -(2000 + 750 - 200)
    part.order.refresh_from_db()
    assert part.order.status == "paid"
    assert adds_up(standin)
    letters = [letter for letter in mail.outbox if "Refund" in letter.subject]
    assert [letter.to for letter in letters] == [["sam@example.org"]]
    assert "The zipper broke." in letters[0].body


def test_when_all_parts_are_refunded_the_order_is(standin):
    order = bought(standin, factories.certified_product(), factories.certified_product()).order
    for part in order.maker_orders.all():
        refund(part)
    outbox.deliver()
    order.refresh_from_db()
    assert order.status == "refunded"
    assert adds_up(standin)


def test_when_the_unshipped_rest_is_refunded_the_order_is_shipped(standin):
    order = bought(standin, factories.certified_product(), factories.certified_product()).order
    one, two = order.maker_orders.all()
    ship(one)
    refund(two)
    order.refresh_from_db()
    assert order.status == "shipped"


def test_strangers_other_makers_and_plain_staff_refund_nothing(standin):
    part = part_of(standin, factories.certified_product())
    for stranger in (factories.person(), factories.owner_of(factories.maker()), factories.staff()):
        with pytest.raises(PermissionDenied):
            fulfilment.refund_part(user=stranger, maker_order=part, reason="x")
    assert not Refund.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_refund_needs_a_reason(standin, reason):
    part = part_of(standin, factories.certified_product())
    with pytest.raises(ValidationError):
        refund(part, reason)


def test_attack_16_a_refund_while_disputed_is_refused_here_and_at_stripe(standin):
    attempt = bought(standin, factories.certified_product())
    part = attempt.order.maker_orders.get()
    dispute = standin.hook("dispute", charge=standin.client.v1.charges.list().data[0].id)
    refund(part)  # we have not heard of the dispute yet, Stripe has
    outbox.deliver()
    assert Refund.objects.get().status == "failed"
    assert any("charged back" in letter.body for letter in mail.outbox)
    fulfilment.look_at_dispute({"dispute": dispute["id"]})
    with pytest.raises(fulfilment.Disputed):
        fulfilment.retry_refund(user=factories.staff(BOOKKEEPERS), refund=Refund.objects.get())
    assert adds_up(standin)


def test_a_refund_that_comes_back_is_booked_back_once(standin):
    part = part_of(standin, factories.certified_product())
    refund(part)
    outbox.deliver()
    made = Refund.objects.get().refund_id
    standin.hook("refund/fail", refund=made)
    for _ in range(2):
        fulfilment.look_at_refund({"refund": made})
    assert Refund.objects.get().status == "failed"
    assert adds_up(standin)


def came_back(standin, made):
    standin.hook("refund/fail", refund=made.refund_id)
    fulfilment.look_at_refund({"refund": made.refund_id})
    made.refresh_from_db()
    return made


def test_what_a_failed_refund_owes_is_not_given_back_in_another_way(standin):
    """A cent that came back is still owed: a later refund leaves it out, and both together are what was paid."""
    part = part_of(standin, factories.certified_product(price="48.00"))
    line, owner = part.lines.get(), factories.owner_of(part.maker)
    fulfilment.refund_amount(user=owner, maker_order=part, line_id=line.pk, net_cents=1, reason="A loose thread.")
    outbox.deliver()
    failed = came_back(standin, Refund.objects.get())
    rest = fulfilment.refund_part(user=owner, maker_order=part, reason="It broke.")
    fulfilment.retry_refund(user=factories.staff(BOOKKEEPERS), refund=failed)
    outbox.deliver()
    assert set(Refund.objects.exclude(pk=failed.pk).values_list("status", flat=True)) == {"done"}
    assert rest.amount_cents + failed.amount_cents == part.paid_cents
    assert ledger.balance_of(ledger.MAKERS, part.maker) == 0
    assert adds_up(standin)


def test_a_canceled_piece_goes_back_to_the_shelf_once_whatever_becomes_of_its_refund(standin):
    piece = factories.certified_product(stock=5)
    part = part_of(standin, piece)
    refund(part)
    outbox.deliver()
    failed = came_back(standin, Refund.objects.get())
    assert (stock_of(piece).num_in_stock, counts_of(part)[0].canceled) == (5, 1)
    fulfilment.retry_refund(user=factories.staff(BOOKKEEPERS), refund=failed)
    outbox.deliver()
    assert (stock_of(piece).num_in_stock, counts_of(part)[0].canceled) == (5, 1)
    assert adds_up(standin)


def test_a_makers_share_waits_while_a_failed_refund_is_owed(standin):
    maker = onboard(standin, factories.maker())
    part = part_of(standin, factories.certified_product(maker, price="48.00"))
    ship(part)
    refund(part)
    outbox.deliver()
    failed = came_back(standin, Refund.objects.get())
    assert fulfilment.release() == 0
    fulfilment.retry_refund(user=factories.staff(BOOKKEEPERS), refund=failed)
    outbox.deliver()
    assert fulfilment.release() == 0
    assert ledger.balance_of(ledger.MAKERS, maker) == 0


def test_after_a_refund_less_is_taken_from_the_charge_and_the_rest_of_a_promotion_from_our_balance(standin):
    maker = onboard(standin, factories.maker())
    Voucher.objects.create(code="ELEVEN", amount_cents=1111, starts_at=clock.now())
    piece = factories.certified_product(maker, price="19.99")
    attempt = bought(standin, piece, voucher="ELEVEN", card="pm_card_bypassPending")
    bought(standin, factories.certified_product(price="90.00"), card="pm_card_bypassPending")  # fills our balance
    part = attempt.order.maker_orders.get()
    fulfilment.refund_amount(
        user=factories.owner_of(maker), maker_order=part, line_id=part.lines.get().pk, net_cents=1, reason="A thread."
    )
    outbox.deliver()
    ship(part)
    for _ in range(2):
        fulfilment.release()
    first, second = Transfer.objects.order_by("pk")
    assert (first.status, first.from_charge, second.status, second.from_charge) == ("done", True, "done", False)
    assert first.amount_cents == attempt.amount_cents - Refund.objects.get().amount_cents
    assert ledger.balance_of(ledger.MAKERS, maker) == 0
    assert adds_up(standin)


def test_a_maker_is_paid_out_once_after_shipping(standin):
    maker = onboard(standin, factories.maker())
    part = part_of(standin, factories.certified_product(maker, price="48.00"))
    assert fulfilment.release() == 0
    ship(part)
    assert fulfilment.release() == 1
    assert fulfilment.release() == 0
    (made,) = standin.client.v1.transfers.list().data
    assert (made.amount, made.destination) == (4800 + 750 - 480, maker.stripe_account)
    assert made.source_transaction.startswith("ch_")
    assert ledger.balance_of(ledger.MAKERS, maker) == 0
    assert adds_up(standin)


def test_nobody_is_paid_before_the_delay_or_without_an_account(standin, settings):
    maker = onboard(standin, factories.maker())
    settings.PAYOUT_DELAY_DAYS = 3
    ship(part_of(standin, factories.certified_product(maker)))
    ship(part_of(standin, factories.certified_product()))
    assert fulfilment.release() == 0


def test_a_disabled_account_is_refused_and_tried_again_with_a_new_key(standin):
    maker = onboard(standin, factories.maker())
    ship(part_of(standin, factories.certified_product(maker)))
    standin.hook("account", account=maker.stripe_account, enabled=False)
    assert fulfilment.release() == 0
    assert "capabilities" in Transfer.objects.get().last_error
    standin.hook("account", account=maker.stripe_account, enabled=True)
    assert fulfilment.release() == 1
    assert adds_up(standin)


def test_a_lost_answer_pays_once(standin, monkeypatch):
    maker = onboard(standin, factories.maker())
    ship(part_of(standin, factories.certified_product(maker)))
    monkeypatch.setattr(gateway.connection, "NETWORK_RETRIES", 0)
    standin.hook("fault", kind="drop_after", path="/v1/transfers")
    assert fulfilment.release() == 0
    assert fulfilment.release() == 1
    assert len(standin.client.v1.transfers.list().data) == 1
    assert adds_up(standin)


def test_a_refund_after_the_payout_takes_the_share_back(standin):
    maker = onboard(standin, factories.maker())
    part = part_of(standin, factories.certified_product(maker))
    ship(part)
    fulfilment.release()
    refund(part)
    outbox.deliver()
    fulfilment.settle_part({"part": part.pk})
    transfer = Transfer.objects.get()
    assert transfer.reversed_cents == transfer.amount_cents
    assert ledger.balance_of(ledger.MAKERS, maker) == 0
    assert adds_up(standin)


def test_what_can_not_be_taken_back_is_the_makers_debt_and_lowers_the_next_payout(standin):
    maker = onboard(standin, factories.maker())
    part = part_of(standin, factories.certified_product(maker, price="20.00"))
    ship(part)
    fulfilment.release()
    standin.hook("reversals", account=maker.stripe_account, blocked=True)
    refund(part)
    outbox.deliver()
    debt = 2000 + 750 - 200
    assert ledger.balance_of(ledger.MAKERS, maker) == debt
    assert any("not recovered" in letter.body for letter in mail.outbox)
    ship(part_of(standin, factories.certified_product(maker, price="48.00")))
    assert fulfilment.release() == 1
    assert Transfer.objects.latest("pk").amount_cents == 4800 + 750 - 480 - debt
    assert ledger.balance_of(ledger.MAKERS, maker) == 0
    assert adds_up(standin)


def test_a_share_that_is_not_taken_back_yet_is_kept_from_the_next_sale_and_not_taken_again(standin):
    maker = onboard(standin, factories.maker())
    part = part_of(standin, factories.certified_product(maker, price="20.00"))
    ship(part)
    fulfilment.release()
    later = part_of(standin, factories.certified_product(maker, price="20.00"))
    ship(later)
    refund(part)
    outbox.deliver(topic="payments.refund_part")
    assert fulfilment.release() == 0
    assert not later.transfers.exists()
    outbox.deliver()
    assert not Reversal.objects.exists()
    assert ledger.balance_of(ledger.MAKERS, maker) == 0
    assert adds_up(standin)


def test_a_part_refunded_before_its_payout_is_never_paid_out(standin):
    maker = onboard(standin, factories.maker())
    part = part_of(standin, factories.certified_product(maker))
    ship(part)
    refund(part)
    outbox.deliver()
    assert fulfilment.release() == 0
    assert adds_up(standin)


def test_the_delay_counts_from_the_last_parcel(standin, settings):
    settings.PAYOUT_DELAY_DAYS = 3
    maker = onboard(standin, factories.maker())
    part = part_of(standin, factories.certified_product(maker))
    ship(part)
    with clock_at(clock.now() + timedelta(days=2, hours=23)):
        assert fulfilment.release() == 0
    with clock_at(clock.now() + timedelta(days=3, seconds=1)):
        assert fulfilment.release() == 1


def test_only_an_owner_opens_the_account(standin):
    maker = factories.maker()
    for stranger in (factories.person(), factories.owner_of(factories.maker())):
        with pytest.raises(PermissionDenied):
            onboarding.start_onboarding(user=stranger, maker=maker, return_url="http://x/", refresh_url="http://x/")
    onboard(standin, maker)
    onboard(standin, maker)
    assert len(standin.client.v1.accounts.list().data) == 1
    assert onboarding.look_at(maker).can_be_paid


def test_ledger_and_stripe_agree_after_everything_that_can_happen(standin):
    maker = onboard(standin, factories.maker())
    part = part_of(standin, factories.certified_product(maker))
    ship(part)
    fulfilment.release()
    refund(part_of(standin, factories.certified_product(maker)))
    outbox.deliver()
    disputed = bought(standin, factories.certified_product())
    standin.hook("dispute", charge=gateway.retrieve_intent(disputed.intent_id).charge_id)
    bought(standin, factories.certified_product(price="300.00"))
    standin.hook("clock", seconds=3 * 86_400)
    standin.hook("payout", amount=500)
    for _ in range(2):
        assert fulfilment.reconcile().agrees
    assert ledger.balance_of(ledger.BANK) == 500
    assert not fulfilment.payouts_stopped()
    assert adds_up(standin)


def test_what_stripe_did_while_the_shop_rested_is_booked_at_the_next_run(standin):
    bought(standin, factories.certified_product(price="300.00"))
    fulfilment.reconcile()
    standin.hook("clock", seconds=3 * 86_400)
    standin.hook("payout", amount=500)
    with clock_at(clock.now() + timedelta(days=30)):
        assert fulfilment.reconcile().agrees
    assert ledger.balance_of(ledger.BANK) == 500


def test_what_stripe_did_before_the_first_payment_was_booked_is_not_missed(standin):
    attempt = place(basket_with(factories.certified_product(price="300.00")))
    pay(standin, attempt)
    standin.hook("clock", seconds=3 * 86_400)
    standin.hook("payout", amount=500)
    with clock_at(clock.now() + timedelta(days=30)):
        fulfilment.finalize(attempt_id=attempt.pk)
        assert fulfilment.reconcile().agrees
    assert ledger.balance_of(ledger.BANK) == 500


def test_a_fee_that_stripe_told_late_is_booked_once(standin, monkeypatch):
    from marketplace.fulfilment import settling

    monkeypatch.setattr(settling, "_book_fee", lambda intent: None)
    bought(standin, factories.certified_product())
    assert ledger.balance_of(ledger.STRIPE_FEES) == 0
    for _ in range(2):
        assert fulfilment.reconcile().agrees
    assert ledger.balance_of(ledger.STRIPE_FEES) > 0


def test_a_lasting_difference_stops_payouts_and_tells_people_until_it_is_gone(standin):
    maker = onboard(standin, factories.maker())
    ship(part_of(standin, factories.certified_product(maker)))
    foreign = standin.paid(7777)
    assert not fulfilment.reconcile().agrees
    assert not fulfilment.payouts_stopped()
    fulfilment.reconcile()
    fulfilment.reconcile()
    assert fulfilment.payouts_stopped()
    assert fulfilment.release() == 0
    outbox.deliver()
    assert sum("books differ" in letter.subject for letter in mail.outbox) == 1
    keeper = factories.staff(BOOKKEEPERS)
    with pytest.raises(PermissionDenied):
        fulfilment.explain(user=factories.staff(), reference=foreign.latest_charge, why="x")
    with pytest.raises(ValidationError):
        fulfilment.explain(user=keeper, reference="ch_unknown", why="A sale at the fair.")
    fulfilment.explain(user=keeper, reference=foreign.latest_charge, why="A sale at the fair.")
    assert fulfilment.reconcile().agrees
    assert fulfilment.release() == 1


def test_a_dispute_is_told_to_people_once(standin):
    attempt = bought(standin, factories.certified_product())
    outbox.deliver()
    made = standin.hook("dispute", charge=gateway.retrieve_intent(attempt.intent_id).charge_id)
    foreign = standin.hook("dispute", charge=standin.paid().latest_charge)
    for dispute in (made, made, foreign):
        fulfilment.look_at_dispute({"dispute": dispute["id"]})
    outbox.deliver()
    letters = [letter for letter in mail.outbox if made["id"] in letter.body]
    assert len(letters) == 1
    assert attempt.order.number in letters[0].subject
    assert not any(foreign["id"] in letter.body for letter in mail.outbox)
