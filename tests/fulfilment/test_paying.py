"""From placing to paid, expired or given back: each exactly once, whatever the order of events."""

from datetime import timedelta
from decimal import Decimal

import pytest
import stripe
from django.core.exceptions import ValidationError
from django.http import Http404

from catalog.basket.models import Basket
from catalog.order.models import MakerOrder, Order
from marketplace import fulfilment
from marketplace.core import clock
from marketplace.core.models import OutboxMessage
from marketplace.fulfilment import settling
from marketplace.payments import gateway, ledger
from marketplace.payments.models import Attempt, Hold, LedgerEntry, LedgerPosting
from tests import factories

from .shop import SHOPPER, basket_with, bought, pay, place, seen, stock_of

pytestmark = pytest.mark.django_db


def ledger_adds_up():
    for entry in LedgerEntry.objects.all():
        assert sum(entry.postings.values_list("cents", flat=True)) == 0, entry
    return True


def free(product):
    record = stock_of(product)
    return record.num_in_stock - (record.num_allocated or 0)


def make_late(attempt):
    Attempt.objects.filter(pk=attempt.pk).update(expires_at=clock.now() - timedelta(seconds=1))


def test_placing_holds_pieces_and_freezes_what_was_agreed():
    piece = factories.certified_product(price="48.00", stock=2)
    basket = basket_with(piece)
    attempt = place(basket)
    order = attempt.order
    part = order.maker_orders.get()
    line = order.lines.get()
    assert free(piece) == 1
    assert (attempt.amount_cents, attempt.status, order.status, part.status) == (6018, "open", "pending", "pending")
    assert (part.goods_cents, part.shipping_cents, part.tax_cents, part.fee_cents) == (4800, 750, 468, 480)
    assert line.certificate_number == piece.certificates.get().number
    assert line.certified_claims == "designed,assembled,manufactured"
    assert order.total_incl_tax == Decimal("60.18")
    assert attempt.snapshot["parts"][0]["lines"][0]["unit"] == 4800
    basket.refresh_from_db()
    assert basket.status == Basket.FROZEN


def test_placing_twice_gives_the_same_attempt():
    basket = basket_with(factories.certified_product())
    first = place(basket)
    assert fulfilment.place(basket=basket, shopper=SHOPPER, user=None, choices={}, seen="whatever") == first
    assert Order.objects.count() == 1


def test_what_changed_since_it_was_seen_is_shown_first():
    piece = factories.certified_product(price="48.00")
    basket = basket_with(piece)
    before = seen(basket)
    record = stock_of(piece)
    record.price = Decimal("52.00")
    record.save(update_fields=["price"])
    with pytest.raises(fulfilment.Changed) as changed:
        fulfilment.place(basket=basket, shopper=SHOPPER, user=None, choices={}, seen=before)
    assert changed.value.quote.goods_cents == 5200
    assert not Order.objects.exists()
    assert not Hold.objects.exists()


def test_blocked_lines_stop_the_order_and_write_nothing():
    piece = factories.certified_product()
    basket = basket_with(piece)
    before = seen(basket)
    factories.end_certificates(piece)
    with pytest.raises(fulfilment.CannotPlace):
        fulfilment.place(basket=basket, shopper=SHOPPER, user=None, choices={}, seen=before)
    assert not Order.objects.exists()


def test_an_emptied_basket_is_gone():
    basket = basket_with(factories.certified_product())
    before = seen(basket)
    basket.lines.all().delete()
    with pytest.raises(fulfilment.BasketGone):
        fulfilment.place(basket=basket, shopper=SHOPPER, user=None, choices={}, seen=before)


def test_a_paid_order_is_sold_booked_and_told_once(standin):
    piece = factories.certified_product(price="48.00", stock=2)
    attempt = place(basket_with(piece))
    pay(standin, attempt)
    for _ in range(3):
        attempt = fulfilment.finalize(attempt_id=attempt.pk)
    order = attempt.order
    order.refresh_from_db()
    record = stock_of(piece)
    assert (attempt.status, order.status) == ("paid", "paid")
    assert order.maker_orders.get().status == "to_ship"
    assert (record.num_in_stock, record.num_allocated) == (1, 0)
    assert ledger.balance_of(ledger.MAKERS) == -(4800 + 750 - 480)
    assert ledger.balance_of(ledger.FEES) == -480
    assert ledger.balance_of(ledger.TAX) == -468
    assert ledger.balance_of(ledger.STRIPE) == standin.client.v1.balance.retrieve().pending[0].amount
    assert ledger_adds_up()
    topics = sorted(OutboxMessage.objects.values_list("topic", flat=True))
    assert topics == ["orders.tell_maker", "orders.tell_shopper"]


def test_an_unpaid_attempt_stays_open(standin):
    attempt = place(basket_with(factories.certified_product()))
    fulfilment.ensure_intent(attempt=attempt)
    assert fulfilment.finalize(attempt_id=attempt.pk).status == "open"


