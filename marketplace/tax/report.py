"""What goes on the return of a quarter: taxable sales and tax by district, and whether the ledger says the same.

Like the CDTFA's schedule A: one row per district and rate, refunds taken off in the quarter in which they were given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from marketplace.core import clock
from marketplace.core.money import from_cents
from marketplace.payments import ledger
from marketplace.payments.models import LedgerPosting

from .loading import quarter_start
from .models import TaxRecord, TaxReversal
from .rates import percent_of

# Ledger entries of this kind pay the authority; they are no sale and no refund.
PAID_TO_AUTHORITY = "tax-paid:"


@dataclass(frozen=True)
class Quarter:
    """A calendar quarter in Los Angeles days."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (quarter_start(day).month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> "Quarter | None":
        """From `2026-Q2`; None for anything else."""
        year, _sep, number = text.partition("-Q")
        if not (text.isascii() and year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4")):
            return None
        return cls(int(year), int(number)) if 2000 <= int(year) <= 2999 else None

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


@dataclass(frozen=True)
class DistrictRow:
    """One district at one rate, in cents; `refunded` are the taxable amounts that went back, not negative."""

    state: str
    district: str
    place: str
    ppm: int
    taxable: int
    refunded: int
    tax: int

    @property
    def percent(self) -> str:
        return percent_of(self.ppm)


@dataclass(frozen=True)
class Mismatch:
    """A ledger entry whose tax differs from what is on record for it."""

    source: str
    recorded: int
    posted: int


@dataclass(frozen=True)
class Report:
    quarter: Quarter
    rows: list[DistrictRow]
    posted: int
    mismatches: list[Mismatch]
    to_correct: int

    @property
    def taxable(self) -> int:
        return sum(row.taxable for row in self.rows)

    @property
    def refunded(self) -> int:
        return sum(row.refunded for row in self.rows)

    @property
    def tax(self) -> int:
        return sum(row.tax for row in self.rows)

    @property
    def difference(self) -> int:
        """Recorded less posted; 0 where the books agree."""
        return self.tax - self.posted


def report_of(quarter: Quarter) -> Report:
    """The quarter's sums by district, beside the ledger's tax account in the same days."""
    records = TaxRecord.objects.filter(day__range=(quarter.first, quarter.last))
    postings = _postings(quarter)
    return Report(
        quarter=quarter,
        rows=list(_district_rows(records)),
        posted=-(postings.aggregate(sum=Sum("cents"))["sum"] or 0),
        mismatches=_mismatches(records, postings),
        to_correct=TaxReversal.objects.filter(is_undone=True).count(),
    )


def _postings(quarter: Quarter):
    moments = (clock.start_of(quarter.first), clock.end_of(quarter.last))
    found = LedgerPosting.objects.filter(account=ledger.TAX, entry__at__gte=moments[0], entry__at__lt=moments[1])
    return found.exclude(entry__source__startswith=PAID_TO_AUTHORITY)


def _district_rows(records) -> Iterable[DistrictRow]:
    names = ("state", "district_code", "place", "rate_ppm")
    sums = records.exclude(taxable_cents=0, tax_cents=0).values(*names).order_by(*names)
    found = sums.annotate(
        taxable=Sum("taxable_cents"), tax=Sum("tax_cents"),
        back=Coalesce(Sum("taxable_cents", filter=Q(reverses__isnull=False)), 0),
    )  # fmt: skip
    for row in found:
        yield DistrictRow(
            row["state"], row["district_code"], row["place"], row["rate_ppm"], row["taxable"], -row["back"], row["tax"]
        )


def _mismatches(records, postings) -> list[Mismatch]:
    recorded = dict(records.values_list("source").order_by("source").annotate(sum=Sum("tax_cents")))
    posted = dict(postings.values_list("entry__source").order_by("entry__source").annotate(sum=Sum("cents")))
    return [
        Mismatch(source, recorded.get(source, 0), -posted.get(source, 0))
        for source in sorted(recorded | posted)
        if recorded.get(source, 0) != -posted.get(source, 0)
    ]


def csv_rows(report: Report) -> Iterable[list[str]]:
    """The report as a table: heading, districts, total. Amounts in dollars."""
    yield ["State", "District", "Place", "Rate %", "Taxable sales", "Taken off for refunds", "Taxable, net", "Tax"]
    for row in report.rows:
        yield [
            row.state, row.district, row.place, row.percent, str(from_cents(row.taxable + row.refunded)),
            str(from_cents(row.refunded)), str(from_cents(row.taxable)), str(from_cents(row.tax)),
        ]  # fmt: skip
    yield [
        "", "", "Total", "", str(from_cents(report.taxable + report.refunded)), str(from_cents(report.refunded)),
        str(from_cents(report.taxable)), str(from_cents(report.tax)),
    ]  # fmt: skip


def quarters() -> list[Quarter]:
    """From the first record's quarter to the present one, the newest first."""
    first = TaxRecord.objects.order_by("day").values_list("day", flat=True).first()
    found = [Quarter.of(min(first or clock.today(), clock.today()))]
    while found[-1] != Quarter.of(clock.today()):
        found.append(found[-1].following)
    return found[::-1]
