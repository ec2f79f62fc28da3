"""A maker's statement: every line of its account in a month, and each payout line by line to the cent.

Amounts are cents from the maker's side: what comes to the maker is positive. Days are Los Angeles days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from catalog.order.models import MakerOrder
from makers.models import Maker
from marketplace.core import clock
from marketplace.payments import ledger
from marketplace.payments.models import (
    Dispute,
    DisputeOutcome,
    LedgerPosting,
    MoneyStatus,
    PostingKind,
    Refund,
    Transfer,
)

PAID_OUT = (PostingKind.TRANSFER, PostingKind.REVERSAL)
BACK = (PostingKind.REFUND, PostingKind.SHIPPING_REFUND, PostingKind.FEE_REFUND)


@dataclass(frozen=True)
class StatementLine:
    """One posting on the maker's account; `words` in the language of who reads."""

    at: datetime
    order_number: str
    part_id: int | None
    kind: PostingKind
    words: str
    cents: int

    @property
    def day(self) -> date:
        return self.at.astimezone(clock.LOS_ANGELES).date()


@dataclass(frozen=True)
class Statement:
    """A month: `opening` + all lines = `closing`, which is what the marketplace owes then (negative: is owed)."""

    maker: Maker
    first: date
    last: date
    opening: int
    lines: list[StatementLine]
    tax_collected: int

    @property
    def closing(self) -> int:
        return self.opening + sum(line.cents for line in self.lines)

    @property
    def sums(self) -> list[tuple[PostingKind, int]]:
        """Cents of each kind that occurs, in the order of the kinds."""
        found = [(kind, [line.cents for line in self.lines if line.kind == kind]) for kind in PostingKind]
        return [(kind, sum(cents)) for kind, cents in found if cents]


@dataclass(frozen=True)
class Payout:
    """A transfer to the maker, and the lines of its order part that add up to it."""

    transfer: Transfer
    lines: list[StatementLine]

    @property
    def is_explained(self) -> bool:
        return sum(line.cents for line in self.lines) == self.transfer.amount_cents


def statement_of(maker: Maker, year: int, month: int) -> Statement:
    """The statement of a calendar month. Raises ValueError for a month that there is not."""
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    start, end = clock.start_of(first), clock.end_of(last)
    own = _own(maker)
    before = own.filter(entry__at__lt=start).aggregate(sum=Sum("cents", default=0))["sum"]
    tax = LedgerPosting.objects.filter(
        account=ledger.TAX, maker=maker, entry__at__gte=start, entry__at__lt=end
    ).aggregate(sum=Sum("cents", default=0))["sum"]
    return Statement(
        maker=maker, first=first, last=last, opening=-before, tax_collected=-tax,
        lines=_lines(own.filter(entry__at__gte=start, entry__at__lt=end)),
    )  # fmt: skip


def months_of(maker: Maker) -> list[date]:
    """The first days of the months in which something happened, newest first."""
    days = _own(maker).datetimes("entry__at", "month", order="DESC", tzinfo=clock.LOS_ANGELES)
    return [day.date() for day in days]


def payout_of(transfer: Transfer) -> Payout:
    """What a transfer paid: the part's lines since the payout before it, up to it."""
    rows = _own(transfer.maker_order.maker).filter(part=transfer.maker_order)
    booked = rows.filter(entry__source=f"transfer:{transfer.maker_order_id}:{transfer.number}").first()
    if booked is None:
        return Payout(transfer, [])
    earlier = rows.filter(kind=PostingKind.TRANSFER, entry_id__lt=booked.entry_id).order_by("-entry_id").first()
    lines = rows.filter(entry_id__lt=booked.entry_id)
    if earlier is not None:
        lines = lines.filter(entry_id__gt=earlier.entry_id)
    return Payout(transfer, _lines(lines))


def payouts_of(maker: Maker) -> QuerySet[Transfer]:
    """Transfers that left, newest first."""
    return (
        Transfer.objects.filter(maker_order__maker=maker, status=MoneyStatus.DONE)
        .select_related("maker_order__order", "maker_order__maker").order_by("-created_at", "-pk")
    )  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """What is owed to a maker for a part of an order, in cents, and what holds it beside the days after dispatch."""

    part: MakerOrder
    cents: int
    is_disputed: bool
    is_owed_back: bool

    @property
    def is_due(self) -> bool:
        return self.part.release_at is not None and self.part.release_at <= clock.now()


def waiting_for(maker: Maker) -> list[Waiting]:
    """Parts with money that waits: not shipped yet, within the days after dispatch, held by a dispute, or by a
    refund that the shopper's bank sent back."""
    sums = (
        _own(maker).filter(part__isnull=False).values_list("part").annotate(sum=Sum("cents")).exclude(sum=0)
        .order_by("part")
    )  # fmt: skip
    owed = {part: -cents for part, cents in sums}
    parts = MakerOrder.objects.filter(pk__in=owed).select_related("order__attempt").order_by("pk")
    disputes = Dispute.objects.filter(attempt__order__maker_orders__in=owed, outcome=DisputeOutcome.OPEN)
    disputed = set(disputes.values_list("attempt__order", flat=True))
    sent_back = Refund.objects.filter(maker_order__in=owed, status=MoneyStatus.FAILED, retried_as=None)
    owed_back = set(sent_back.values_list("maker_order", flat=True))
    return [Waiting(part, owed[part.pk], part.order_id in disputed, part.pk in owed_back) for part in parts]


def _own(maker: Maker) -> QuerySet[LedgerPosting]:
    return LedgerPosting.objects.filter(account=ledger.MAKERS, maker=maker)


def _lines(postings: QuerySet[LedgerPosting]) -> list[StatementLine]:
    rows = list(postings.select_related("entry", "part__order").order_by("entry__at", "pk"))
    words = _words(rows)
    return [
        StatementLine(
            at=row.entry.at, order_number=row.part.order.number if row.part else "", part_id=row.part_id,
            kind=PostingKind(row.kind), words=words.get(row.pk, ""), cents=-row.cents,
        )
        for row in rows
    ]  # fmt: skip


def _words(rows: Sequence[LedgerPosting]) -> dict[int, str]:
    """What kind and order do not say yet, by posting: why money went back, which order a debt belongs to."""
    found = {row.pk: row.entry.description.partition(": ")[2] for row in rows if row.kind == PostingKind.DISPUTE}
    return found | _of_refunds(rows) | _of_debts(rows)


def _of_refunds(rows: Sequence[LedgerPosting]) -> dict[int, str]:
    back = [row for row in rows if row.kind in BACK]
    made = Refund.objects.filter(maker_order__in={row.part_id for row in back})
    words = {refund.source: refund.what_and_why for refund in made}
    words |= {f"refund-failed:{refund.refund_id}": _("The bank sent the refund back.") for refund in made}
    return {row.pk: words.get(row.entry.source, "") for row in back}


def _of_debts(rows: Sequence[LedgerPosting]) -> dict[int, str]:
    """A debt is booked on two orders: the one that owes and the one it is kept from."""
    debts = [row for row in rows if row.kind == PostingKind.RECOVERY]
    both = LedgerPosting.objects.filter(
        entry__in={row.entry_id for row in debts}, kind=PostingKind.RECOVERY
    ).select_related("part__order")
    orders = {(row.entry_id, row.cents): row.part.order.number for row in both}
    return {
        row.pk: (_("Kept from order %(number)s") if row.cents < 0 else _("For order %(number)s"))
        % {"number": orders[row.entry_id, -row.cents]}
        for row in debts
    }
