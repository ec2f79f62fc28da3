"""Figures for Form 1099-K: what was paid for each maker's sales in a calendar year, by month.

Gross as duties.counting says: without sales tax, which the marketplace owes and pays itself, and without reduction for
fees, refunds or shipping (instructions for Form 1099-K, box 1a). A sale belongs to the Los Angeles day on which the
card was charged. Figures help to file; whether and what must be filed a tax adviser says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from makers.models import Maker, Workplace

from .models import SalesMonth, SellerCheck


@dataclass(frozen=True, slots=True)
class Threshold:
    """A payee is reported where gross and number both go beyond."""

    from_year: int
    cents: int
    sales: int


# Section 6050W(e) as Public Law 119-21, section 70432, left it.
THRESHOLDS = (Threshold(2025, 2_000_000, 200),)


def threshold_of(year: int) -> Threshold:
    """The threshold of a calendar year. Raises LookupError for years before the table begins."""
    rows = [row for row in THRESHOLDS if row.from_year <= year]
    if not rows:
        raise LookupError(f"no threshold is known for {year}")
    return max(rows, key=lambda row: row.from_year)


@dataclass(frozen=True, slots=True)
class Figures:
    """A maker's year: twelve months of gross cents, their sum, and the number of sales."""

    maker: Maker
    year: int
    sales: int
    cents: int
    months: tuple[int, ...]
    address: tuple[str, str, str, str] = ("", "", "", "")

    @property
    def by_month(self) -> list[tuple[date, int]]:
        """First days of the months with their cents."""
        return [(date(self.year, number, 1), cents) for number, cents in enumerate(self.months, start=1)]

    @property
    def is_reported(self) -> bool:
        limit = threshold_of(self.year)
        return self.cents > limit.cents and self.sales > limit.sales


def years_with_sales() -> list[int]:
    """Years of which there are figures and a threshold, newest first."""
    found = SalesMonth.objects.dates("month", "year", order="DESC")
    return [day.year for day in found if day.year >= THRESHOLDS[0].from_year]


def reported(year: int) -> QuerySet[Maker]:
    """Makers beyond the threshold of a year, by name, with `year_sales` and `year_cents`."""
    limit = threshold_of(year)
    sums = (
        SalesMonth.objects.filter(month__range=(date(year, 1, 1), date(year, 12, 31))).values("maker")
        .annotate(all_sales=Sum("sales"), all_cents=Sum("cents"))
        .filter(all_sales__gt=limit.sales, all_cents__gt=limit.cents)
    )  # fmt: skip
    return Maker.objects.filter(pk__in=sums.values("maker")).order_by("legal_name", "pk")


def figures_of(makers: Iterable[Maker], year: int) -> list[Figures]:
    """The year of each of these makers, in their order; three queries whatever their number."""
    makers = list(makers)
    ids = [maker.pk for maker in makers]
    rows: dict[int, dict[int, tuple[int, int]]] = {pk: {} for pk in ids}
    found = SalesMonth.objects.filter(maker__in=ids, month__range=(date(year, 1, 1), date(year, 12, 31)))
    for maker_id, month, sales, cents in found.values_list("maker", "month", "sales", "cents"):
        rows[maker_id][month.month] = (sales, cents)
    addresses = _addresses(ids)
    return [
        Figures(
            maker=maker, year=year, sales=sum(sales for sales, _cents in rows[maker.pk].values()),
            cents=sum(cents for _sales, cents in rows[maker.pk].values()),
            months=tuple(rows[maker.pk].get(month, (0, 0))[1] for month in range(1, 13)),
            address=addresses.get(maker.pk, ("", "", "", "")),
        )
        for maker in makers
    ]  # fmt: skip


def _addresses(ids: list[int]) -> dict[int, tuple[str, str, str, str]]:
    """Street, city, state and ZIP code: as the maker gave it of itself last, else of its first own workplace."""
    found = {}
    for place in Workplace.objects.filter(maker__in=ids).order_by("operated_by", "-pk"):
        found[place.maker_id] = _lines(place)
    for check in SellerCheck.objects.filter(maker__in=ids, answer__isnull=False).select_related("answer"):
        found[check.maker_id] = _lines(check.answer)
    return found


def _lines(row) -> tuple[str, str, str, str]:
    street = ", ".join(part for part in (row.line1, row.line2) if part)
    return street, row.city, row.state, row.zip_code
