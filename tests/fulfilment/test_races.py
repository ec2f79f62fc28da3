"""The last piece and many shoppers, on PostgreSQL; each test first shows that the race is real."""

import threading
import time
from contextlib import suppress
from dataclasses import replace

import pytest
from django.db import connection

from catalog.order import workflow
from catalog.partner.models import StockRecord
from marketplace import fulfilment
from marketplace.core import clock, outbox
from marketplace.core.models import OutboxMessage
from marketplace.fulfilment import dispatch, placing, refunding, releasing, settling
from marketplace.fulfilment.counting import counts_of
from marketplace.payments import gateway, vouchers
from marketplace.payments.models import Attempt, LedgerEntry, Refund, Voucher, VoucherUse
from tests import factories

from .racing import kinds, meeting_after, together, unlocked
from .shop import SHOPPER, basket_with, bought, pay, place, seen, stock_of

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
SHOPPERS = 8


@pytest.fixture(autouse=True)
def _postgresql(request):
    if connection.vendor != "postgresql":
        pytest.skip("rows are locked for real on PostgreSQL only")
    request.getfixturevalue("migrated_data")


def order_all(piece):
    baskets = [basket_with(piece) for _ in range(SHOPPERS)]
    prints = {basket.pk: seen(basket) for basket in baskets}
    return together(
        lambda basket: fulfilment.place(
            basket=basket, shopper=SHOPPER, user=None, choices={}, seen=prints[basket.pk]
        ),
        baskets,
    )  # fmt: skip


def test_the_last_piece_is_sold_once(monkeypatch):
    piece = factories.certified_product(stock=1)
    place(basket_with(factories.certified_product()))  # the very first order also writes the country's row

    def careless(self, quantity):
        """Look, then write: what a shop without the conditional update does."""
        record = StockRecord.objects.get(pk=self.pk)
        if record.num_in_stock - (record.num_allocated or 0) >= quantity:
            meet.wait(timeout=5)
            taken.append(record.pk)

    taken, meet = [], threading.Barrier(SHOPPERS)
    with monkeypatch.context() as patch:
        patch.setattr(StockRecord, "allocate", careless)
        order_all(piece)
    assert len(taken) == SHOPPERS, "without the guard every shopper gets the last piece"

    again = factories.certified_product(stock=1)
    results = order_all(again)
    attempts = [result for result in results if isinstance(result, Attempt)]
    assert len(attempts) == 1
    assert all(isinstance(result, (Attempt, fulfilment.CannotPlace)) for result in results), results
    record = stock_of(again)
    assert (record.num_in_stock, record.num_allocated) == (1, 1)


def test_one_bag_posted_many_times_at_once_is_one_attempt(monkeypatch):
    def post_all(basket):
        shown = seen(basket)
        return together(
            lambda _: fulfilment.place(basket=basket, shopper=SHOPPER, user=None, choices={}, seen=shown),
            range(SHOPPERS),
        )

    with monkeypatch.context() as patch:
        unlocked(patch)
        meeting_after(patch, placing, "quote_of", SHOPPERS)
        results = post_all(basket_with(factories.certified_product(stock=50)))
    assert kinds(results).get("IntegrityError"), "without the lock others run into the last line of defense"

    results = post_all(basket_with(factories.certified_product(stock=50)))
    assert len({result.pk for result in results}) == 1, results


def test_attack_11_webhook_return_page_and_sweeper_at_once_make_one_order(standin, monkeypatch):
    def settle(attempt):
        return together(lambda _: fulfilment.finalize(attempt_id=attempt.pk), range(SHOPPERS))

    with monkeypatch.context() as patch:
        careless = place(basket_with(factories.certified_product(stock=20)))
        pay(standin, careless)
        unlocked(patch)
        meeting_after(patch, settling, "mismatch", SHOPPERS)
        results = settle(careless)
    outcomes = {getattr(result, "status", "error") for result in results}
    assert outcomes != {"paid"}, "without the lock the losers refund a good order (medusa 13301)"

    piece = factories.certified_product(stock=2)
    attempt = place(basket_with(piece))
    pay(standin, attempt)
    before = OutboxMessage.objects.filter(topic="orders.tell_shopper").count()
    results = settle(attempt)
    assert {result.status for result in results} == {"paid"}, results
    assert stock_of(piece).num_in_stock == 1
    assert LedgerEntry.objects.filter(source=f"charge:{attempt.intent_id}").count() <= 1
    assert OutboxMessage.objects.filter(topic="orders.tell_shopper").count() == before + 1


