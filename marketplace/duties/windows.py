"""When a seller is a high-volume one: pure, over days with sales in Los Angeles.

15 USC 45f(f)(3): 200 or more discrete sales *and* $5,000 or more of gross revenues in any continuous 12 months of the
last 24. 45f(b)(1): from $20,000 of annual gross revenues on buyers learn who the seller is; which twelve months a
year means the statute leaves open, so any continuous twelve of the last 24 count here too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LEAST_SALES, LEAST_CENTS, DISCLOSED_CENTS = 200, 500_000, 2_000_000
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sold:
    """Sales of one day, and their cents."""

    day: date
    sales: int
    cents: int


@dataclass(frozen=True, slots=True)
class Window:
    """Twelve months from `first` to `last`, both included, and what was sold in them."""

    first: date
    last: date
    sales: int
    cents: int

    @property
    def crosses(self) -> bool:
        return self.sales >= LEAST_SALES and self.cents >= LEAST_CENTS

    @property
    def nearness(self) -> float:
        """How much of the way to both thresholds; 1 and more means that it crosses."""
        return min(self.sales / LEAST_SALES, self.cents / LEAST_CENTS)


def years_later(day: date, years: int) -> date:
    """The same day of another year; February 29 becomes March 1 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def first_day(today: date) -> date:
    """The first day of the last 24 months, today being their last."""
    return years_later(today + ONE_DAY, -2)


def windows(days: Sequence[Sold], today: date) -> list[Window]:
    """The twelve months from each day with sales on; a window that starts elsewhere holds no more than one of these.

    `days` in any order; those before the last 24 months and after today are left out. Linear after sorting.
    """
    rows = sorted((row for row in days if first_day(today) <= row.day <= today), key=lambda row: row.day)
    found: list[Window] = []
    end = sales = cents = 0
    for row in rows:
        last = min(years_later(row.day, 1) - ONE_DAY, today)
        while end < len(rows) and rows[end].day <= last:
            sales, cents, end = sales + rows[end].sales, cents + rows[end].cents, end + 1
        if last == today:  # the last twelve months, which hold whatever later days would begin
            return [*found, Window(min(row.day, years_later(today + ONE_DAY, -1)), today, sales, cents)]
        found.append(Window(row.day, last, sales, cents))
        sales, cents = sales - row.sales, cents - row.cents
    return found


def nearest(found: Iterable[Window]) -> Window | None:
    """The window that comes nearest to the thresholds, or went furthest beyond; None without sales."""
    return max(found, key=lambda window: window.nearness, default=None)


def must_disclose(found: Iterable[Window]) -> bool:
    """Whether any twelve months reach the sum from which buyers learn who the seller is."""
    return any(window.cents >= DISCLOSED_CENTS for window in found)
