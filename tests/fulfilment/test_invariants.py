"""Whatever shoppers, makers and Stripe do in whatever order: stock, orders and ledger stay true."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from catalog.order.models import Order
from catalog.partner.models import StockRecord
from marketplace import fulfilment
from marketplace.fulfilment import settling
from marketplace.payments import gateway, ledger
from marketplace.payments.models import Attempt, Hold, LedgerEntry
from tests import factories

from .shop import basket_with, place, stock_of

pytestmark = pytest.mark.django_db
STOCK = 4


class Undo(Exception):
    """Ends an example and takes back what it wrote."""


def intent_of(attempt, status):
    paid = status == "succeeded"
    return gateway.Intent(
        id=attempt.intent_id,
        status=status,
        amount=attempt.amount_cents,
        received=attempt.amount_cents if paid else 0,
        currency="usd",
        livemode=False,
        client_secret="secret",
        metadata={"attempt": str(attempt.pk)},
        charge_id=f"ch_{attempt.pk}",
        fee=100 if paid else None,
    )


def buy(piece, attempts, number):
    basket = basket_with(piece, quantity=1 + number % 2)
    try:
        attempt = place(basket)
    except fulfilment.CannotPlace:
        return
    attempt.intent_id = f"pi_{attempt.pk.hex}"
    attempt.save(update_fields=["intent_id"])
    attempts.append(attempt)


def hear(status):
    def act(piece, attempts, number):
        if attempts:
            attempt = attempts[number % len(attempts)]
            settling.apply_intent(attempt_id=attempt.pk, intent=intent_of(attempt, status))

    return act


def set_maker(is_open):
    def act(piece, attempts, number):
        piece.maker.is_open = is_open
        piece.maker.save(update_fields=["is_open"])

    return act


def refund(piece, attempts, number):
    for part in piece.maker.maker_orders.filter(status__in=["to_ship", "shipped"])[:1]:
        fulfilment.refund_part(user=factories.owner_of(piece.maker), maker_order=part, reason="x")


ACTIONS = {
    "buy": buy,
    "paid": hear("succeeded"),
    "canceled": hear("canceled"),
    "failed": hear("requires_payment_method"),
    "close": set_maker(False),
    "open": set_maker(True),
    "refund": refund,
}
STATES = {
    "open": ("pending", {"pending"}),
    "paid": ("paid", {"to_ship", "refunded"}),
    "expired": ("expired", {"expired"}),
    "refunded": ("refunded", {"refunded"}),
}


def holds_true(piece):
    record = stock_of(piece)
    held = sum(Hold.objects.filter(released_at=None).values_list("quantity", flat=True))
    sold = sum(
        line.quantity - sum(line.refund_lines.filter(canceled=True).values_list("quantity", flat=True))
        for order in Order.objects.filter(attempt__status="paid").prefetch_related("lines")
        for line in order.lines.all()
    )
    assert (record.num_allocated or 0) == held
    assert 0 <= held <= record.num_in_stock
    assert record.num_in_stock + sold == STOCK
    assert StockRecord.objects.get(pk=record.pk).num_in_stock >= 0
    for attempt in Attempt.objects.select_related("order"):
        order, parts = STATES[attempt.status]
        assert attempt.order.status in {order, "refunded"}
        assert set(attempt.order.maker_orders.values_list("status", flat=True)) <= parts
        charged = LedgerEntry.objects.filter(source=f"charge:{attempt.intent_id}").count()
        assert charged == (attempt.status in ("paid", "refunded"))
    for entry in LedgerEntry.objects.all():
        assert sum(entry.postings.values_list("cents", flat=True)) == 0
    accounts = (ledger.STRIPE, ledger.STRIPE_FEES, ledger.MAKERS, ledger.FEES, ledger.TAX, ledger.REFUNDS_DUE)
    assert sum(ledger.balance_of(account) for account in accounts) == 0


def test_any_sequence_of_events_keeps_stock_orders_and_ledger_true():
    piece = factories.certified_product(stock=STOCK)

    @hypothesis_settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(0, 9)), min_size=3, max_size=14))
    def run(events):
        piece.maker.is_open = True
        try:
            with transaction.atomic():
                attempts = []
                for name, number in [("buy", 0), *events]:
                    ACTIONS[name](piece, attempts, number)
                    holds_true(piece)
                raise Undo
        except Undo:
            pass

    run()
