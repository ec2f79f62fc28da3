"""The thresholds at their edges, and the windows against a count of every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.duties.windows import (
    DISCLOSED_CENTS,
    LEAST_CENTS,
    LEAST_SALES,
    Sold,
    first_day,
    must_disclose,
    nearest,
    windows,
    years_later,
)

TODAY = date(2026, 11, 29)
ONE = timedelta(days=1)


def crosses(*days: Sold, today: date = TODAY) -> bool:
    best = nearest(windows(days, today))
    return best is not None and best.crosses


@pytest.mark.parametrize(
    ("sales", "cents", "expected"),
    [
        (200, 500_000, True), (199, 500_000, False), (200, 499_999, False), (199, 9_999_999, False),
        (9_999, 499_999, False), (201, 500_001, True), (0, 0, False),
    ],
)  # fmt: skip
def test_both_thresholds_must_be_reached(sales, cents, expected):
    assert crosses(Sold(TODAY, sales, cents)) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (date(2025, 11, 30), date(2026, 11, 29), True),  # the first and the last day of twelve months
        (date(2025, 11, 29), date(2026, 11, 29), False),  # a day too far apart
        (date(2024, 11, 30), date(2025, 11, 29), True),  # the oldest twelve months that count
        (date(2024, 11, 29), date(2025, 11, 28), False),  # its first day was 24 months ago
        (date(2025, 1, 31), date(2026, 1, 30), True), (date(2025, 1, 31), date(2026, 1, 31), False),
    ],
)  # fmt: skip
def test_twelve_months_of_the_last_twenty_four(first, second, expected):
    assert crosses(Sold(first, 100, 250_000), Sold(second, 100, 250_000)) is expected


def test_sales_and_sum_are_asked_of_the_same_twelve_months():
    assert not crosses(Sold(date(2025, 1, 1), 200, 100), Sold(date(2026, 6, 1), 1, 600_000))


def test_a_sale_after_today_does_not_count():
    assert not crosses(Sold(TODAY + ONE, 500, 5_000_000))


def test_a_leap_day_begins_and_ends_a_year():
    assert years_later(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert first_day(date(2026, 2, 28)) == date(2024, 3, 1)


@pytest.mark.parametrize(("cents", "expected"), [(DISCLOSED_CENTS, True), (DISCLOSED_CENTS - 1, False)])
def test_buyers_learn_of_twenty_thousand_dollars(cents, expected):
    assert must_disclose(windows([Sold(TODAY, 1, cents)], TODAY)) is expected


def every_window(days: list[Sold], today: date) -> list[tuple[int, int]]:
    """(sales, cents) of every twelve months that lie wholly in the last 24, day by day."""
    start, found = first_day(today), []
    while (last := years_later(start, 1) - ONE) <= today:
        inside = [row for row in days if start <= row.day <= last]
        found.append((sum(row.sales for row in inside), sum(row.cents for row in inside)))
        start += ONE
    return found


@st.composite
def some_sales(draw):
    today = draw(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
    ages = draw(st.lists(st.integers(0, 800), max_size=8, unique=True))
    days = [Sold(today - timedelta(days=age), draw(st.integers(1, 150)), draw(st.integers(0, 400_000))) for age in ages]
    return days, today


@given(some_sales())
def test_windows_from_days_with_sales_find_what_all_windows_find(found):
    days, today = found
    everything = every_window(days, today)
    expected = any(sales >= LEAST_SALES and cents >= LEAST_CENTS for sales, cents in everything)
    assert crosses(*days, today=today) is expected
    most = max((cents for _sales, cents in everything), default=0)
    assert max((window.cents for window in windows(days, today)), default=0) == most
