"""Sales by maker, day and month, counted from the ledger: whole days are counted anew, so nothing counts twice.

A sale is one paid part of an order: what one shopper buys of one maker at once is one transaction, however many
pieces. Its gross is what the maker sold it for: pieces less the maker's own discounts, with shipping and handling,
before fees and refunds; what a voucher of the marketplace takes off is made good to the maker and stays in. Sales tax
is not in it: the marketplace collects it as facilitator and it never becomes the maker's.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate, TruncMonth

from marketplace.core import clock
from marketplace.payments import ledger
from marketplace.payments.models import LedgerPosting, PostingKind

from .models import SalesDay, SalesMonth

GROSS = (PostingKind.SALE, PostingKind.DISCOUNT, PostingKind.SHIPPING)
AT_ONCE = 1000


@transaction.atomic
def count_sales(since: date | None) -> set[int]:
    """Write the days from `since` on (all, where None) and their months; the ids of the makers that sold in them."""
    makers: set[int] = set()
    for rows in _in_batches(_sold(since)):
        makers.update(row.maker_id for row in rows)
        _write(SalesDay, "day", rows)
    _write_months(since)
    return makers


def _sold(since: date | None) -> Iterator[SalesDay]:
    """One row for each maker and Los Angeles day with a sale, from charges alone: refunds lower no gross."""
    rows = LedgerPosting.objects.filter(
        account=ledger.MAKERS, kind__in=GROSS, maker__isnull=False, entry__source__startswith="charge:"
    )
    if since is not None:
        rows = rows.filter(entry__at__gte=clock.start_of(since))
    sums = (
        rows.annotate(day=TruncDate("entry__at", tzinfo=clock.LOS_ANGELES)).values("maker", "day")
        .annotate(sum=Sum("cents"), sales=Count("part", filter=Q(kind=PostingKind.SALE))).order_by("maker", "day")
    )  # fmt: skip
    for row in sums.iterator(chunk_size=AT_ONCE):
        yield SalesDay(maker_id=row["maker"], day=row["day"], sales=row["sales"], cents=-row["sum"])


def _write_months(since: date | None) -> None:
    rows = SalesDay.objects.filter(day__gte=since.replace(day=1)) if since else SalesDay.objects.all()
    sums = (
        rows.annotate(month=TruncMonth("day")).values("maker", "month")
        .annotate(all_sales=Sum("sales"), all_cents=Sum("cents")).order_by("maker", "month")
    )  # fmt: skip
    months = (
        SalesMonth(maker_id=row["maker"], month=row["month"], sales=row["all_sales"], cents=row["all_cents"])
        for row in sums.iterator(chunk_size=AT_ONCE)
    )
    for batch in _in_batches(months):
        _write(SalesMonth, "month", batch)


def _write(model, when: str, rows: list) -> None:
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["maker", when], update_fields=["sales", "cents"]
    )


def _in_batches(rows: Iterable) -> Iterator[list]:
    found = iter(rows)
    while batch := list(islice(found, AT_ONCE)):
        yield batch


def day_before(moment) -> date:
    """Where counting goes on after a look at `moment`: a sale may be booked a little after its time."""
    return moment.astimezone(clock.LOS_ANGELES).date() - timedelta(days=1)
