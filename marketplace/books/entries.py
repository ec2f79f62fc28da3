"""Finding entries of the ledger: by order, source, Stripe's id, account, maker and days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from catalog.order.models import Order
from marketplace.core import clock
from marketplace.core.keyset import page_after
from marketplace.payments.models import LedgerEntry, LedgerPosting

PER_PAGE = 50
MOST_OF_AN_ORDER = 300


@dataclass(frozen=True)
class Found:
    """An entry for a list: the sum of its debits in cents, and the orders that it names."""

    entry: LedgerEntry

    @property
    def debits(self) -> int:
        return sum(row.cents for row in self.entry.postings.all() if row.cents > 0)

    @property
    def orders(self) -> list[str]:
        """Numbers of the orders, each once."""
        return list(dict.fromkeys(row.part.order.number for row in self.entry.postings.all() if row.part))


def find(
    *, words: str = "", account: str = "", makers: Sequence[int] | None = None, first: date | None = None,
    last: date | None = None,
) -> QuerySet[LedgerEntry]:  # fmt: skip
    """Entries that fit all of what is given; `words` are an order's number, the start of a source or Stripe's id."""
    rows = LedgerEntry.objects.all()
    if words:
        order = Order.objects.filter(number=words.upper()).first()
        rows = rows.filter(pk__in=ids_of(order) if order else _ids_named(words))
    if account:
        rows = rows.filter(pk__in=LedgerPosting.objects.filter(account=account).values("entry"))
    if makers is not None:
        rows = rows.filter(pk__in=LedgerPosting.objects.filter(maker__in=makers).values("entry"))
    if first:
        rows = rows.filter(at__gte=clock.start_of(first))
    if last:
        rows = rows.filter(at__lt=clock.end_of(last))
    return rows


def _ids_named(words: str) -> list[int]:
    named = LedgerEntry.objects.filter(Q(source__startswith=words) | Q(reference=words))
    return list(named.values_list("pk", flat=True)[:MOST_OF_AN_ORDER])


def ids_of(order: Order) -> set[int]:
    """Every entry of an order: of its parts, its payment, the fee for that, its whole refund and its disputes."""
    entries = LedgerEntry.objects.all()
    parts = LedgerPosting.objects.filter(part__order=order).values_list("entry", flat=True)
    attempt = getattr(order, "attempt", None)
    if attempt is None:
        return set(parts)
    whole = entries.filter(source__in=[f"charge:{attempt.intent_id}", f"refund:{attempt.pk}"])
    references = {reference for reference in whole.values_list("reference", flat=True) if reference}
    references |= set(attempt.disputes.values_list("dispute_id", flat=True))
    known = entries.filter(reference__in=references).values_list("pk", flat=True)
    return {*parts, *known, *whole.values_list("pk", flat=True)}


def with_postings(rows: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """Rows with what a list shows of them, in three more queries however many there are."""
    return rows.prefetch_related("postings__part__order", "postings__maker")


def page_of(rows: QuerySet[LedgerEntry], after: str) -> tuple[list[Found], str]:
    """One page, newest first, and the cursor of the next one, as `keyset.page_after` has it."""
    shown, cursor = page_after(with_postings(rows), by="at", after=after, size=PER_PAGE)
    return [Found(entry) for entry in shown], cursor
