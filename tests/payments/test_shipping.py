"""What delivery costs and by when it is promised."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.shipping.calendar import business_days_after, is_business_day
from catalog.shipping.options import chosen, options_for
from makers.models import Maker

MONDAY = date(2026, 3, 2)


def maker(**changes):
    return Maker(name="Ana", **{"shipping_flat": Decimal("7.50"), "dispatch_days": 3, **changes})


@pytest.mark.parametrize(
    ("day", "count", "promised"),
    [
        (MONDAY, 3, date(2026, 3, 5)),
        (date(2026, 3, 5), 3, date(2026, 3, 10)),
        (date(2026, 3, 7), 0, date(2026, 3, 9)),
        (date(2026, 3, 7), 1, date(2026, 3, 10)),
        (date(2026, 11, 25), 1, date(2026, 11, 27)),
        (date(2026, 5, 22), 1, date(2026, 5, 26)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_weekends_and_holidays_do_not_count(day, count, promised):
    assert business_days_after(day, count) == promised


def test_every_promise_is_a_business_day():
    for offset in range(400):
        assert is_business_day(business_days_after(date.fromordinal(MONDAY.toordinal() + offset), 2))


def test_shipping_is_flat_and_free_above():
    assert [option.cents for option in options_for(maker(), goods_cents=100, today=MONDAY)] == [750]
    generous = maker(free_shipping_above=Decimal("100.00"))
    assert options_for(generous, goods_cents=9_999, today=MONDAY)[0].cents == 750
    assert options_for(generous, goods_cents=10_000, today=MONDAY)[0].cents == 0


def test_pickup_is_offered_where_the_maker_offers_it():
    options = options_for(maker(offers_pickup=True), goods_cents=100, today=MONDAY)
    assert [(option.code, option.cents) for option in options] == [("parcel", 750), ("pickup", 0)]
    assert chosen(options, "pickup").is_pickup


@pytest.mark.parametrize("code", [None, "", "pickup", "drone"])
def test_what_is_not_offered_falls_back_to_the_parcel(code):
    options = options_for(maker(), goods_cents=100, today=MONDAY)
    assert chosen(options, code).code == "parcel"
