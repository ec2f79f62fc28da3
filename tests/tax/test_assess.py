"""Lines to tax, and the record of it: what is taxable, and that refunds never give back more than was charged."""

from datetime import date

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.core.append_only import AppendOnlyError
from marketplace.core.money import cumulative_share
from marketplace.tax.models import Obligation, TaxRate, TaxRecord
from marketplace.tax.rates import Destination
from marketplace.tax.services import (
    Kind,
    OverRefunded,
    RefundedLine,
    TaxableLine,
    assess,
    record,
    record_refund,
    record_refund_undone,
    taxable_cents,
)
from tests import factories

DAY = date(2026, 3, 1)
HOME = Destination("CA", "90014", city="Los Angeles")

LINES = [
    # kind, amount, the carrier's cost, taxable
    (Kind.GOODS, 4_800, None, 4_800),
    (Kind.GOODS, 0, None, 0),
    (Kind.SHIPPING, 900, None, 0),
    (Kind.SHIPPING, 900, 900, 0),
    (Kind.SHIPPING, 900, 650, 250),
    (Kind.SHIPPING, 900, 1_200, 0),
    (Kind.HANDLING, 300, None, 300),
    (Kind.SHIPPING_AND_HANDLING, 900, None, 900),
    (Kind.SHIPPING_AND_HANDLING, 900, 650, 250),
    (Kind.PICKUP, 500, None, 500),
]


@pytest.mark.parametrize(("kind", "amount", "cost", "taxable"), LINES)
def test_what_is_taxable_of_a_charge(kind, amount, cost, taxable):
    line = TaxableLine("a", amount, kind, cost)
    assert taxable_cents(line) == taxable
    assert taxable_cents(line, taxes_shipping=True) == amount


def test_a_negative_charge_is_refused():
    with pytest.raises(ValueError, match="negative"):
        taxable_cents(TaxableLine("a", -1))


@pytest.mark.django_db
def test_tax_is_per_line_with_the_place_and_the_rate_that_was_used():
    lines = [TaxableLine("line:1", 333), TaxableLine("line:2", 333), TaxableLine("shipping", 900, Kind.SHIPPING)]
    taxed = assess(lines=lines, destination=Destination("CA", "90401", city="Santa Monica"), day=DAY)
    assert [(row.reference, row.taxable, row.tax) for row in taxed] == [
        ("line:1", 333, 36),
        ("line:2", 333, 36),
        ("shipping", 0, 0),
    ]  # 35.7975 each
    assert {(row.place, row.state, row.ppm) for row in taxed} == {("Santa Monica", "CA", 107_500)}
    assert TaxRate.objects.get(pk=taxed[0].rate_id).place == "Santa Monica"


@pytest.mark.django_db
def test_a_state_without_an_obligation_is_untaxed():
    row = assess(lines=[TaxableLine("line:1", 5_000)], destination=Destination("NY", "10001"), day=DAY)[0]
    assert (row.taxable, row.tax, row.rate_id, row.state) == (0, 0, None, "NY")


@pytest.fixture
def charged(db):
    """Two lines recorded as charged."""
    maker = factories.maker()
    rows = assess(lines=[TaxableLine("line:1", 4_800), TaxableLine("line:2", 1_000)], destination=HOME, day=DAY)
    record(source="charge:pi_1", order_number="LA-1", rows=[(maker, row) for row in rows], day=DAY)
    return rows


def test_what_was_charged_is_kept_once_and_for_good(charged):
    row = TaxRecord.objects.first()
    record(source="charge:pi_1", order_number="LA-1", rows=[(row.maker, again) for again in charged], day=DAY)
    assert TaxRecord.objects.count() == 2
    assert (row.taxable_cents, row.tax_cents, row.rate_ppm, row.place) == (4_800, 468, 97_500, "Los Angeles")
    assert row.rate.ppm == 97_500
    row.tax_cents = 0
    with pytest.raises(AppendOnlyError):
        row.save()


def test_a_refund_is_kept_with_its_sign_and_its_own_day(charged):
    later = date(2026, 4, 2)
    for _twice in range(2):
        record_refund(source="refund:r1", charge="charge:pi_1", lines=[RefundedLine("line:1", 2_400, 234)], day=later)
    row = TaxRecord.objects.get(source="refund:r1")
    assert (row.taxable_cents, row.tax_cents, row.day, row.reverses.reference) == (-2_400, -234, later, "line:1")
    assert (row.order_number, row.place, row.rate_ppm) == ("LA-1", "Los Angeles", 97_500)


@pytest.mark.parametrize("line", [(4_801, 468), (4_800, 469), (2_401, 1), (1, 235), (-1, 0), (0, -1)])
def test_more_than_was_charged_never_goes_back(charged, line):
    if line in [(2_401, 1), (1, 235)]:
        record_refund(source="refund:r1", charge="charge:pi_1", lines=[RefundedLine("line:1", 2_400, 234)], day=DAY)
    before = TaxRecord.objects.count()
    with pytest.raises(OverRefunded):
        record_refund(
            source="refund:r2", charge="charge:pi_1", day=DAY,
            lines=[RefundedLine("line:2", 10, 1), RefundedLine("line:1", *line)],
        )  # fmt: skip
    assert TaxRecord.objects.count() == before


def test_a_refund_that_came_back_can_be_given_again(charged):
    whole = [RefundedLine("line:1", 4_800, 468)]
    record_refund(source="refund:r1", charge="charge:pi_1", lines=whole, day=DAY)
    with pytest.raises(OverRefunded):
        record_refund(source="refund:r2", charge="charge:pi_1", lines=whole, day=DAY)
    for _twice in range(2):
        record_refund_undone(source="refund-failed:r1", refund="refund:r1", day=DAY)
    record_refund(source="refund:r2", charge="charge:pi_1", lines=whole, day=DAY)
    assert TaxRecord.objects.filter(reference="line:1").aggregate(sum=Sum("tax_cents"))["sum"] == 0


@settings(max_examples=2_000)
@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**5), min_size=1, max_size=12))
def test_shares_taken_one_after_the_other_are_exact_at_the_end(total, parts):
    whole = sum(parts)
    if whole == 0:
        with pytest.raises(ValueError, match="no part"):
            cumulative_share(total, 0, 0, whole)
        return
    done, given_back = 0, 0
    for more in parts:
        share = cumulative_share(total, done, more, whole)
        assert share >= 0
        done, given_back = done + more, given_back + share
        assert given_back <= total
        assert given_back * whole <= total * done
    assert given_back == total
    with pytest.raises(ValueError, match="no part"):
        cumulative_share(total, done, 1, whole)


@pytest.mark.django_db
def test_an_obligation_with_rates_is_taxed_with_its_own_rule_for_shipping():
    from marketplace.tax import table

    load = TaxRate.objects.first().load
    TaxRate.objects.create(load=load, state="WA", place="Washington", ppm=65_000, from_day=date(2026, 1, 1))
    Obligation.objects.create(state="WA", from_day=date(2026, 2, 1), taxes_shipping=True, note="nexus")
    table.changed()
    lines = [TaxableLine("line:1", 1_000), TaxableLine("shipping", 500, Kind.SHIPPING)]
    there = Destination("WA", "98101", city="Seattle")
    assert [row.tax for row in assess(lines=lines, destination=there, day=DAY)] == [65, 33]
    assert [row.tax for row in assess(lines=lines, destination=there, day=date(2026, 1, 31))] == [0, 0]
