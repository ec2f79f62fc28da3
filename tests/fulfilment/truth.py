"""What must be true of money, stock and orders, at any moment and once all has come to rest.

`objects(kind)` gives what Stripe (or its stand-in) knows of a kind, as its API tells it.
"""

from collections import Counter, defaultdict

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
    Reversal,
    Transfer,
    Voucher,
    VoucherUse,
)
from marketplace.tax.models import TaxRecord

FORWARD = {
    "open": {"open", "paid", "expired", "refunded", "for_people"}, "paid": {"paid"}, "refunded": {"refunded"},
    "expired": {"expired", "refunded"}, "for_people": {"for_people"},
}  # fmt: skip
COMPONENTS = ("goods", "discount", "promo", "shipping", "shipping_tax", "tax", "fee")
OVER = ("won", "lost", "warning_closed", "prevented")


def entries_add_up_to_zero():
    assert not LedgerPosting.objects.values("entry").annotate(sum=Sum("cents")).exclude(sum=0).exists()
    assert not LedgerEntry.objects.annotate(rows=Count("postings")).filter(rows=0).exists()


def stock_now() -> dict[int, int]:
    return dict(StockRecord.objects.values_list("pk", "num_in_stock"))


def stock_is_true(before: dict[int, int], added: Counter):
    """What is held is held by somebody; what is there and what was sold are what there was."""
    held = dict(Hold.objects.filter(released_at=None).values_list("stockrecord").annotate(sum=Sum("quantity")))
    gone: Counter[int] = Counter()
    for part in MakerOrder.objects.filter(order__attempt__status="paid"):
        for count in counts_of(part):
            gone[count.line.stockrecord_id] += count.line.quantity - _put_back(count.line)
    for record in StockRecord.objects.filter(pk__in=before):
        assert 0 <= (record.num_allocated or 0) <= record.num_in_stock
        assert (record.num_allocated or 0) == held.get(record.pk, 0)
        assert record.num_in_stock + gone[record.pk] == before[record.pk] + added[record.pk]


def _put_back(line) -> int:
    """Canceled pieces went back to the shelf at once, whatever became of their refund; a retry is no second one."""
    rows = line.refund_lines.filter(canceled=True, refund__retry_of=None)
    return rows.aggregate(sum=Sum("quantity", default=0))["sum"]


def nobody_gets_more_than_is_due():
    for part in MakerOrder.objects.all():
        _pieces_are_counted(part)
        _no_more_back_than_paid(part)
        _no_more_paid_out_than_due(part)


def _pieces_are_counted(part):
    for count in counts_of(part):
        assert min(count.shipped, count.canceled, count.returned, count.to_ship, count.with_shopper) >= 0, count
        assert 0 <= count.net_back <= count.line.net_cents


def _no_more_back_than_paid(part):
    live = part.refunds.exclude(status=MoneyStatus.FAILED)
    sums = live.aggregate(
        amount=Sum("amount_cents", default=0), **{name: Sum(f"{name}_cents", default=0) for name in COMPONENTS}
    )
    assert sums.pop("amount") <= part.paid_cents
    for name, cents in sums.items():
        assert cents <= getattr(part, f"{name}_cents"), name


def _no_more_paid_out_than_due(part):
    moved = part.transfers.exclude(status=MoneyStatus.FAILED).aggregate(
        sent=Sum("amount_cents", default=0), back=Sum("reversed_cents", default=0)
    )
    assert 0 <= moved["back"] <= moved["sent"]
    rows = part.postings.filter(account=ledger.MAKERS).values_list("kind").annotate(sum=Sum("cents"))
    booked: dict[str, int] = defaultdict(int, rows)
    assert 0 <= booked["transfer"] + booked["reversal"] <= part.share_cents


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
    entries_add_up_to_zero()
    stock_is_true(stock_before, added)
    nobody_gets_more_than_is_due()
    vouchers_are_counted()
    tax_records_equal_the_ledger()


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
