"""Makers get their share some days after dispatch, from the charge of the order; what they owe is taken back or kept.

What is due for a part is what the ledger says: sales and shipping less fee, refunds and what was paid out already.
Above zero it leaves once the part may be released; below, it is taken back from its transfers, and what can't be
taken back is kept from the maker's next sales.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from catalog.order.models import DONE, MakerOrder
from makers.models import Maker
from marketplace.core import clock, outbox
from marketplace.payments import gateway, ledger
from marketplace.payments.ledger import Posting
from marketplace.payments.models import (
    Attempt,
    Dispute,
    DisputeOutcome,
    LedgerPosting,
    MoneyStatus,
    PostingKind,
    Refund,
    Reversal,
    Transfer,
)

from .reconciling import payouts_stopped
from .sending_back import tell_trouble

logger = logging.getLogger(__name__)
MOST = 200


def release_after_dispatch(part: MakerOrder) -> None:
    """The last parcel left: the maker's share may follow some days later. Call it under the part's lock."""
    part.release_at = part.parcels.latest("shipped_at").shipped_at + timedelta(days=settings.PAYOUT_DELAY_DAYS)
    part.save(update_fields=["release_at"])


def release() -> int:
    """Every hour: pay out what is due; returns how many transfers were made. Nothing while the books differ."""
    if payouts_stopped():
        logger.error("no payouts: the ledger and Stripe's balance differ")
        return 0
    due = (
        MakerOrder.objects.filter(release_at__lte=clock.now(), status__in=DONE)
        .exclude(maker__stripe_account="")
        .exclude(order__attempt__disputes__outcome=DisputeOutcome.OPEN)
        .order_by("release_at", "pk")
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
    maker_id, order_id = MakerOrder.objects.values_list("maker", "order").get(pk=part_id)
    maker = Maker.objects.select_for_update().get(pk=maker_id)
    attempt = Attempt.objects.select_for_update().get(order=order_id)
    part = MakerOrder.objects.select_for_update().get(pk=part_id)
    if part.status not in DONE or part.release_at is None:
        return None
    waiting = Transfer.objects.filter(maker_order=part, status=MoneyStatus.REQUESTED).first()
    if waiting is not None:
        return waiting
    going_back = _going_back(part)
    due = _due(part) - going_back
    if due > 0:
        due -= _recover(maker, part, due)
    if due <= 0:
        if not going_back:  # a refund that fails makes it due again
            _settled(part)
        return None
    left = _left_of_charge(attempt)
    number = Transfer.objects.filter(maker_order=part).count() + 1
    return Transfer.objects.create(
        maker_order=part, number=number, amount_cents=min(due, left) or due, from_charge=left > 0
    )


def _left_of_charge(attempt: Attempt) -> int:
    """What can still be transferred out of the order's charge, in cents.

    Refunds lower it, and a promotion of ours makes it less than is due.
    """
    sent = Transfer.objects.filter(maker_order__order=attempt.order_id, from_charge=True)
    back = Refund.objects.filter(maker_order__order=attempt.order_id)
    out = (
        rows.exclude(status=MoneyStatus.FAILED).aggregate(sum=Sum("amount_cents", default=0))["sum"]
        for rows in (sent, back)
    )
    return attempt.amount_cents - sum(out)


def _due(part: MakerOrder) -> int:
    """What the ledger owes the maker for a part, in cents; negative where the maker owes."""
    return -ledger.balance_of(ledger.MAKERS, part=part)


def _going_back(part: MakerOrder) -> int:
    """The maker's share in refunds that are owed and not booked: asked for, or failed and to be asked for again.

    Where the bank took the whole payment back, nobody asks again.
    """
    owed = [MoneyStatus.REQUESTED]
    if not Dispute.objects.filter(attempt__order=part.order_id, outcome=DisputeOutcome.LOST).exists():
        owed.append(MoneyStatus.FAILED)
    return sum(refund.share_cents for refund in part.refunds.filter(status__in=owed, retried_as=None))


def _settled(part: MakerOrder) -> None:
    part.release_at = None
    part.save(update_fields=["release_at"])


def _recover(maker: Maker, part: MakerOrder, most: int) -> int:
    """Keep what the maker owes for other parts from this one, oldest first; returns how much, in cents."""
    kept = 0
    for debtor_id, debt in _debts(maker):
        cents = min(debt, most - kept)
        if cents <= 0:
            break
        debtor = MakerOrder.objects.select_related("order").get(pk=debtor_id)
        number = LedgerPosting.objects.filter(part=debtor, kind=PostingKind.RECOVERY).count() + 1
        ledger.post(
            source=f"recovery:{debtor_id}:{number}",
            description=f"Owed for order {debtor.order.number}, kept from order {part.order.number}",
            postings=[
                Posting(ledger.MAKERS, -cents, debtor, PostingKind.RECOVERY),
                Posting(ledger.MAKERS, cents, part, PostingKind.RECOVERY),
            ],
        )
        kept += cents
    return kept


def _debts(maker: Maker) -> list[tuple[int, int]]:
    """(part id, cents owed) for parts for which the maker got more than it was due, oldest first.

    What is being taken back from a transfer at this moment is no debt yet.
    """
    sums = (
        LedgerPosting.objects.filter(account=ledger.MAKERS, maker=maker, part__isnull=False)
        .values_list("part").annotate(sum=Sum("cents")).filter(sum__gt=0).order_by("part")
    )  # fmt: skip
    on_the_way = set(
        Reversal.objects.filter(transfer__maker_order__maker=maker, status=MoneyStatus.REQUESTED)
        .values_list("transfer__maker_order", flat=True)
    )  # fmt: skip
    return [(part, cents) for part, cents in sums if part not in on_the_way]


def _send(transfer: Transfer) -> bool:
    """Whether the money left. A refusal gets a new key for the next time. Raises Unreachable."""
    part = MakerOrder.objects.select_related("maker", "order__attempt").get(pk=transfer.maker_order_id)
    marks = {"transfer": str(transfer.pk), "part": str(part.pk)}
    # Stripe remembers a key for a day; later it is asked whether the transfer was made when nobody answered.
    forgotten = transfer.created_at < clock.now() - gateway.KEY_REMEMBERED
    try:
        transfer_id = gateway.find_transfer(group=part.order.number, metadata=marks) if forgotten else ""
        transfer_id = transfer_id or _make(transfer, part, marks)
    except gateway.Unreachable:
        raise
    except gateway.GatewayError as error:
        logger.warning("transfer for part %s was refused: %s", part.pk, error)
        Transfer.objects.filter(pk=transfer.pk, status=MoneyStatus.REQUESTED, tries=transfer.tries).update(
            tries=transfer.tries + 1, last_error=str(error)[:300]
        )
        return False
    _book(transfer.pk, transfer_id)
    return True


def _make(transfer: Transfer, part: MakerOrder, marks: dict[str, str]) -> str:
    intent = gateway.retrieve_intent(part.order.attempt.intent_id)
    return gateway.transfer(
        amount=transfer.amount_cents,
        account_id=part.maker.stripe_account,
        charge_id=intent.charge_id if transfer.from_charge else "",
        group=part.order.number,
        metadata=marks,
        idempotency_key=transfer.idempotency_key,
    )


@transaction.atomic
def _book(transfer_pk: int, transfer_id: str) -> None:
    transfer = Transfer.objects.select_for_update().get(pk=transfer_pk)
    if transfer.status == MoneyStatus.DONE:
        return
    transfer.status, transfer.transfer_id, transfer.last_error = MoneyStatus.DONE, transfer_id, ""
    transfer.save(update_fields=["status", "transfer_id", "last_error"])
    part = MakerOrder.objects.select_related("order").get(pk=transfer.maker_order_id)
    ledger.post(
        source=f"transfer:{part.pk}:{transfer.number}", reference=transfer_id,
        description=f"Order {part.order.number} paid out",
        postings=[
            Posting(ledger.MAKERS, transfer.amount_cents, part, PostingKind.TRANSFER),
            Posting(ledger.STRIPE, -transfer.amount_cents),
        ],
    )  # fmt: skip
    if _due(part) <= 0:
        _settled(part)
    outbox.post(
        topic="payments.settle_part", key=f"transfer:{part.pk}:{transfer.number}:settle", payload={"part": part.pk}
    )


def settle_part(payload: dict) -> None:
    """Outbox: after a refund or a lost dispute, get back what the maker was paid too much. Safe to call twice."""
    part = MakerOrder.objects.get(pk=payload["part"])
    sending = Transfer.objects.filter(maker_order=part, status=MoneyStatus.REQUESTED).first()
    if sending is not None and not _send(sending):  # was it sent? the key tells
        _give_up(sending)
    for reversal in _prepare_reversals(part.pk):
        _take_back(reversal)


@transaction.atomic
def _give_up(transfer: Transfer) -> None:
    """What Stripe refused is not sent with the old amount: the next release reckons anew."""
    locked = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if locked.status == MoneyStatus.REQUESTED:
        locked.status = MoneyStatus.FAILED
        locked.save(update_fields=["status"])


@transaction.atomic
def _prepare_reversals(part_id: int) -> list[Reversal]:
    """Write down what is to be taken back, newest transfers first; those that were not answered yet come again."""
    part = MakerOrder.objects.select_for_update().get(pk=part_id)
    open_ones = list(Reversal.objects.filter(transfer__maker_order=part, status=MoneyStatus.REQUESTED))
    missing = -_due(part) - sum(reversal.amount_cents for reversal in open_ones)
    tried = Reversal.objects.filter(transfer__maker_order=part).count()
    for transfer in Transfer.objects.filter(maker_order=part, status=MoneyStatus.DONE).order_by("-pk"):
        cents = min(missing, transfer.left_cents)
        if cents <= 0 or _was_refused(transfer):
            continue
        tried += 1
        open_ones.append(Reversal.objects.create(transfer=transfer, cause=f"{part_id}:{tried}", amount_cents=cents))
        missing -= cents
    return open_ones


def _was_refused(transfer: Transfer) -> bool:
    """Stripe said no to this one before: the rest is a debt, kept from the maker's next sale."""
    return transfer.reversals.filter(status=MoneyStatus.FAILED).exists()


