"""A small double-entry ledger in cents: append-only, one entry per source event, every entry adds up to zero.

Positive is what we hold (`stripe`) or spent (`stripe_fees`, `promotions`), negative is what we owe (`makers`, `tax`,
`refunds_due`) or earned (`fees`). What leaves Stripe for the operator's bank stands on `bank`, what disputes took
on `disputes`, what a bookkeeper explained of Stripe's books that was not ours on `explained`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Sum

from catalog.order.models import MakerOrder
from makers.models import Maker

from .models import LedgerEntry, LedgerPosting, PostingKind

STRIPE, STRIPE_FEES, BANK, DISPUTES = "stripe", "stripe_fees", "bank", "disputes"
MAKERS, FEES, TAX, REFUNDS_DUE, PROMOTIONS = "makers", "fees", "tax", "refunds_due", "promotions"
EXPLAINED = "explained"
ACCOUNTS = (STRIPE, BANK, MAKERS, TAX, REFUNDS_DUE, FEES, STRIPE_FEES, DISPUTES, PROMOTIONS, EXPLAINED)


class Unbalanced(ValueError):
    """The postings of an entry do not add up to zero."""


@dataclass(frozen=True)
class Posting:
    """`cents` on an account; with a part, for its maker."""

    account: str
    cents: int
    part: MakerOrder | None = None
    kind: PostingKind = PostingKind.OTHER


def post(*, source: str, description: str, postings: Sequence[Posting], reference: str = "") -> LedgerEntry:
    """Book an event once; a second call with the same `source` books nothing. Raises Unbalanced."""
    if sum(posting.cents for posting in postings) != 0:
        raise Unbalanced(f"{source}: {[posting.cents for posting in postings]}")
    try:
        with transaction.atomic():
            entry = LedgerEntry.objects.create(source=source, reference=reference, description=description[:200])
            LedgerPosting.objects.bulk_create(
                LedgerPosting(
                    entry=entry, account=posting.account, maker_id=posting.part.maker_id if posting.part else None,
                    part=posting.part, kind=posting.kind, cents=posting.cents,
                )
                for posting in postings
                if posting.cents
            )  # fmt: skip
    except IntegrityError:  # booked before: the source is unique
        return LedgerEntry.objects.get(source=source)
    return entry


def is_booked(source: str) -> bool:
    return LedgerEntry.objects.filter(source=source).exists()


def balance_of(account: str, maker: Maker | None = None, part: MakerOrder | None = None) -> int:
    """Cents on an account, of one maker or one part of an order where given."""
    rows = LedgerPosting.objects.filter(account=account)
    if maker is not None:
        rows = rows.filter(maker=maker)
    if part is not None:
        rows = rows.filter(part=part)
    return rows.aggregate(sum=Sum("cents"))["sum"] or 0
