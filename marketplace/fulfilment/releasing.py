"""Makers get their share some days after dispatch, from the charge of the order; a refund takes it back.

The sum of transfers never exceeds what the ledger owes a maker: a maker's debt lowers what is paid out.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, Sum

from catalog.order.models import MakerOrder, PartStatus
from marketplace.core import clock
from marketplace.payments import gateway, ledger
from marketplace.payments.ledger import Posting
from marketplace.payments.models import MoneyStatus, Transfer

from .reconciling import payouts_stopped
from .refunding import tell_trouble

logger = logging.getLogger(__name__)
MOST = 200


def release() -> int:
    """Every hour: pay out what is due; returns how many transfers were made. Nothing while the books differ."""
    if payouts_stopped():
        logger.error("no payouts: the ledger and Stripe's balance differ")
        return 0
    before = clock.now() - timedelta(days=settings.PAYOUT_DELAY_DAYS)
    due = (
        MakerOrder.objects.filter(status=PartStatus.SHIPPED)
        .exclude(maker__stripe_account="")
        .filter(Q(transfer=None) | Q(transfer__status=MoneyStatus.REQUESTED))
        .annotate(left_at=Max("parcels__shipped_at"))
        .filter(left_at__lte=before)
        .order_by("left_at", "pk")
    )
    return sum(_release(pk) for pk in due.values_list("pk", flat=True)[:MOST])


def _release(part_id: int) -> bool:
    transfer = _prepare(part_id)
    if transfer is None:
        return False
    try:
        return _send(transfer)
    except gateway.Unreachable as error:  # asked again with the same key in an hour
        logger.warning("transfer for part %s: %s", part_id, error)
        return False


@transaction.atomic
def _prepare(part_id: int) -> Transfer | None:
    """Write down what is to be sent before it is; None where nothing is owed or the part changed."""
    part = MakerOrder.objects.select_for_update().select_related("maker").get(pk=part_id)
    if part.status != PartStatus.SHIPPED:
        return None
    transfer = Transfer.objects.filter(maker_order=part).first()
    if transfer is not None:
        return transfer if transfer.status == MoneyStatus.REQUESTED else None
    amount = min(part.goods_cents + part.shipping_cents - part.fee_cents, _owed(part.maker))
    if amount <= 0:
        return None
    return Transfer.objects.create(maker_order=part, amount_cents=amount)


def _owed(maker) -> int:
    """What the ledger owes the maker, less what is on its way already."""
    on_its_way = Transfer.objects.filter(maker_order__maker=maker, status=MoneyStatus.REQUESTED)
    return -ledger.balance_of(ledger.MAKERS, maker) - (on_its_way.aggregate(sum=Sum("amount_cents"))["sum"] or 0)


def _send(transfer: Transfer) -> bool:
    """Whether the money left. A refusal gets a new key for the next time. Raises Unreachable."""
    part = MakerOrder.objects.select_related("maker", "order__attempt").get(pk=transfer.maker_order_id)
    try:
        intent = gateway.retrieve_intent(part.order.attempt.intent_id)
        transfer_id = gateway.transfer(
            amount=transfer.amount_cents,
            account_id=part.maker.stripe_account,
            charge_id=intent.charge_id,
            group=part.order.number,
            idempotency_key=transfer.idempotency_key,
        )
    except gateway.Unreachable:
        raise
    except gateway.GatewayError as error:
        logger.warning("transfer for part %s was refused: %s", part.pk, error)
        transfer.tries, transfer.last_error = transfer.tries + 1, str(error)[:300]
        transfer.save(update_fields=["tries", "last_error"])
        return False
    _book(transfer, part, transfer_id)
    return True


@transaction.atomic
def _book(transfer: Transfer, part: MakerOrder, transfer_id: str) -> None:
    transfer.status, transfer.transfer_id, transfer.last_error = MoneyStatus.DONE, transfer_id, ""
    transfer.save(update_fields=["status", "transfer_id", "last_error"])
    ledger.post(
        source=f"transfer:{part.pk}",
        description=f"Order {part.order.number} paid out",
        postings=[
            Posting(ledger.MAKERS, transfer.amount_cents, part.maker), Posting(ledger.STRIPE, -transfer.amount_cents),
        ],
    )  # fmt: skip


def take_back(payload: dict) -> None:
    """Outbox: after a refund, get the maker's share back. What can't be recovered stays as the maker's debt."""
    transfer = Transfer.objects.select_related("maker_order__order", "maker_order__maker").get(
        maker_order=payload["part"]
    )  # fmt: skip
    if transfer.status == MoneyStatus.REQUESTED and not _send(transfer):  # was it sent? the key tells
        Transfer.objects.filter(pk=transfer.pk).update(status=MoneyStatus.FAILED)
        return
    if transfer.status != MoneyStatus.DONE or transfer.reversed_cents:
        return
    part = transfer.maker_order
    try:
        gateway.reverse_transfer(
            transfer_id=transfer.transfer_id, amount=transfer.amount_cents, idempotency_key=f"reversal:{part.pk}:1"
        )
    except gateway.Unreachable:
        raise
    except gateway.GatewayError as error:
        tell_trouble(key=f"reversal:{part.pk}:refused", part=part, what=f"share not recovered: {error}")
        return
    _book_reversal(transfer, part)


@transaction.atomic
def _book_reversal(transfer: Transfer, part: MakerOrder) -> None:
    transfer.reversed_cents = transfer.amount_cents
    transfer.save(update_fields=["reversed_cents"])
    ledger.post(
        source=f"reversal:{part.pk}",
        description=f"Share of order {part.order.number} taken back",
        postings=[
            Posting(ledger.STRIPE, transfer.amount_cents), Posting(ledger.MAKERS, -transfer.amount_cents, part.maker),
        ],
    )  # fmt: skip
