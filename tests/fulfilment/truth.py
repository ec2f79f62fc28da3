"""What must be true of money, stock and orders, at any moment and once all has come to rest.

`objects(kind)` gives what Stripe (or its stand-in) knows of a kind, as its API tells it.
"""

from collections import Counter

from django.db.models import Count, Sum

from catalog.order.models import MakerOrder
from catalog.partner.models import StockRecord
from marketplace import fulfilment
from marketplace.core.models import OutboxMessage
from marketplace.fulfilment.counting import counts_of
from marketplace.payments import ledger
from marketplace.payments.models import (
    Attempt,
    Dispute,
    Hold,
    LedgerEntry,
    LedgerPosting,
    MoneyStatus,
    Refund,
    RefundLine,
    Reversal,
    Transfer,
    Voucher,
    VoucherUse,
)
from marketplace.tax.models import TaxRecord

FORWARD = {
    "open": {"open", "paid", "expired", "refunded", "for_people"}, "paid": {"paid"}, "refunded": {"refunded"},
    "expired": {"expired", "refunded"}, "for_people": {"for_people", "paid", "expired", "refunded"},
}  # fmt: skip
COMPONENTS = ("goods", "discount", "promo", "shipping", "shipping_tax", "tax", "fee")
OVER = ("won", "lost", "warning_closed", "prevented")


def entries_add_up_to_zero():
    assert not LedgerPosting.objects.values("entry").annotate(sum=Sum("cents")).exclude(sum=0).exists()
    assert not LedgerEntry.objects.annotate(rows=Count("postings")).filter(rows=0).exists()


def stock_now() -> dict[int, int]:
    return dict(StockRecord.objects.values_list("pk", "num_in_stock"))


def holds_now(stock_before: dict[int, int], added: Counter):
    """What must be true after every step, whatever it was."""
    counted = [(part, counts_of(part)) for part in MakerOrder.objects.select_related("order__attempt")]
    entries_add_up_to_zero()
    stock_is_true(counted, stock_before, added)
    for _part, counts in counted:
        _pieces_are_counted(counts)
    no_more_back_than_paid()
    no_more_paid_out_than_due()
    vouchers_are_counted()
    tax_records_equal_the_ledger()


def stock_is_true(counted, before: dict[int, int], added: Counter):
    """What is held is held by somebody; what is there and what was sold are what there was."""
    held = dict(Hold.objects.filter(released_at=None).values_list("stockrecord").annotate(sum=Sum("quantity")))
    # Canceled pieces went back to the shelf at once, whatever became of their refund; a retry is no second one.
    put_back = dict(
        RefundLine.objects.filter(canceled=True, refund__retry_of=None)
        .values_list("line")
        .annotate(sum=Sum("quantity"))
    )
    gone: Counter[int] = Counter()
    for part, counts in counted:
        if part.order.attempt.status == "paid":
            for count in counts:
                gone[count.line.stockrecord_id] += count.line.quantity - put_back.get(count.line.pk, 0)
    for record in StockRecord.objects.filter(pk__in=before):
        assert 0 <= (record.num_allocated or 0) <= record.num_in_stock
        assert (record.num_allocated or 0) == held.get(record.pk, 0)
        assert record.num_in_stock + gone[record.pk] == before[record.pk] + added[record.pk]


def _pieces_are_counted(counts):
    for count in counts:
        assert min(count.shipped, count.canceled, count.returned, count.to_ship, count.with_shopper) >= 0, count
        assert 0 <= count.net_back <= count.line.net_cents


def no_more_back_than_paid():
    sums = {f"sum_{name}": Sum(f"{name}_cents") for name in ("amount", *COMPONENTS)}
    rows = Refund.objects.filter(retried_as=None).values("maker_order").annotate(**sums)
    parts = MakerOrder.objects.in_bulk([row["maker_order"] for row in rows])
    for row in rows:
        part = parts[row["maker_order"]]
        assert row["sum_amount"] <= part.paid_cents
        for name in COMPONENTS:
            assert row[f"sum_{name}"] <= getattr(part, f"{name}_cents"), name


