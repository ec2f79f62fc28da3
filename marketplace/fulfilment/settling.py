"""What becomes of an attempt: paid, expired, given back, or left to people. Webhook, return page and sweeper
all end here; each change happens under the attempt's row lock, and only forward.
"""

import logging

from django.db import transaction
from django.db.models import F

from catalog.basket.models import Basket
from catalog.order import workflow
from catalog.order.models import MakerOrder
from catalog.partner.models import StockRecord
from catalog.search.listing import refresh_after_commit
from makers.models import Maker
from makers.selectors import is_selling
from marketplace.core import clock, outbox
from marketplace.payments import gateway, ledger, vouchers
from marketplace.payments.ledger import Posting
from marketplace.payments.models import Attempt, AttemptStatus, DisputeOutcome, Hold, LedgerPosting, PostingKind

from .placing import ensure_intent
from .taxing import record_sale

logger = logging.getLogger(__name__)


class StockLost(Exception):
    """Pieces that were held are not there any more."""


def finalize(*, attempt_id) -> Attempt:
    """Ask Stripe how the payment stands and let the order follow. Raises GatewayError, Unreachable."""
    attempt = Attempt.objects.get(pk=attempt_id)
    if attempt.status in (AttemptStatus.PAID, AttemptStatus.REFUNDED, AttemptStatus.FOR_PEOPLE):
        return attempt
    if not attempt.intent_id:
        return attempt
    return apply_intent(attempt_id=attempt_id, intent=gateway.retrieve_intent(attempt.intent_id))


def expire(*, attempt_id) -> Attempt:
    """End an unpaid attempt: the intent is canceled first; where it had succeeded, the order is paid instead.

    Raises GatewayError, Unreachable; then nothing is released.
    """
    attempt = ensure_intent(attempt=Attempt.objects.get(pk=attempt_id))
    if attempt.status != AttemptStatus.OPEN:
        return attempt
    return apply_intent(attempt_id=attempt_id, intent=gateway.cancel_intent(attempt.intent_id))


@transaction.atomic
def apply_intent(*, attempt_id, intent: gateway.Intent) -> Attempt:
    """Bring attempt and order to where the intent is; called twice, the second call changes nothing."""
    attempt = Attempt.objects.select_for_update().select_related("order").get(pk=attempt_id)
    open_or_expired = attempt.status in (AttemptStatus.OPEN, AttemptStatus.EXPIRED)
    if intent.status == "succeeded" and open_or_expired:
        succeeded(attempt, intent)
    elif intent.status == "canceled" and attempt.status == AttemptStatus.OPEN:
        release_attempt(attempt)
    return attempt


def mismatch(attempt: Attempt, intent: gateway.Intent) -> str:
    """What does not fit between what was agreed and what was paid; empty where all fits."""
    expected = {
        "intent": (attempt.intent_id, intent.id),
        "amount": (attempt.amount_cents, intent.amount),
        "received": (attempt.amount_cents, intent.received),
        "currency": (attempt.currency, intent.currency),
        "mode": (gateway.is_live(), intent.livemode),
        "attempt": (str(attempt.pk), intent.metadata.get("attempt")),
    }
    return ", ".join(f"{name}: {ours} / {theirs}" for name, (ours, theirs) in expected.items() if ours != theirs)


def succeeded(attempt: Attempt, intent: gateway.Intent) -> None:
    """The payment is there: the order is paid, given back or left to people. Call it under the attempt's lock."""
    differs = mismatch(attempt, intent)
    if differs:
        _leave_to_people(attempt, differs)
        return
    if not _holds(attempt) or _a_maker_closed(attempt):  # the pieces of an expired one are on sale again
        give_back(attempt, intent)
        return
    try:
        with transaction.atomic():
            _sell(attempt)
    except StockLost:
        give_back(attempt, intent)
        return
    _pay(attempt, intent)


def _a_maker_closed(attempt: Attempt) -> bool:
    return Maker.objects.filter(~is_selling(), maker_orders__order=attempt.order).exists()


def _holds(attempt: Attempt) -> list[Hold]:
    return list(attempt.holds.filter(released_at=None).order_by("stockrecord_id"))


def _sell(attempt: Attempt) -> None:
    """Take the held pieces out of stock, records in the order of their ids. Raises StockLost."""
    holds = _holds(attempt)
    for hold in holds:
        sold = StockRecord.objects.filter(
            pk=hold.stockrecord_id, num_allocated__gte=hold.quantity, num_in_stock__gte=hold.quantity
        ).update(num_allocated=F("num_allocated") - hold.quantity, num_in_stock=F("num_in_stock") - hold.quantity)
        if not sold:
            raise StockLost
    _end(holds)


def _let_go(attempt: Attempt) -> None:
    """Give held pieces back to the shelf."""
    holds = _holds(attempt)
    for hold in holds:
        StockRecord.objects.filter(pk=hold.stockrecord_id, num_allocated__gte=hold.quantity).update(
            num_allocated=F("num_allocated") - hold.quantity
        )
    _end(holds)


def _end(holds: list[Hold]) -> None:
    Hold.objects.filter(pk__in=[hold.pk for hold in holds]).update(released_at=clock.now())


def _close(attempt: Attempt, status: AttemptStatus) -> None:
    attempt.status, attempt.closed_at = status, clock.now()
    attempt.save(update_fields=["status", "closed_at"])


def _move_parts(attempt: Attempt, action: str, actor=None) -> list[MakerOrder]:
    return workflow.perform_all(order=attempt.order, action=action, actor=actor)


def _refresh(attempt: Attempt) -> None:
    refresh_after_commit(line.product for line in attempt.order.lines.select_related("product"))