def test_attack_12_expiry_and_payment_at_once_end_in_one_of_the_two(standin, monkeypatch):
    with monkeypatch.context() as patch:  # pieces are freed without canceling the payment first
        careless = fulfilment.ensure_intent(attempt=place(basket_with(factories.certified_product(stock=1))))
        canceled = replace(gateway.retrieve_intent(careless.intent_id), status="canceled")
        patch.setattr(gateway, "cancel_intent", lambda intent_id: canceled)
        fulfilment.expire(attempt_id=careless.pk)
        assert pay(standin, careless).status == "succeeded", "without the guard people pay for what was let go"

    piece = factories.certified_product(stock=1)
    attempt = place(basket_with(piece))
    fulfilment.ensure_intent(attempt=attempt)

    def act(name):
        if name == "pay":
            return pay(standin, Attempt.objects.get(pk=attempt.pk)).status
        return fulfilment.expire(attempt_id=attempt.pk).status

    together(act, ["pay", "expire", "expire"])
    fulfilment.finalize(attempt_id=attempt.pk)
    attempt.refresh_from_db()
    record = stock_of(piece)
    status = standin.client.v1.payment_intents.retrieve(attempt.intent_id).status
    ends = {"paid": ("succeeded", 0, 0), "expired": ("canceled", 1, 0)}
    assert (status, record.num_in_stock, record.num_allocated) == ends[attempt.status]


def test_many_baskets_in_opposite_order_do_not_block_each_other(monkeypatch):
    def order_crosswise(first, second):
        baskets = [basket_with(first, second) if index % 2 else basket_with(second, first) for index in range(SHOPPERS)]
        prints = {basket.pk: seen(basket) for basket in baskets}
        return together(
            lambda basket: fulfilment.place(
                basket=basket, shopper=SHOPPER, user=None, choices={}, seen=prints[basket.pk]
            ),
            baskets,
        )  # fmt: skip

    first, second = factories.certified_product(stock=100), factories.certified_product(stock=100)
    with monkeypatch.context() as patch:
        patch.setattr(placing, "sorted", lambda lines, key: lines, raising=False)
        real = StockRecord.allocate
        patch.setattr(StockRecord, "allocate", lambda self, quantity: (real(self, quantity), time.sleep(0.2)))
        results = order_crosswise(first, second)
    assert kinds(results).get("OperationalError"), "records in the order of the bag make a deadlock"

    before = stock_of(first).num_allocated or 0
    results = order_crosswise(first, second)
    assert all(isinstance(result, Attempt) for result in results), results
    assert (stock_of(first).num_allocated, stock_of(second).num_allocated) == (before + SHOPPERS,) * 2


def test_attack_14_twenty_refunds_at_once_are_one(standin, monkeypatch):
    def refund_all(part):
        owner = factories.owner_of(part.maker)
        return together(
            lambda _: fulfilment.refund_part(user=owner, maker_order=part, reason="Cut too short."), range(20)
        )

    with monkeypatch.context() as patch:
        careless = bought(standin, factories.certified_product()).order.maker_orders.get()
        unlocked(patch)
        meeting_after(patch, refunding, "counts_of", 20)
        results = refund_all(careless)
    assert set(kinds(results)) - {"Refund", "WrongMoment"}, "without the lock they run into the last line of defense"

    part = bought(standin, factories.certified_product()).order.maker_orders.get()
    results = refund_all(part)
    assert kinds(results) == {"Refund": 1, "WrongMoment": 19}, results
    refund = Refund.objects.get(maker_order=part)
    together(lambda _: fulfilment.send_refund({"refund": refund.pk}), range(4))
    made = standin.client.v1.refunds.list({"payment_intent": part.order.attempt.intent_id}).data
    assert [row.amount for row in made] == [refund.amount_cents]


def test_shipping_twice_at_once_is_one_parcel(standin, monkeypatch):
    def ship_all(part):
        owner = factories.owner_of(part.maker)
        return together(
            lambda _: fulfilment.ship(user=owner, maker_order=part, carrier="USPS", tracking_number="9400 1000"),
            range(SHOPPERS),
        )

    with monkeypatch.context() as patch:
        careless = bought(standin, factories.certified_product()).order.maker_orders.get()
        unlocked(patch)
        meeting_after(patch, workflow, "PartStatus", SHOPPERS)
        ship_all(careless)
    assert careless.parcels.count() > 1, "without the lock one piece leaves in several parcels"

    part = bought(standin, factories.certified_product()).order.maker_orders.get()
    results = ship_all(part)
    assert kinds(results).get("Parcel") == 1, results
    assert part.parcels.count() == 1


