"""Business days: neither weekends nor the holidays on which the post office is closed (5 USC 6103)."""

from collections.abc import Sequence
from datetime import date, timedelta

Closed = Sequence[tuple[date, date]]  # first and last day, both included

FIXED = {(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)}
# month -> (weekday, which one): third Monday of January and so on
FLOATING = {1: (0, 3), 2: (0, 3), 9: (0, 1), 10: (0, 2), 11: (3, 4)}


def is_holiday(day: date) -> bool:
    """Whether `day` is a federal holiday; one on a weekend is not moved, the weekend is free anyway."""
    if (day.month, day.day) in FIXED:
        return True
    if day.month == 5:  # the last Monday of May
        return day.weekday() == 0 and day.day > 24
    weekday, which = FLOATING.get(day.month, (-1, 0))
    return day.weekday() == weekday and (day.day - 1) // 7 + 1 == which


def is_business_day(day: date, closed: Closed = ()) -> bool:
    return day.weekday() < 5 and not is_holiday(day) and not any(first <= day <= last for first, last in closed)


def business_days_after(day: date, count: int, closed: Closed = ()) -> date:
    """The day that is `count` business days later; with 0, `day` itself or the next business day.

    Nothing is done on the days in `closed`.
    """
    if count < 0:
        raise ValueError("count forward")
    while not is_business_day(day, closed):
        day += timedelta(days=1)
    for _ in range(count):
        day += timedelta(days=1)
        while not is_business_day(day, closed):
            day += timedelta(days=1)
    return day