def _pay(attempt: Attempt, intent: gateway.Intent) -> None:
    order = attempt.order
    parts = _move_parts(attempt, "pay")
    source = f"charge:{intent.id}"
    ledger.post(
        source=source,
        reference=intent.charge_id,
        description=f"Order {order.number} paid",
        postings=[Posting(ledger.STRIPE, attempt.amount_cents), *(row for part in parts for row in _owed(part))],
    )
    record_sale(source=source, order=order, parts=parts)
    _book_fee(intent)
    _close(attempt, AttemptStatus.PAID)
    order.set_status("paid")
    Basket.objects.filter(pk=attempt.basket_id).update(status=Basket.SUBMITTED, date_submitted=clock.now())
    outbox.post_all([
        ("orders.tell_shopper", f"order:{order.pk}:confirmed", {"order": order.pk}),
        *(("orders.tell_maker", f"part:{part.pk}:new", {"part": part.pk}) for part in parts),
    ])  # fmt: skip


def _owed(part: MakerOrder) -> list[Posting]:
    return [
        Posting(ledger.MAKERS, -part.goods_cents, part, PostingKind.SALE),
        Posting(ledger.MAKERS, part.discount_cents, part, PostingKind.DISCOUNT),
        Posting(ledger.MAKERS, -part.shipping_cents, part, PostingKind.SHIPPING),
        Posting(ledger.MAKERS, part.fee_cents, part, PostingKind.FEE),
        Posting(ledger.FEES, -part.fee_cents, part, PostingKind.FEE),
        Posting(ledger.TAX, -part.tax_cents, part, PostingKind.TAX),
        Posting(ledger.PROMOTIONS, part.promo_cents, part, PostingKind.DISCOUNT),
    ]


def _book_fee(intent: gateway.Intent) -> None:
    """Stripe's own fee, where Stripe has told it already."""
    if intent.fee:
        ledger.post(
            source=f"fee:{intent.charge_id}",
            reference=intent.charge_id,
            description="Stripe's fee",
            postings=[Posting(ledger.STRIPE_FEES, intent.fee), Posting(ledger.STRIPE, -intent.fee)],
        )


def release_attempt(attempt: Attempt, actor=None) -> None:
    """Nothing was paid and nothing can be any more. Call it under the attempt's lock."""
    _let_go(attempt)
    vouchers.give_back(attempt)
    _move_parts(attempt, "expire", actor)
    _close(attempt, AttemptStatus.EXPIRED)
    attempt.order.set_status("expired")
    _refresh(attempt)


def give_back(attempt: Attempt, intent: gateway.Intent, actor=None) -> None:
    """Paid, but it can't be fulfilled: book the money as due to the shopper and return it, once.

    Call it under the attempt's lock.
    """
    order = attempt.order
    ledger.post(
        source=f"charge:{intent.id}",
        reference=intent.charge_id,
        description=f"Order {order.number} paid, can't be fulfilled",
        postings=[Posting(ledger.STRIPE, intent.received), Posting(ledger.REFUNDS_DUE, -intent.received)],
    )
    _book_fee(intent)
    _let_go(attempt)
    vouchers.give_back(attempt)
    _move_parts(attempt, "refund", actor)
    _close(attempt, AttemptStatus.REFUNDED)
    order.set_status("refunded")
    outbox.post(topic="payments.refund", key=f"refund:{attempt.pk}", payload={"attempt": str(attempt.pk)})
    outbox.post(topic="orders.tell_refunded", key=f"order:{order.pk}:refunded", payload={"order": order.pk})
    _refresh(attempt)


@transaction.atomic
def give_up(*, attempt_id, why: str) -> None:
    """An attempt that Stripe will not let us end: a person looks; the pieces stay held until then."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    if attempt.status == AttemptStatus.OPEN:
        _leave_to_people(attempt, why)


def told_as(attempt: Attempt) -> str:
    """What the message is called that tells the staff why an attempt was left to them."""
    return f"mismatch:{attempt.pk}"


def _leave_to_people(attempt: Attempt, differs: str) -> None:
    logger.error("attempt %s needs a person: %s", attempt.pk, differs)
    _close(attempt, AttemptStatus.FOR_PEOPLE)
    outbox.post(
        topic="payments.tell_staff", key=told_as(attempt),
        payload={"order": attempt.order_id, "differs": differs},
    )  # fmt: skip


def refund_attempt(payload: dict) -> None:
    """Outbox: return the whole amount of an attempt that could not be fulfilled; safe to call twice.

    Where the bank took the payment back already, it is the bank that returns it. Raises GatewayError, Unreachable.
    """
    attempt = Attempt.objects.select_related("order").get(pk=payload["attempt"])
    if attempt.disputes.filter(outcome=DisputeOutcome.LOST).exists():
        return
    marks, cents = {"attempt": str(attempt.pk)}, _due_to_shopper(attempt)
    known = (made for made in gateway.list_refunds(attempt.intent_id) if made.status not in ("failed", "canceled"))
    made = next((made for made in known if marks.items() <= made.metadata.items()), None)
    made = made or gateway.refund(
        intent_id=attempt.intent_id,
        amount=cents,
        metadata=marks,
        idempotency_key=f"refund:{attempt.pk}:1",
    )
    ledger.post(
        source=f"refund:{attempt.pk}",
        reference=made.id,
        description=f"Order {attempt.order.number} returned in full",
        postings=[Posting(ledger.REFUNDS_DUE, cents), Posting(ledger.STRIPE, -cents)],
    )


def _due_to_shopper(attempt: Attempt) -> int:
    """What was booked as due when the payment turned out to be one that can't be fulfilled."""
    rows = LedgerPosting.objects.filter(account=ledger.REFUNDS_DUE, entry__source=f"charge:{attempt.intent_id}")
    return -sum(rows.values_list("cents", flat=True))