def test_a_declined_card_leaves_everything_open_and_the_next_one_pays(standin):
    attempt = place(basket_with(factories.certified_product()))
    with pytest.raises(stripe.CardError):
        pay(standin, attempt, "pm_card_visa_chargeDeclined")
    assert fulfilment.finalize(attempt_id=attempt.pk).status == "open"
    pay(standin, attempt)
    assert fulfilment.finalize(attempt_id=attempt.pk).status == "paid"


def test_the_intent_is_announced_once_even_when_our_commit_is_lost(standin):
    attempt = place(basket_with(factories.certified_product()))
    first = fulfilment.ensure_intent(attempt=attempt).intent_id
    Attempt.objects.filter(pk=attempt.pk).update(intent_id="", client_secret="")
    fulfilment.look_at_intent({"intent": first})
    attempt.refresh_from_db()
    assert attempt.intent_id == first


def test_closing_the_browser_after_paying_still_makes_exactly_one_order(standin):
    piece = factories.certified_product(stock=1)
    attempt = place(basket_with(piece))
    pay(standin, attempt)
    for _ in range(2):
        fulfilment.look_at_intent({"intent": Attempt.objects.get(pk=attempt.pk).intent_id})
    fulfilment.sweep()
    assert Order.objects.get().status == "paid"
    assert OutboxMessage.objects.filter(topic="orders.tell_shopper").count() == 1


def test_the_sweeper_finds_a_payment_whose_webhook_never_came(standin):
    attempt = place(basket_with(factories.certified_product()))
    pay(standin, attempt)
    Attempt.objects.filter(pk=attempt.pk).update(created_at=clock.now() - timedelta(minutes=5))
    fulfilment.sweep()
    assert Attempt.objects.get().status == "paid"


def test_a_late_attempt_is_canceled_and_its_pieces_return(standin):
    piece = factories.certified_product(stock=1)
    attempt = place(basket_with(piece))
    fulfilment.ensure_intent(attempt=attempt)
    make_late(attempt)
    for _ in range(2):
        fulfilment.sweep()
    attempt.refresh_from_db()
    assert (attempt.status, attempt.order.status, free(piece)) == ("expired", "expired", 1)
    assert attempt.order.maker_orders.get().status == "expired"
    assert gateway.retrieve_intent(attempt.intent_id).status == "canceled"


def test_a_late_attempt_that_was_never_announced_ends_too(standin):
    piece = factories.certified_product(stock=1)
    attempt = place(basket_with(piece))
    make_late(attempt)
    fulfilment.sweep()
    assert free(piece) == 1


def test_a_late_attempt_that_was_paid_is_an_order(standin):
    attempt = place(basket_with(factories.certified_product()))
    pay(standin, attempt)
    make_late(attempt)
    fulfilment.sweep()
    assert Attempt.objects.get().status == "paid"


def test_nothing_is_released_while_stripe_can_not_be_asked(standin, monkeypatch):
    piece = factories.certified_product(stock=1)
    attempt = place(basket_with(piece))
    fulfilment.ensure_intent(attempt=attempt)
    make_late(attempt)
    standin.hook("fault", kind="error", times=20)
    monkeypatch.setattr(gateway.connection, "NETWORK_RETRIES", 0)
    fulfilment.sweep()
    attempt.refresh_from_db()
    assert (attempt.status, free(piece)) == ("open", 0)


def test_what_stripe_does_not_know_is_left_to_people_after_a_day(standin):
    piece = factories.certified_product(stock=1)
    attempt = place(basket_with(piece))
    Attempt.objects.filter(pk=attempt.pk).update(intent_id="pi_unknown")
    make_late(attempt)
    fulfilment.sweep()
    assert Attempt.objects.get().status == "open"
    Attempt.objects.filter(pk=attempt.pk).update(expires_at=clock.now() - timedelta(days=1, seconds=1))
    for _ in range(2):
        fulfilment.sweep()
    assert Attempt.objects.get().status == "for_people"
    assert free(piece) == 0
    assert OutboxMessage.objects.filter(topic="payments.tell_staff").count() == 1


def lose_stock(attempt, piece):
    record = stock_of(piece)
    type(record).objects.filter(pk=record.pk).update(num_allocated=0)


def close(attempt, piece):
    type(piece.maker).objects.update(is_open=False)


def had_expired(attempt, piece):
    settling.release_attempt(Attempt.objects.select_related("order").get(pk=attempt.pk))


