"""The last piece and many shoppers, on PostgreSQL; each test first shows that the race is real."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.db.models import F

from catalog.order.workflow import WrongMoment
from catalog.partner.models import StockRecord
from marketplace import fulfilment
from marketplace.core.models import OutboxMessage
from marketplace.payments.models import Attempt, LedgerEntry, Refund
from tests import factories

from .shop import SHOPPER, basket_with, bought, pay, place, seen, stock_of

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
SHOPPERS = 8


@pytest.fixture(autouse=True)
def _postgresql(request):
    if connection.vendor != "postgresql":
        pytest.skip("rows are locked for real on PostgreSQL only")
    request.getfixturevalue("migrated_data")


def together(action, items):
    """Run an action for every item at the same moment; give the results, exceptions included."""
    barrier = threading.Barrier(len(items))

    def one(item):
        try:
            barrier.wait(timeout=20)
            return action(item)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(one, items))


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


def test_one_bag_posted_many_times_at_once_is_one_attempt():
    basket = basket_with(factories.certified_product(stock=50))
    shown = seen(basket)
    results = together(
        lambda _: fulfilment.place(basket=basket, shopper=SHOPPER, user=None, choices={}, seen=shown), range(SHOPPERS)
    )
    assert len({result.pk for result in results}) == 1, results


def test_webhook_return_page_and_sweeper_at_once_make_one_order(standin):
    piece = factories.certified_product(stock=2)
    attempt = place(basket_with(piece))
    pay(standin, attempt)
    results = together(lambda _: fulfilment.finalize(attempt_id=attempt.pk), range(SHOPPERS))
    assert {result.status for result in results} == {"paid"}, results
    assert stock_of(piece).num_in_stock == 1
    assert LedgerEntry.objects.filter(source__startswith="charge:").count() == 1
    assert OutboxMessage.objects.filter(topic="orders.tell_shopper").count() == 1


def test_expiry_and_payment_at_once_end_in_one_of_the_two(standin):
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


def test_many_baskets_in_opposite_order_do_not_block_each_other():
    first, second = factories.certified_product(stock=100), factories.certified_product(stock=100)
    baskets = [basket_with(first, second) if index % 2 else basket_with(second, first) for index in range(SHOPPERS)]
    prints = {basket.pk: seen(basket) for basket in baskets}
    results = together(
        lambda basket: fulfilment.place(
            basket=basket, shopper=SHOPPER, user=None, choices={}, seen=prints[basket.pk]
        ),
        baskets,
    )  # fmt: skip
    assert all(isinstance(result, Attempt) for result in results), results
    assert StockRecord.objects.filter(num_allocated=F("num_in_stock") - 92).count() == 2


def test_twenty_refunds_at_once_are_one(standin):
    part = bought(standin, factories.certified_product()).order.maker_orders.get()
    owner = factories.owner_of(part.maker)
    results = together(
        lambda _: fulfilment.refund_part(user=owner, maker_order=part, reason="Cut too short."), range(20)
    )
    assert [type(result).__name__ for result in results].count("Refund") == 1, results
    assert {type(result) for result in results} == {Refund, WrongMoment}
    together(lambda _: fulfilment.send_refund({"refund": Refund.objects.get().pk}), range(4))
    assert [made.amount for made in standin.client.v1.refunds.list().data] == [Refund.objects.get().amount_cents]


def test_shipping_twice_at_once_is_one_parcel(standin):
    part = bought(standin, factories.certified_product()).order.maker_orders.get()
    owner = factories.owner_of(part.maker)
    results = together(
        lambda _: fulfilment.ship(user=owner, maker_order=part, carrier="USPS", tracking_number="9400 1000"),
        range(SHOPPERS),
    )
    assert [type(result).__name__ for result in results].count("Parcel") == 1, results
    assert part.parcels.count() == 1


def test_the_same_transfer_released_twice_at_once_is_one(standin, settings):
    from .test_money_back import onboard, ship

    settings.PAYOUT_DELAY_DAYS = 0
    maker = onboard(standin, factories.maker())
    ship(bought(standin, factories.certified_product(maker)).order.maker_orders.get())
    together(lambda _: fulfilment.release(), range(4))
    assert len(standin.client.v1.transfers.list().data) == 1
    assert LedgerEntry.objects.filter(source__startswith="transfer:").count() == 1
