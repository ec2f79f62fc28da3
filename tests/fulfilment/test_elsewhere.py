"""What went wrong in other shops, by the number of the report: each of it is impossible here."""

from decimal import Decimal

import pytest
from django.core import mail

from catalog.basket.models import Basket
from catalog.order.models import Order, PartStatusChange
from catalog.partner.models import OutOfStock, StockRecord
from marketplace import fulfilment
from marketplace.core import outbox
from marketplace.core.money import InexactMoney, to_cents
from marketplace.fulfilment import settling
from marketplace.payments import gateway, ledger
from marketplace.payments.models import LedgerEntry
from tests import factories

from .shop import basket_with, bought, pay, place, stock_of
from .test_money_back import adds_up, onboard, refund, ship

pytestmark = pytest.mark.django_db


def test_pretix_74_paid_but_sold_out_gets_all_money_back_and_a_word(standin):
    attempt = place(basket_with(factories.certified_product(stock=1)))
    pay(standin, attempt)
    StockRecord.objects.update(num_in_stock=0, num_allocated=0)
    assert fulfilment.finalize(attempt_id=attempt.pk).status == "refunded"
    outbox.deliver()
    assert [made.amount for made in standin.client.v1.refunds.list().data] == [attempt.amount_cents]
    assert any("return your payment" in letter.subject for letter in mail.outbox)
    assert adds_up(standin)


def test_pretix_1233_a_payment_on_its_way_is_never_called_failed(standin):
    attempt = place(basket_with(factories.certified_product()))
    standin.hook("processing", seconds=60)
    assert pay(standin, attempt, card="pm_card_visa").status in ("processing", "succeeded")
    assert fulfilment.finalize(attempt_id=attempt.pk).status in ("open", "paid")
    assert attempt.order.maker_orders.get().status in ("pending", "to_ship")


def test_saleor_14648_a_capture_is_counted_once(standin):
    attempt = bought(standin, factories.certified_product(price="48.00"))
    for _ in range(3):
        fulfilment.finalize(attempt_id=attempt.pk)
        fulfilment.look_at_intent({"intent": attempt.intent_id})
    assert LedgerEntry.objects.filter(source__startswith="charge:").count() == 1
    assert adds_up(standin)


def test_saleor_543_openfoodnetwork_3925_the_last_piece_is_paid_once(standin):
    piece = factories.certified_product(stock=1)
    baskets = [basket_with(piece) for _ in range(3)]
    attempt = place(baskets[0])
    for basket in baskets[1:]:
        with pytest.raises(fulfilment.CannotPlace):
            place(basket)
    pay(standin, attempt)
    fulfilment.finalize(attempt_id=attempt.pk)
    assert Order.objects.count() == 1
    assert stock_of(piece).num_in_stock == 0


def test_medusa_12789_a_price_has_whole_cents_or_is_none():
    with pytest.raises(InexactMoney):
        to_cents(Decimal("98.9009"))
    piece = factories.certified_product(price="98.90")
    quote = fulfilment.quote_of(basket_with(piece))
    assert quote.goods_cents == 9890


def test_vendure_4930_django_oscar_4524_check_and_hold_are_one_statement(django_assert_num_queries):
    record = stock_of(factories.certified_product(stock=2))
    stale = StockRecord.objects.get(pk=record.pk)
    with django_assert_num_queries(1):
        record.allocate(2)
    with pytest.raises(OutOfStock):
        stale.allocate(1)  # it believes that two are left


def test_gumroad_6193_openfoodnetwork_6330_a_refund_is_recorded_once(standin):
    part = bought(standin, factories.certified_product()).order.maker_orders.get()
    refund(part)
    made = part.refunds.get()
    for _ in range(3):
        fulfilment.send_refund({"refund": made.pk})
    assert LedgerEntry.objects.filter(source=made.source).count() == 1
    assert len(standin.client.v1.refunds.list().data) == 1


def test_govuk_pay_1809_a_refund_stands_though_the_makers_share_can_not_be_taken_back(standin, settings):
    settings.PAYOUT_DELAY_DAYS = 0
    maker = onboard(standin, factories.maker())
    part = bought(standin, factories.certified_product(maker)).order.maker_orders.get()
    ship(part)
    fulfilment.release()
    standin.hook("reversals", account=maker.stripe_account, blocked=True)
    refund(part)
    outbox.deliver()
    assert part.refunds.get().status == "done"
    assert ledger.balance_of(ledger.MAKERS, maker) == part.share_cents
    assert adds_up(standin)


@pytest.mark.parametrize("late", ["canceled", "requires_payment_method", "processing"])
def test_woocommerce_stripe_902_a_late_event_does_not_unpay_an_order(standin, late):
    attempt = bought(standin, factories.certified_product())
    intent = gateway.retrieve_intent(attempt.intent_id)
    told = type(intent)(**{**vars(intent), "status": late})
    assert settling.apply_intent(attempt_id=attempt.pk, intent=told).status == "paid"
    assert attempt.order.maker_orders.get().status == "to_ship"


def test_django_oscar_4524_a_bag_is_not_thawed_after_a_payment(standin):
    attempt = bought(standin, factories.certified_product())
    assert not fulfilment.restore_basket(attempt=attempt, basket=Basket.objects.create())
    assert Basket.objects.get(pk=attempt.basket_id).status == "Submitted"


def test_django_oscar_4524_order_numbers_are_not_guessed():
    numbers = {place(basket_with(factories.certified_product())).order.number for _ in range(4)}
    assert len({number[:5] for number in numbers}) > 1
    assert all(len(set(number[3:].replace("-", ""))) > 2 for number in numbers)


def test_spree_14622_a_refunded_order_is_not_called_paid(standin):
    order = bought(standin, factories.certified_product()).order
    refund(order.maker_orders.get())
    order.refresh_from_db()
    assert order.status == "refunded"


def test_spree_14622_vendure_2767_2859_a_second_parcel_changes_no_sum_and_loses_no_shipping(standin):
    piece = factories.certified_product(stock=4)
    attempt = place(basket_with(piece, quantity=2))
    pay(standin, attempt)
    part = fulfilment.finalize(attempt_id=attempt.pk).order.maker_orders.get()
    before = (part.shipping_cents, part.paid_cents, part.share_cents, ledger.balance_of(ledger.MAKERS, part=part))
    line = part.lines.get()
    for number in ("9400 1001", "9400 1002"):
        fulfilment.ship(
            user=factories.owner_of(part.maker), maker_order=part, carrier="USPS", tracking_number=number,
            pieces={line.pk: 1},
        )  # fmt: skip
    part.refresh_from_db()
    assert before == (
        part.shipping_cents, part.paid_cents, part.share_cents, ledger.balance_of(ledger.MAKERS, part=part)
    )  # fmt: skip
    moves = PartStatusChange.objects.filter(maker_order=part).order_by("pk").values_list("to_status", flat=True)
    assert list(moves) == ["to_ship", "part_shipped", "shipped"]
