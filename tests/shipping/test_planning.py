"""Which parcels are planned, what they cost and by when they are promised."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.shipping.calendar import business_days_after, is_business_day
from catalog.shipping.options import chosen, options_for
from catalog.shipping.planning import Item, by_weight, cost_of, parcels_for
from catalog.shipping.terms import Terms

MONDAY = date(2026, 3, 2)
FLAT = Terms(profile=1, cents=750, handling_cents=0, free_above_cents=None, dispatch_days=3)
HEAVY = Terms(2, 0, 200, 20_000, 5, steps=((16, 500), (48, 900), (160, 1500)))


def item(line_id=1, quantity=1, weight_oz=0, making_days=0, terms=FLAT):
    return Item(line_id, quantity, weight_oz, making_days, terms)


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


@pytest.mark.parametrize(
    ("weight", "cents"),
    [(0, 500), (16, 500), (17, 900), (48, 900), (160, 1500), (161, 2000), (320, 3000), (340, 3900)],
)
def test_a_price_by_weight_and_beyond_the_heaviest_step(weight, cents):
    assert by_weight(HEAVY.steps, weight) == cents


@pytest.mark.parametrize(
    ("terms", "goods", "cost"),
    [
        (FLAT, 100, (750, 0)),
        (HEAVY, 19_999, (1100, 200)),
        (HEAVY, 20_000, (0, 0)),
        (Terms(None, 0, 0, 0, 0), 1, (0, 0)),
    ],
)
def test_handling_is_a_stated_part_and_free_is_free(terms, goods, cost):
    assert cost_of([item(quantity=2, weight_oz=20, terms=terms)], goods) == cost


def test_made_to_order_leaves_later_in_a_parcel_of_its_own():
    parcels = parcels_for([item(1), item(2, making_days=10), item(3)], goods_cents=100, today=MONDAY)
    assert [(parcel.number, parcel.line_ids, parcel.cents, parcel.promised_on) for parcel in parcels] == [
        (1, (1, 3), 750, date(2026, 3, 5)), (2, (2,), 750, date(2026, 3, 19)),
    ]  # fmt: skip


def test_pickup_is_offered_where_the_maker_offers_it_and_costs_nothing():
    options = options_for([item(), item(2, terms=HEAVY)], pickup=True, goods_cents=100, today=MONDAY)
    assert [(option.code, option.cents) for option in options] == [("parcel", 750 + 700), ("pickup", 0)]
    assert chosen(options, "pickup").is_pickup


@pytest.mark.parametrize("code", [None, "", "pickup", "drone"])
def test_what_is_not_offered_falls_back_to_the_parcel(code):
    options = options_for([item()], pickup=False, goods_cents=100, today=MONDAY)
    assert chosen(options, code).code == "parcel"


def steps():
    pairs = st.lists(st.tuples(st.integers(1, 500), st.integers(0, 5000)), max_size=5, unique_by=lambda pair: pair[0])
    return pairs.map(lambda rows: tuple(zip(sorted(oz for oz, _ in rows), sorted(c for _, c in rows), strict=True)))


def all_terms(number):
    return st.builds(
        Terms, st.just(number), st.integers(0, 5000), st.integers(0, 900), st.none() | st.integers(0, 90_000),
        st.integers(0, 90), steps(),
    )  # fmt: skip


@st.composite
def baskets(draw):
    terms = [draw(all_terms(number)) for number in range(1, draw(st.integers(1, 3)) + 1)]
    rows = draw(
        st.lists(
            st.tuples(st.integers(1, 9), st.integers(0, 900), st.sampled_from([0, 0, 5, 20]), st.sampled_from(terms)),
            min_size=1, max_size=8,
        )
    )  # fmt: skip
    return [Item(number, *row) for number, row in enumerate(rows, start=1)]


@given(baskets(), st.integers(0, 100_000), st.dates(date(2026, 1, 1), date(2032, 1, 1)), st.booleans())
def test_parcels_part_the_lines_and_their_costs_add_up(items, goods, today, pickup):
    option = options_for(items, pickup=True, goods_cents=goods, today=today)[int(pickup)]
    held = [line for parcel in option.parcels for line in parcel.line_ids]
    assert sorted(held) == [item.line_id for item in items]
    assert [parcel.number for parcel in option.parcels] == list(range(1, len(option.parcels) + 1))
    assert option.cents == sum(parcel.cents for parcel in option.parcels)
    for parcel in option.parcels:
        own = [item for item in items if item.line_id in parcel.line_ids]
        assert 0 <= parcel.handling_cents <= parcel.cents
        assert is_business_day(parcel.promised_on)
        assert parcel.promised_on >= today
        assert {business_days_after(today, item.terms.dispatch_days + item.making_days) for item in own} == {
            parcel.promised_on
        }
        if not pickup:
            assert (parcel.cents, parcel.handling_cents) == cost_of(own, goods)


@given(st.integers(0, 2000), st.integers(0, 400))
def test_more_weight_never_costs_less(weight, more):
    assert by_weight(HEAVY.steps, weight) <= by_weight(HEAVY.steps, weight + more)
