"""A quarter by district adds up to the ledger, whatever is sold and refunded in whatever order."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from marketplace.core import clock
from marketplace.core.money import cumulative_share
from marketplace.payments import ledger
from marketplace.payments.ledger import Posting
from marketplace.tax.models import TaxRecord
from marketplace.tax.rates import Destination
from marketplace.tax.report import Quarter, csv_rows, quarters, report_of
from marketplace.tax.services import RefundedLine, TaxableLine, assess, record, record_refund, record_refund_undone
from tests import factories
from tests.factories import tax as tax_factories

NOON = "2026-05-02 12:00:00-07:00"
ADDRESSES = (("90014", "Los Angeles"), ("90401", "Santa Monica"), ("94110", "San Francisco"), ("10001", ""))


def sell(maker, number: int, amounts, address: tuple[str, str]):
    """Charge lines and book them, as paying does."""
    state = "NY" if address[0] == "10001" else "CA"
    lines = [TaxableLine(f"line:{number}:{index}", cents) for index, cents in enumerate(amounts)]
    rows = assess(lines=lines, destination=Destination(state, address[0], city=address[1]), day=clock.today())
    source, tax = f"charge:pi_{number}", sum(row.tax for row in rows)
    record(source=source, order_number=f"LA-{number}", rows=[(maker, row) for row in rows], day=clock.today())
    ledger.post(
        source=source, description="paid",
        postings=[Posting(ledger.STRIPE, tax), Posting(ledger.TAX, -tax)],
    )  # fmt: skip
    return rows


def give_back(number: int, step: int, lines: list[RefundedLine]):
    source, tax = f"refund:{number}:{step}", sum(line.tax for line in lines)
    record_refund(source=source, charge=f"charge:pi_{number}", lines=lines, day=clock.today())
    ledger.post(
        source=source, description="returned",
        postings=[Posting(ledger.TAX, tax), Posting(ledger.STRIPE, -tax)],
    )  # fmt: skip


SALES = st.lists(
    st.tuples(
        st.lists(st.integers(1, 90_000), min_size=1, max_size=3),
        st.sampled_from(ADDRESSES),
        st.lists(st.tuples(st.integers(0, 2), st.integers(1, 90_000)), max_size=5),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


class SequencesTest(TestCase):
    def setUp(self):
        tax_factories.publish_rates()
        self.maker = factories.maker()

    @settings(max_examples=60)
    @given(SALES)
    def test_report_ledger_and_lines_agree_and_no_line_is_below_zero(self, sales):
        for number, (amounts, address, refunds) in enumerate(sales):
            rows = sell(self.maker, number, amounts, address)
            done = [0] * len(rows)
            for step, (index, wanted) in enumerate(refunds):
                index %= len(rows)
                row = rows[index]
                more = min(wanted, row.taxable - done[index])
                if more <= 0:
                    continue
                tax = cumulative_share(row.tax, done[index], more, row.taxable)
                done[index] += more
                give_back(number, step, [RefundedLine(row.reference, more, tax)])
        report = report_of(Quarter.of(clock.today()))
        assert report.difference == 0
        assert report.mismatches == []
        assert report.tax == -ledger.balance_of(ledger.TAX) == _recorded("tax_cents")
        assert report.taxable == _recorded("taxable_cents")
        sums = TaxRecord.objects.values("order_number", "reference").annotate(
            tax=Sum("tax_cents"), taxable=Sum("taxable_cents")
        )
        assert all(row["tax"] >= 0 and row["taxable"] >= 0 for row in sums)
        assert all(row["tax"] == 0 for row in sums if row["taxable"] == 0)


def _recorded(name: str) -> int:
    return TaxRecord.objects.aggregate(sum=Sum(name))["sum"] or 0


@pytest.mark.django_db
def test_a_refund_is_taken_off_in_its_own_quarter_by_the_rate_that_was_charged():
    maker = factories.maker()
    with time_machine.travel("2026-06-30 23:30:00-07:00", tick=False):
        row = sell(maker, 1, [10_000], ADDRESSES[1])[0]
        assert (row.tax, row.place) == (1_075, "Santa Monica")
    with time_machine.travel("2026-07-01 00:30:00-07:00", tick=False):
        give_back(1, 1, [RefundedLine(row.reference, 4_000, 430)])
        assert [str(quarter) for quarter in quarters()] == ["2026-Q3", "2026-Q2"]
    spring, summer = report_of(Quarter(2026, 2)), report_of(Quarter(2026, 3))
    assert [(found.taxable, found.tax, found.refunded, found.difference) for found in (spring, summer)] == [
        (10_000, 1_075, 0, 0),
        (-4_000, -430, 4_000, 0),
    ]
    assert summer.rows[0].ppm == 107_500
    assert list(csv_rows(summer))[1] == [
        "CA", "CA/los angeles/santa monica", "Santa Monica", "10.75", "0.00", "40.00", "-40.00", "-4.30",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_refund_that_the_bank_sent_back_is_not_taken_off():
    row = sell(factories.maker(), 1, [10_000], ADDRESSES[1])[0]
    for step in (1, 2):
        give_back(1, step, [RefundedLine(row.reference, 2_000, 215)])
    record_refund_undone(source="refund-failed:1", refund="refund:1:2", day=clock.today())
    found = report_of(Quarter.of(clock.today())).rows[0]
    assert (found.taxable, found.refunded, found.tax) == (8_000, 2_000, 860)


@pytest.mark.django_db
def test_a_sale_that_was_booked_but_not_recorded_is_named():
    with time_machine.travel(NOON, tick=False):
        maker = factories.maker()
        sell(maker, 1, [10_000], ADDRESSES[0])
        ledger.post(
            source="charge:pi_lost", description="paid",
            postings=[Posting(ledger.STRIPE, 99), Posting(ledger.TAX, -99)],
        )  # fmt: skip
        ledger.post(
            source="tax-paid:2026-Q1", description="paid to the CDTFA",
            postings=[Posting(ledger.TAX, 5_000), Posting(ledger.BANK, -5_000)],
        )  # fmt: skip
        report = report_of(Quarter(2026, 2))
    assert (report.tax, report.posted, report.difference) == (975, 1_074, -99)
    assert [(row.source, row.recorded, row.posted) for row in report.mismatches] == [("charge:pi_lost", 0, 99)]


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-Q0", "2026-Q5", "2026-Q11", "1999-Q1", "٢٠٢٦-Q1", "2026-Q1 ", "x-Q1"]
)
def test_odd_quarters_are_none(text):
    assert Quarter.parse(text) is None


@given(st.dates(date(2000, 1, 1), date(2999, 12, 31)))
def test_every_day_lies_in_its_quarter_and_quarters_follow_each_other(day):
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert Quarter.parse(str(quarter)) == quarter
    assert (quarter.following.first - quarter.last).days == 1


@pytest.fixture
def desk(client):
    from tests import access

    user = tax_factories.bookkeeper()
    return access.signed_in(user, second_factor=True)


@pytest.mark.django_db
def test_the_report_is_shown_and_downloaded(desk):
    with time_machine.travel(NOON, tick=False):
        sell(factories.maker(), 1, [10_000, 5_000], ADDRESSES[1])
    page = desk.get("/staff/tax/report/?quarter=2026-Q2").content.decode()
    assert "Santa Monica" in page
    assert "$16.13" in page  # 10.75 and 5.38
    assert "The books differ" not in page
    answer = desk.get("/staff/tax/report.csv?quarter=2026-Q2")
    assert 'filename="sales-tax-2026-Q2.csv"' in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[1][2:] == ["Santa Monica", "10.75", "150.00", "0.00", "150.00", "16.13"]
    assert rows[-1][-1] == "16.13"
    assert desk.get("/staff/tax/report/?quarter=odd").status_code == 200
