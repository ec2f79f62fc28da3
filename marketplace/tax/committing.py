"""Stripe Tax's own books: what it reckoned is booked there after the payment and taken back on refunds.

Queued in the transaction that records the charge or the refund, done by the outbox under stored keys. Without
Stripe Tax there is nothing to queue.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Sum

from marketplace.core import outbox
from marketplace.core.money import cumulative_share
from marketplace.payments import gateway

from .lines import RefundedLine, TaxedLine
from .models import TaxCommit, TaxReversal

logger = logging.getLogger(__name__)


class NotYet(Exception):
    """What is to be taken back is not booked at Stripe yet; the outbox tries again."""


def queue_commits(*, source: str, order_number: str, rows: Sequence[TaxedLine]) -> None:
    """Have every calculation behind these rows booked. Call it where the rows are recorded."""
    by_calculation: dict[str, list[TaxedLine]] = defaultdict(list)
    for row in rows:
        if row.calculation:
            by_calculation[row.calculation].append(row)
    for calculation, own in by_calculation.items():
        tax = sum(row.tax for row in own)
        made, created = TaxCommit.objects.get_or_create(
            calculation_id=calculation,
            defaults={
                "source": source, "references": [row.reference for row in own], "tax_cents": tax,
                "gross_cents": tax + sum(row.amount for row in own),
            },
        )  # fmt: skip
        if not created:
            logger.error("calculation %s was charged by %s and by %s; Stripe books it once", made, made.source, source)
            continue
        payload = {"commit": made.pk, "order": order_number}
        outbox.post(topic="tax.commit", key=f"tax-commit:{made.pk}", payload=payload)


def queue_reversals(*, source: str, charge: str, lines: Sequence[RefundedLine]) -> None:
    """Have the tax of refunded lines taken back at Stripe.

    Stripe spreads a sum over all lines of a transaction, so the sum is the one whose tax is what goes back.
    """
    by_reference = {line.reference: line.tax for line in lines}
    for made in TaxCommit.objects.select_for_update().filter(source=charge, tax_cents__gt=0).order_by("pk"):
        tax = sum(by_reference.get(reference, 0) for reference in made.references)
        done = made.reversals.aggregate(sum=Sum("tax_cents"))["sum"] or 0
        tax = min(tax, made.tax_cents - done)  # a refund that came back is taken back at Stripe already
        if not tax:
            continue
        amount = cumulative_share(made.gross_cents, done, tax, made.tax_cents)
        back = TaxReversal.objects.create(commit=made, source=source, amount_cents=amount, tax_cents=tax)
        outbox.post(topic="tax.reverse", key=f"tax-reverse:{back.pk}", payload={"reversal": back.pk})


def note_undone(*, refund: str) -> None:
    """The refund of this entry came back: what was taken back for it at Stripe is for people to correct there."""
    TaxReversal.objects.filter(source=refund).update(is_undone=True)


def commit(payload: dict) -> None:
    """Outbox: book a calculation; safe to call twice. Raises GatewayError, Unreachable."""
    made = TaxCommit.objects.get(pk=payload["commit"])
    if made.transaction_id:
        return
    made.transaction_id = gateway.commit_tax(
        calculation_id=made.calculation_id, reference=f"{payload['order']}-{made.pk}", idempotency_key=made.key
    )
    made.save(update_fields=["transaction_id"])


def reverse(payload: dict) -> None:
    """Outbox: take a part back; safe to call twice. Raises GatewayError, Unreachable, NotYet."""
    back = TaxReversal.objects.select_related("commit").get(pk=payload["reversal"])
    if back.reversal_id:
        return
    made = back.commit
    if not made.transaction_id:
        raise NotYet(f"{made} is not booked yet")
    whole = back.amount_cents == made.gross_cents
    back.reversal_id = gateway.reverse_tax(
        transaction_id=made.transaction_id, reference=f"{back.source}-{back.pk}",
        amount=None if whole else back.amount_cents, idempotency_key=back.key,
    )  # fmt: skip
    back.save(update_fields=["reversal_id"])
