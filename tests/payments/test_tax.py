"""Which rate where and when, and that tax adds up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.tax.rates import NONE, Destination, Rate, place_of_zip, rate_for, tax_on, tax_on_lines


@pytest.mark.parametrize(
    ("state", "zip_code", "day", "rate"),
    [
        ("CA", "90014", date(2026, 3, 1), 975),
        ("CA", "90014-1234", date(2026, 3, 1), 975),
        ("CA", "91601", date(2025, 4, 1), 975),
        ("CA", "90014", date(2025, 3, 31), 950),
        ("CA", "94110", date(2026, 3, 1), 725),
        ("CA", "00000", date(2026, 3, 1), 725),
        ("CA", "10001", date(2026, 3, 1), 725),
        ("NY", "10001", date(2026, 3, 1), 0),
        ("NY", "90014", date(2026, 3, 1), 0),
        ("", "", date(2026, 3, 1), 0),
    ],
)
def test_the_rate_follows_the_address_and_the_day(state, zip_code, day, rate):
    assert rate_for(Destination(state, zip_code), day).ten_thousandths == rate


@pytest.mark.parametrize("zip_code", ["", "9001", "abcde", "٩٠٠١٤", "90014\x00"[:5], "9' OR"])
def test_odd_zip_codes_name_no_place_or_the_right_one(zip_code):
    assert place_of_zip(zip_code) in {("", ""), ("CA", "Los Angeles County")}


def test_half_a_cent_rounds_up():
    assert tax_on(200, Rate("", 975)) == 20  # 19.5
    assert tax_on(4800, Rate("", 975)) == 468
    assert tax_on(4800, NONE) == 0


def test_rates_are_written_as_people_write_them():
    assert [Rate("", number).percent for number in (975, 725, 950, 1000, 0)] == ["9.75", "7.25", "9.5", "10", "0"]


@given(st.lists(st.integers(0, 10**7), max_size=30))
def test_line_tax_is_within_half_a_cent_per_line_of_the_exact_tax(lines):
    exact_times_10000 = sum(lines) * 975
    reckoned = sum(tax_on_lines(lines, Rate("", 975)))
    assert abs(reckoned * 10_000 - exact_times_10000) <= 5_000 * len(lines)