def _take_back(reversal: Reversal) -> None:
    part, transfer_id = reversal.transfer.maker_order, reversal.transfer.transfer_id
    marks = {"reversal": str(reversal.pk), "part": str(part.pk)}
    forgotten = reversal.created_at < clock.now() - gateway.KEY_REMEMBERED
    try:
        reversal_id = gateway.find_reversal(transfer_id=transfer_id, metadata=marks) if forgotten else ""
        reversal_id = reversal_id or gateway.reverse_transfer(
            transfer_id=transfer_id, amount=reversal.amount_cents, metadata=marks,
            idempotency_key=reversal.idempotency_key,
        )  # fmt: skip
    except gateway.Unreachable:
        raise
    except gateway.GatewayError as error:
        _not_taken(reversal, part, str(error))
        return
    _book_reversal(reversal.pk, reversal_id)


@transaction.atomic
def _not_taken(reversal: Reversal, part: MakerOrder, why: str) -> None:
    Reversal.objects.filter(pk=reversal.pk, status=MoneyStatus.REQUESTED).update(
        status=MoneyStatus.FAILED, last_error=why[:300]
    )
    tell_trouble(
        key=f"reversal:{reversal.pk}:refused", part=part,
        what=f"share not recovered, it is kept from the maker's next sales: {why}",
    )  # fmt: skip


@transaction.atomic
def _book_reversal(reversal_pk: int, reversal_id: str) -> None:
    reversal = Reversal.objects.select_for_update().get(pk=reversal_pk)
    if reversal.status == MoneyStatus.DONE:
        return
    transfer = Transfer.objects.select_for_update().get(pk=reversal.transfer_id)
    part = MakerOrder.objects.select_related("order").get(pk=transfer.maker_order_id)
    reversal.status, reversal.reversal_id = MoneyStatus.DONE, reversal_id
    reversal.save(update_fields=["status", "reversal_id"])
    transfer.reversed_cents += reversal.amount_cents
    transfer.save(update_fields=["reversed_cents"])
    ledger.post(
        source=f"reversal:{reversal.pk}", reference=reversal_id,
        description=f"Order {part.order.number}: share taken back",
        postings=[
            Posting(ledger.STRIPE, reversal.amount_cents),
            Posting(ledger.MAKERS, -reversal.amount_cents, part, PostingKind.REVERSAL),
        ],
    )  # fmt: skip