def no_more_paid_out_than_due():
    moved = (
        Transfer.objects.exclude(status=MoneyStatus.FAILED)
        .values_list("maker_order")
        .annotate(sent=Sum("amount_cents"), back=Sum("reversed_cents"))
    )
    assert all(0 <= back <= sent for _part, sent, back in moved)
    booked = (
        LedgerPosting.objects.filter(account=ledger.MAKERS, kind__in=["transfer", "reversal"])
        .values_list("part__pk", "part__goods_cents", "part__discount_cents", "part__shipping_cents", "part__fee_cents")
        .annotate(sum=Sum("cents"))
    )
    for _part, goods, discount, shipping, fee, cents in booked:
        assert 0 <= cents <= goods - discount + shipping - fee


def states_only_move_forward(before: dict) -> dict:
    """Compare with the statuses of the step before; gives those of now."""
    now = dict(Attempt.objects.values_list("pk", "status"))
    for pk, status in now.items():
        assert status in FORWARD[before.get(pk, "open")], (before.get(pk), status)
    assert set(before) <= set(now)
    return now


def vouchers_are_counted():
    for voucher in Voucher.objects.all():
        assert voucher.uses == VoucherUse.objects.filter(voucher=voucher, released_at=None).count()
        assert voucher.most_uses is None or voucher.uses <= voucher.most_uses


def tax_records_equal_the_ledger():
    recorded = TaxRecord.objects.aggregate(sum=Sum("tax_cents", default=0))["sum"]
    assert recorded == -ledger.balance_of(ledger.TAX)


def nothing_waits() -> bool:
    waiting = (
        OutboxMessage.objects.filter(done_at=None), Attempt.objects.filter(status="open"),
        Refund.objects.filter(status=MoneyStatus.REQUESTED), Transfer.objects.filter(status=MoneyStatus.REQUESTED),
        Reversal.objects.filter(status=MoneyStatus.REQUESTED), MakerOrder.objects.filter(release_at__isnull=False),
        Dispute.objects.filter(outcome="open"),
    )  # fmt: skip
    return not any(rows.exists() for rows in waiting)


def all_is_at_rest(objects, stock_before, added):
    """Nothing was lost on the way, nothing done twice, and the books are Stripe's to the cent."""
    waiting = OutboxMessage.objects.filter(done_at=None)
    assert not waiting.exists(), [(row.key, row.last_error) for row in waiting]
    assert not Attempt.objects.filter(status="open").exists()
    assert not Hold.objects.filter(released_at=None).exclude(attempt__status="for_people").exists()
    for model in (Transfer, Reversal, Refund):
        waiting = model.objects.filter(status=MoneyStatus.REQUESTED)
        if model is Transfer:  # promotions are paid out of our own balance, once there is enough of it
            waiting = waiting.exclude(from_charge=False, last_error__contains="insufficient available funds")
        assert not waiting.exists(), [row.last_error for row in waiting]
    run = fulfilment.reconcile()
    assert run.agrees, (run.ledger_cents, run.stripe_cents, run.differences)
    _every_payment_is_an_order_or_a_full_refund(objects)
    _makers_have_what_is_due(objects)
    holds_now(stock_before, added)


def _every_payment_is_an_order_or_a_full_refund(objects):
    charges = {charge["payment_intent"]: charge for charge in objects("charge") if charge["status"] == "succeeded"}
    for intent in objects("payment_intent"):
        if intent["status"] != "succeeded":
            continue
        attempt = Attempt.objects.get(intent_id=intent["id"])
        assert attempt.status in ("paid", "refunded"), attempt.status
        assert LedgerEntry.objects.filter(source=f"charge:{intent['id']}").count() == 1
        disputed = Dispute.objects.filter(attempt=attempt).exclude(outcome="won").exists()
        if attempt.status == "refunded" and not disputed:
            assert charges[intent["id"]]["amount_refunded"] == attempt.amount_cents


def _makers_have_what_is_due(objects):
    """What Stripe moved to each maker is what the ledger says was paid out; nothing due lies about."""
    for part in MakerOrder.objects.filter(status="shipped", release_at=None):
        assert ledger.balance_of(ledger.MAKERS, part=part) >= 0
    sent: Counter[str] = Counter()
    for row in objects("transfer"):
        sent[row["destination"]] += row["amount"] - row["amount_reversed"]
    rows = LedgerPosting.objects.filter(account=ledger.MAKERS, kind__in=["transfer", "reversal"])
    booked = dict(rows.values_list("maker__stripe_account").annotate(sum=Sum("cents")))
    assert {account: cents for account, cents in sent.items() if cents} == {
        account: cents for account, cents in booked.items() if cents
    }