@pytest.mark.parametrize("impossible", [lose_stock, close, had_expired])
def test_paid_but_impossible_is_given_back_once_in_full(standin, impossible):
    piece = factories.certified_product(stock=1)
    attempt = place(basket_with(piece))
    pay(standin, attempt)
    impossible(attempt, piece)
    for _ in range(2):
        attempt = fulfilment.finalize(attempt_id=attempt.pk)
    order = Order.objects.get()
    assert (attempt.status, order.status, order.maker_orders.get().status) == ("refunded",) * 3
    assert OutboxMessage.objects.filter(topic="payments.refund").count() == 1
    for _ in range(2):
        fulfilment.refund_attempt({"attempt": str(attempt.pk)})
    refunds = standin.client.v1.refunds.list().data
    assert [refund.amount for refund in refunds] == [attempt.amount_cents]
    assert ledger.balance_of(ledger.REFUNDS_DUE) == 0
    assert ledger.balance_of(ledger.STRIPE) + ledger.balance_of(ledger.STRIPE_FEES) == 0
    assert ledger.balance_of(ledger.MAKERS) == 0
    assert ledger_adds_up()
    record = stock_of(piece)
    assert (record.num_in_stock, record.num_allocated) == (1, 0)


def test_a_certificate_that_ends_after_placing_does_not_undo_the_order(standin):
    piece = factories.certified_product()
    attempt = place(basket_with(piece))
    factories.end_certificates(piece)
    pay(standin, attempt)
    assert fulfilment.finalize(attempt_id=attempt.pk).status == "paid"


@pytest.mark.parametrize(
    ("change", "value"),
    [("amount", 1), ("received", 1), ("currency", "eur"), ("livemode", True), ("id", "pi_other"), ("metadata", {})],
)
def test_what_does_not_match_is_left_to_people(standin, change, value):
    piece = factories.certified_product(stock=1)
    attempt = place(basket_with(piece))
    pay(standin, attempt)
    attempt.refresh_from_db()
    facts = {**vars(gateway.retrieve_intent(attempt.intent_id)), change: value}
    done = settling.apply_intent(attempt_id=attempt.pk, intent=gateway.Intent(**facts))
    assert done.status == "for_people"
    assert not LedgerPosting.objects.exists()
    assert free(piece) == 0
    assert OutboxMessage.objects.get().topic == "payments.tell_staff"
    assert fulfilment.finalize(attempt_id=attempt.pk).status == "for_people"


def test_going_back_returns_the_pieces_to_the_bag_but_never_after_a_payment(standin):
    piece = factories.certified_product(stock=3)
    attempt = place(basket_with(piece))
    fulfilment.ensure_intent(attempt=attempt)
    attempt = fulfilment.expire(attempt_id=attempt.pk)
    other = basket_with(piece)
    assert fulfilment.restore_basket(attempt=attempt, basket=other)
    assert not fulfilment.restore_basket(attempt=attempt, basket=other)
    assert other.lines.get().quantity == 2
    paid = bought(standin, factories.certified_product())
    assert not fulfilment.restore_basket(attempt=paid, basket=other)


def test_order_numbers_do_not_follow_each_other():
    numbers = {place(basket_with(factories.certified_product())).order.number for _ in range(3)}
    assert len(numbers) == 3
    assert all(len(number) == 12 and number.startswith("LA-") for number in numbers)


def test_a_maker_ships_its_part_and_the_order_follows(standin):
    first, second = factories.certified_product(), factories.certified_product()
    order = bought(standin, first, second).order
    one, two = order.maker_orders.order_by("pk")
    fulfilment.ship(user=factories.owner_of(one.maker), maker_order=one, carrier="USPS", tracking_number="9400 1000")
    order.refresh_from_db()
    assert order.status == "paid"
    with pytest.raises(Exception, match="shipped can't ship"):
        fulfilment.ship(
            user=factories.owner_of(one.maker), maker_order=one, carrier="USPS", tracking_number="9400 1000"
        )
    fulfilment.ship(user=factories.owner_of(two.maker), maker_order=two, carrier="UPS", tracking_number="1Z999AA10")
    order.refresh_from_db()
    assert order.status == "shipped"
    assert OutboxMessage.objects.filter(topic="orders.tell_shipped").count() == 2


def test_only_the_maker_itself_ships(standin):
    from django.core.exceptions import PermissionDenied

    part = bought(standin, factories.certified_product()).order.maker_orders.get()
    for stranger in (factories.person(), factories.owner_of(factories.maker())):
        with pytest.raises((PermissionDenied, Http404)):
            fulfilment.ship(user=stranger, maker_order=part, carrier="USPS", tracking_number="9400 1000")
    assert MakerOrder.objects.get().status == "to_ship"


@pytest.mark.parametrize(
    ("carrier", "number", "field"),
    [("", "94001000", "carrier"), ("USPS", "", "tracking_number"), ("USPS", "<script>", "tracking_number"),
     ("USPS", "1\n2 bcc: x", "tracking_number"), ("USPS", "9" * 80, "tracking_number")],
)  # fmt: skip
def test_a_parcel_needs_a_carrier_and_a_tracking_number(standin, carrier, number, field):
    part = bought(standin, factories.certified_product()).order.maker_orders.get()
    with pytest.raises(ValidationError) as refused:
        fulfilment.ship(user=factories.owner_of(part.maker), maker_order=part, carrier=carrier, tracking_number=number)
    assert field in refused.value.message_dict