def test_shipping_and_canceling_at_once_is_one_of_the_two(standin, monkeypatch):
    def both(part):
        owner = factories.owner_of(part.maker)
        acts = {
            "ship": lambda: fulfilment.ship(
                user=owner, maker_order=part, carrier="USPS", tracking_number="9400 1000"
            ),
            "refund": lambda: fulfilment.refund_part(user=owner, maker_order=part, reason="Changed my mind."),
        }  # fmt: skip
        together(lambda name: acts[name](), ["ship", "refund"])
        (count,) = counts_of(part)
        return count

    with monkeypatch.context() as patch:
        careless = bought(standin, factories.certified_product()).order.maker_orders.get()
        unlocked(patch)
        meet = threading.Barrier(2)
        for module in (dispatch, refunding):
            real = module.counts_of
            patch.setattr(module, "counts_of", lambda part, real=real: (real(part), meet_once(meet))[0])
        count = both(careless)
    assert count.to_ship < 0, "without the lock a piece is canceled and shipped"

    count = both(bought(standin, factories.certified_product()).order.maker_orders.get())
    assert count.to_ship == 0
    assert (count.shipped, count.canceled, count.returned) in {(1, 0, 1), (0, 1, 0)}


def meet_once(meet):
    with suppress(threading.BrokenBarrierError):
        meet.wait(timeout=2)


def test_the_same_share_released_twice_at_once_is_paid_once(standin, settings, monkeypatch):
    from .test_money_back import onboard, ship

    settings.PAYOUT_DELAY_DAYS = 0
    maker = onboard(standin, factories.maker())
    with monkeypatch.context() as patch:
        ship(bought(standin, factories.certified_product(maker)).order.maker_orders.get())
        unlocked(patch)
        meeting_after(patch, releasing, "_going_back", 4)
        results = together(lambda _: fulfilment.release(), range(4))
    assert kinds(results).get("IntegrityError"), "without the lock they run into the last line of defense"

    fulfilment.release()
    part = bought(standin, factories.certified_product(maker)).order.maker_orders.get()
    ship(part)
    together(lambda _: fulfilment.release(), range(4))
    assert len(standin.client.v1.transfers.list({"transfer_group": part.order.number}).data) == 1
    assert LedgerEntry.objects.filter(source__startswith=f"transfer:{part.pk}:").count() == 1


def test_attack_9_one_voucher_used_by_many_at_once_is_used_as_often_as_it_may(monkeypatch):
    def voucher(code):
        return Voucher.objects.create(
            code=code, amount_cents=500, starts_at=clock.now(), most_uses=1, created_by=factories.staff()
        )

    def order_with(code):
        piece = factories.certified_product(stock=50)
        shoppers = [replace(SHOPPER, email=f"{number}@example.org") for number in range(SHOPPERS)]
        baskets = {shopper.email: basket_with(piece) for shopper in shoppers}
        prints = {shopper.email: seen(baskets[shopper.email], shopper, voucher=code) for shopper in shoppers}
        return together(
            lambda shopper: fulfilment.place(
                basket=baskets[shopper.email], shopper=shopper, user=None, choices={}, seen=prints[shopper.email],
                voucher=code,
            ),
            shoppers,
        )  # fmt: skip

    with monkeypatch.context() as patch:
        patch.setattr(vouchers, "take", careless_take)
        results = order_with(voucher("CARELESS").code)
    assert kinds(results)["Attempt"] > 1, "without the conditional update several get the last use"

    last = voucher("LASTONE")
    results = order_with(last.code)
    assert kinds(results) == {"Attempt": 1, "Changed": SHOPPERS - 1}, results
    last.refresh_from_db()
    assert last.uses == VoucherUse.objects.filter(voucher=last).count() == 1


def careless_take(*, voucher, attempt, email, cents):
    """Look, then write."""
    if Voucher.objects.get(pk=voucher.pk).uses < voucher.most_uses:
        VoucherUse.objects.create(voucher=voucher, attempt=attempt, email=email, cents=cents)


def test_one_message_is_handled_by_one_worker(monkeypatch, settings):
    settings.OUTBOX_HANDLERS = {"test.note": "tests.fulfilment.test_races.note"}

    def deliver_all():
        HANDLED.clear()
        outbox.post(topic="test.note", key=f"note:{time.monotonic_ns()}", payload={})
        together(lambda _: outbox.deliver(1), range(SHOPPERS))
        return len(HANDLED)

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "claim", careless_claim)
        assert deliver_all() > 1, "without the lease several workers do the same"
    assert deliver_all() == 1


HANDLED: list[int] = []


def note(payload):
    HANDLED.append(1)
    time.sleep(0.3)


def careless_claim(topic=""):
    return OutboxMessage.objects.filter(done_at=None).order_by("pk").first()
