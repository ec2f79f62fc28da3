"""Which rate at which address on which day, and that tax adds up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.tax.finding import rate_for
from marketplace.tax.models import TableState, TaxRate
from marketplace.tax.places import city_behind, normal
from marketplace.tax.rates import NONE, Destination, Rate, TaxUnknown, Why, place_of_zip, tax_on

SPRING = date(2026, 3, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "zip_code", "day", "ppm"),
    [
        ("CA", "90014", SPRING, 97_500),
        ("CA", "90014-1234", SPRING, 97_500),
        ("CA", "91601", date(2025, 4, 1), 97_500),
        ("CA", "90014", date(2025, 3, 31), 95_000),
        ("CA", "94110", SPRING, 72_500),
        ("CA", "00000", SPRING, 72_500),
        ("CA", "10001", SPRING, 72_500),
        ("NY", "10001", SPRING, 0),
        ("NY", "90014", SPRING, 0),
        ("", "", SPRING, 0),
    ],
)
def test_the_rate_follows_the_address_and_the_day(state, zip_code, day, ppm):
    assert rate_for(Destination(state, zip_code), day).ppm == ppm


ADDRESSES = [
    # city typed, ZIP code, place, ppm, why
    ("Los Angeles", "90014", "Los Angeles", 97_500, Why.TYPED_CITY),
    ("los  ANGELES ", "90014", "Los Angeles", 97_500, Why.TYPED_CITY),
    ("LA", "90014", "Los Angeles", 97_500, Why.TYPED_CITY),
    ("", "90014", "Los Angeles", 97_500, Why.ZIP_CITY),
    ("Los Angelse", "90014", "Los Angeles", 97_500, Why.ZIP_CITY),
    ("Van Nuys", "91411", "Los Angeles", 97_500, Why.TYPED_CITY),
    ("Hollywood", "90028", "Los Angeles", 97_500, Why.TYPED_CITY),
    ("San Pedro", "90731", "Los Angeles", 97_500, Why.TYPED_CITY),
    ("Venice", "90291", "Los Angeles", 97_500, Why.TYPED_CITY),
    ("", "90291", "Los Angeles", 97_500, Why.ZIP_CITY),
    ("Santa Monica", "90401", "Santa Monica", 107_500, Why.TYPED_CITY),
    ("", "90401", "Santa Monica", 107_500, Why.ZIP_CITY),
    ("W Hollywood", "90069", "West Hollywood", 105_000, Why.TYPED_CITY),
    ("Los Angeles", "90069", "Los Angeles", 97_500, Why.TYPED_CITY),  # the Postal Service allows both names
    ("Los Angeles", "90401", "Santa Monica", 107_500, Why.HIGHER_OF_TWO),  # it does not allow this one
    ("West Hollywood", "90048", "West Hollywood", 105_000, Why.TYPED_CITY),
    ("Vernon", "90058", "Vernon", 105_000, Why.TYPED_CITY),
    ("Los Angeles", "90058", "Los Angeles", 97_500, Why.TYPED_CITY),
    ("Commerce", "90040", "City of Commerce", 105_000, Why.TYPED_CITY),
    ("City of Commerce", "90040", "City of Commerce", 105_000, Why.TYPED_CITY),
    ("La Canada Flintridge", "91011", "La Cañada Flintridge", 105_000, Why.TYPED_CITY),
    ("La Cañada", "91011", "La Cañada Flintridge", 105_000, Why.TYPED_CITY),
    ("Altadena", "91001", "Los Angeles County", 97_500, Why.TYPED_CITY),
    ("", "90292", "Los Angeles County", 97_500, Why.COUNTY),
    ("Valencia", "91355", "Santa Clarita", 97_500, Why.TYPED_CITY),
    ("Palmdale", "93550", "Palmdale", 112_500, Why.TYPED_CITY),
    ("San Francisco", "94110", "California", 72_500, Why.STATE),  # until the CDTFA's file is loaded
    ("Santa Monica", "00000", "Santa Monica", 107_500, Why.TYPED_CITY),  # a ZIP code that we don't know
    ("Nowhere", "00000", "California", 72_500, Why.STATE),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("city", "zip_code", "place", "ppm", "why"), ADDRESSES)
def test_an_address_has_one_rate_and_a_reason(city, zip_code, place, ppm, why):
    rate = rate_for(Destination("CA", zip_code, city=city), SPRING)
    assert (rate.place, rate.ppm, rate.why) == (place, ppm, why)
    assert rate.district
    assert TaxRate.objects.get(pk=rate.rate_id).ppm == ppm


@pytest.mark.django_db
def test_a_table_without_rates_says_so_and_is_no_silent_zero():
    TaxRate.objects.all().delete()
    TableState.objects.all().delete()
    with pytest.raises(TaxUnknown):
        rate_for(Destination("CA", "90014"), SPRING)


@pytest.mark.django_db
def test_a_rate_costs_one_query_once_the_table_is_known(django_assert_num_queries):
    rate_for(Destination("CA", "90014"), SPRING)
    with django_assert_num_queries(1):
        rate_for(Destination("CA", "90401", city="Santa Monica"), SPRING)


@pytest.mark.parametrize("zip_code", ["", "9001", "abcde", "٩٠٠١٤", "90014\x00"[:5], "9' OR"])
def test_odd_zip_codes_name_no_place_or_the_right_one(zip_code):
    assert place_of_zip(zip_code) in {("", ""), ("CA", "Los Angeles County")}


@given(st.text(max_size=40))
def test_any_typed_name_is_normal_after_one_step(name):
    once = normal(name)
    assert normal(once) == once
    assert city_behind(name, "los angeles") is None or once


def test_half_a_cent_rounds_up():
    assert tax_on(200, Rate("", 97_500)) == 20  # 19.5
    assert tax_on(4800, Rate("", 97_500)) == 468
    assert tax_on(1000, Rate("", 98_750)) == 99  # 98.75
    assert tax_on(4800, NONE) == 0


def test_rates_are_written_as_people_write_them():
    shown = [Rate("", ppm).percent for ppm in (97_500, 72_500, 95_000, 100_000, 98_750, 0)]
    assert shown == ["9.75", "7.25", "9.5", "10", "9.875", "0"]


@given(st.lists(st.integers(0, 10**7), max_size=30), st.integers(0, 200_000))
def test_line_tax_is_within_half_a_cent_per_line_of_the_exact_tax(lines, ppm):
    reckoned = sum(tax_on(cents, Rate("", ppm)) for cents in lines)
    assert abs(reckoned * 1_000_000 - sum(lines) * ppm) <= 500_000 * len(lines)
