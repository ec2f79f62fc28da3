"""The trial balance: each account's debits, credits and balance to the end of a Los Angeles day.

Sums of the days up to a mark are kept (`DayTotal`), what was posted since is added up anew. A posting counts for the
day of its entry and is gathered by its id, so it does not matter when an entry says it happened. An id is given before
its transaction commits; therefore a run gathers only what the run before it, some minutes ago, saw as the newest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Max, Q, Sum
from django.db.models.functions import TruncDate

from marketplace.core import clock
from marketplace.core.money import from_cents
from marketplace.payments import ledger
from marketplace.payments.models import LedgerPosting

from .models import DayTotal, Mark
from .words import ACCOUNTS

QUIET = timedelta(minutes=10)
MOST = 1_000_000  # postings in a run: who looks at the balance waits meanwhile
EARNED_AND_BORNE = (ledger.FEES, ledger.STRIPE_FEES, ledger.DISPUTES, ledger.PROMOTIONS, ledger.EXPLAINED)
PERIODS = ("month", "quarter", "year")
DEBIT, CREDIT = Q(cents__gt=0), Q(cents__lt=0)


@dataclass(frozen=True)
class Row:
    """An account, in cents; `debit` and `credit` are not negative, periods are debit less credit since they began."""

    account: str
    debit: int
    credit: int
    month: int
    quarter: int
    year: int

    @property
    def balance(self) -> int:
        return self.debit - self.credit

    @property
    def name(self):
        return ACCOUNTS[self.account].name

    @property
    def meaning(self):
        return ACCOUNTS[self.account].meaning


@dataclass(frozen=True)
class Result:
    """What an account brought (positive) or cost (negative) in the periods that a day lies in, in cents."""

    name: str
    month: int
    quarter: int
    year: int
    all: int


@dataclass(frozen=True)
class TrialBalance:
    """Every account to the end of `day`."""

    day: date
    rows: list[Row]

    @property
    def debit(self) -> int:
        return sum(row.debit for row in self.rows)

    @property
    def credit(self) -> int:
        return sum(row.credit for row in self.rows)

    @property
    def sum(self) -> int:
        """Zero, as long as every entry is."""
        return self.debit - self.credit

    def row(self, account: str) -> Row:
        return next(row for row in self.rows if row.account == account)

    @property
    def tax_payable(self) -> int:
        return -self.row(ledger.TAX).balance

    @property
    def fees_earned(self) -> int:
        return -self.row(ledger.FEES).balance

    @property
    def borne(self) -> int:
        """Stripe's fees, disputes, promotions and what was explained."""
        return sum(self.row(account).balance for account in EARNED_AND_BORNE[1:])

    @property
    def results(self) -> list[Result]:
        """Fees earned, then what they pay for."""
        rows = [self.row(account) for account in EARNED_AND_BORNE]
        return [Result(row.name, -row.month, -row.quarter, -row.year, -row.balance) for row in rows]

    @property
    def result(self) -> Result:
        """What is left of the fees."""
        rows = self.results
        sums = (sum(getattr(row, name) for row in rows) for name in (*PERIODS, "all"))
        return Result("", *sums)


def first_days(day: date) -> dict[str, date]:
    """The first days of the month, quarter and year that `day` lies in."""
    quarter = (day.month - 1) // 3 * 3 + 1
    return {"month": day.replace(day=1), "quarter": date(day.year, quarter, 1), "year": date(day.year, 1, 1)}


@transaction.atomic
def trial_balance(day: date) -> TrialBalance:
    """Sums to the end of `day`; three queries, however many postings there are."""
    upto = _locked_mark().upto  # totals and mark are read together, while nobody gathers
    kept = DayTotal.objects.filter(day__lte=day).values("account").order_by("account").annotate(
        debit=Sum("debit_cents"), credit=Sum("credit_cents"),
        **{
            name: Sum(F("debit_cents") - F("credit_cents"), filter=Q(day__gte=first), default=0)
            for name, first in first_days(day).items()
        },
    )  # fmt: skip
    fresh = LedgerPosting.objects.filter(pk__gt=upto, entry__at__lt=clock.end_of(day))
    fresh = fresh.values("account").order_by("account").annotate(
        debit=Sum("cents", filter=DEBIT, default=0), credit=-Sum("cents", filter=CREDIT, default=0),
        **{
            name: Sum("cents", filter=Q(entry__at__gte=clock.start_of(first)), default=0)
            for name, first in first_days(day).items()
        },
    )  # fmt: skip
    found = [*kept, *fresh]
    return TrialBalance(day, [_row(account, found) for account in ledger.ACCOUNTS])


def _row(account: str, found: list[dict]) -> Row:
    mine = [sums for sums in found if sums["account"] == account]
    return Row(account, *(sum(sums[name] for sums in mine) for name in ("debit", "credit", *PERIODS)))


def _locked_mark() -> Mark:
    Mark.objects.get_or_create(pk=1)
    return Mark.objects.select_for_update().get(pk=1)


@transaction.atomic
def gather() -> int:
    """Every hour: take into the days' totals what the run before saw, oldest first; returns how many totals changed."""
    mark, now = _locked_mark(), clock.now()
    if mark.seen_at and mark.seen_at > now - QUIET:
        return 0
    upto = min(mark.seen, mark.upto + MOST)
    sums = (
        LedgerPosting.objects.filter(pk__gt=mark.upto, pk__lte=upto)
        .values("account", day=TruncDate("entry__at", tzinfo=clock.LOS_ANGELES)).order_by("account", "day")
        .annotate(debit=Sum("cents", filter=DEBIT, default=0), credit=-Sum("cents", filter=CREDIT, default=0))
    )  # fmt: skip
    changed = sum(_add(**row) for row in sums)
    newest = LedgerPosting.objects.aggregate(pk=Max("pk"))["pk"] or 0
    mark.upto, mark.seen, mark.seen_at = upto, newest, now
    mark.save(update_fields=["upto", "seen", "seen_at"])
    return changed


def _add(*, account: str, day: date, debit: int, credit: int) -> int:
    """Call it under the mark's lock."""
    total, _created = DayTotal.objects.get_or_create(account=account, day=day)
    return DayTotal.objects.filter(pk=total.pk).update(
        debit_cents=F("debit_cents") + debit, credit_cents=F("credit_cents") + credit
    )


def csv_rows(balance: TrialBalance) -> Iterable[list[str]]:
    """The trial balance as a table: heading, accounts, sum. Amounts in dollars."""
    yield ["Account", "Name", "Debits", "Credits", "Balance"]
    for row in balance.rows:
        yield [row.account, str(row.name), *(str(from_cents(cents)) for cents in (row.debit, row.credit, row.balance))]
    yield ["", "Sum", *(str(from_cents(cents)) for cents in (balance.debit, balance.credit, balance.sum))]
