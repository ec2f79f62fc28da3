"""Stripe Tax behind the same interface: asked once, never a silent zero, booked after paying, taken back on refunds."""

from datetime import date
from unittest import mock

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from marketplace.core import outbox
from marketplace.payments import gateway
from marketplace.tax import committing
from marketplace.tax.checks import check_provider, check_rates
from marketplace.tax.models import TaxCommit, TaxReversal
from marketplace.tax.providers import provider_name
from marketplace.tax.rates import Destination, TaxUnknown
from marketplace.tax.services import (
    Kind,
    RefundedLine,
    TaxableLine,
    assess,
    record,
    record_refund,
    record_refund_undone,
)
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 2)
HOME = Destination("CA", "90014", "110 E 9th St", "Los Angeles")
LINES = [TaxableLine("line:1", 4_800), TaxableLine("line:2", 1_001), TaxableLine("shipping:1", 900, Kind.SHIPPING)]


@pytest.fixture
def by_stripe(standin, settings):
    settings.TAX_PROVIDER = "stripe"
    cache.clear()
    yield standin
    cache.clear()


def test_stripes_answer_has_the_shape_of_our_own(by_stripe):
    rows = assess(lines=LINES, destination=HOME, day=DAY)
    assert [(row.reference, row.taxable, row.tax, row.amount) for row in rows] == [
        ("line:1", 4_800, 468, 4_800), ("line:2", 1_001, 98, 1_001), ("shipping:1", 0, 0, 900),
    ]  # fmt: skip
    assert {row.ppm for row in rows[:2]} == {97_500}
    assert rows[0].place
    assert rows[0].state == "CA"
    assert rows[0].calculation
    assert rows[0].rate_id is None


def test_the_same_question_is_asked_once_and_not_at_all_inside_a_transaction(by_stripe):
    with pytest.raises(TaxUnknown, match="not asked"):
        assess(lines=LINES, destination=HOME, day=DAY, ask=False)
    rows = assess(lines=LINES, destination=HOME, day=DAY)
    with mock.patch.object(gateway, "calculate_tax", side_effect=AssertionError):
        assert assess(lines=LINES, destination=HOME, day=DAY) == rows
        assert assess(lines=LINES, destination=HOME, day=DAY, ask=False) == rows
    for other in (
        {"lines": LINES[:2]}, {"destination": Destination("CA", "90401", city="Santa Monica")},
        {"day": date(2026, 5, 3)},
    ):  # fmt: skip
        with pytest.raises(TaxUnknown):
            assess(**({"lines": LINES, "destination": HOME, "day": DAY} | other), ask=False)


def test_a_state_without_an_obligation_needs_no_question(by_stripe):
    with mock.patch.object(gateway, "calculate_tax", side_effect=AssertionError):
        rows = assess(lines=LINES, destination=Destination("NY", "10001"), day=DAY)
    assert [row.tax for row in rows] == [0, 0, 0]


@pytest.mark.parametrize("error", [gateway.Unreachable("gone"), gateway.GatewayError("no such address")])
def test_without_an_answer_nothing_is_reckoned(by_stripe, error):
    with mock.patch.object(gateway, "calculate_tax", side_effect=error), pytest.raises(TaxUnknown):
        assess(lines=LINES, destination=HOME, day=DAY)
    assert assess(lines=LINES, destination=HOME, day=DAY)[0].tax == 468  # the failure is not remembered


def test_an_answer_for_other_lines_is_no_answer(by_stripe):
    wrong = gateway.TaxAnswer("calc_1", 1, 0, [gateway.TaxedLine("line:9", 4_800, 1, "California", "725", "CA")])
    with mock.patch.object(gateway, "calculate_tax", return_value=wrong), pytest.raises(TaxUnknown):
        assess(lines=LINES, destination=HOME, day=DAY)


def test_tax_on_shipping_is_split_to_the_cent(by_stripe):
    answer = gateway.TaxAnswer("calc_1", 101, 101, [gateway.TaxedLine("line:1", 4_800, 0, "New York", "0", "NY")])
    lines = [LINES[0], TaxableLine("shipping:1", 1, Kind.SHIPPING), TaxableLine("shipping:2", 2, Kind.SHIPPING)]
    with mock.patch.object(gateway, "calculate_tax", return_value=answer):
        rows = assess(lines=lines, destination=HOME, day=DAY)
    assert [row.tax for row in rows] == [0, 34, 67]


def of_one_maker(rows):
    maker = factories.maker()
    return [(maker, row) for row in rows]


@pytest.fixture
def charged(by_stripe):
    """Recorded as a paid order does it; what is queued waits in the outbox."""
    rows = assess(lines=LINES, destination=HOME, day=DAY)
    record(source="charge:pi_1", order_number="LA-1", rows=of_one_maker(rows), day=DAY)
    return rows


def _reversed_tax(standin, made: TaxCommit) -> int:
    """The tax that the stand-in took back of a transaction."""
    total = 0
    for back in made.reversals.exclude(reversal_id=""):
        lines = standin.client.v1.tax.transactions.line_items.list(back.reversal_id).data
        total += sum(line.amount_tax for line in lines)
    return -total


def test_what_was_charged_is_booked_once(charged):
    made = TaxCommit.objects.get()
    assert (made.tax_cents, made.gross_cents, made.transaction_id) == (566, 4_800 + 1_001 + 900 + 566, "")
    outbox.deliver()
    made.refresh_from_db()
    assert made.transaction_id
    with mock.patch.object(gateway, "commit_tax", side_effect=AssertionError):
        committing.commit({"commit": made.pk, "order": "LA-1"})
    record(source="charge:pi_1", order_number="LA-1", rows=of_one_maker(charged), day=DAY)
    assert TaxCommit.objects.count() == 1


def test_one_calculation_holds_the_lines_of_several_makers(by_stripe):
    rows = assess(lines=LINES, destination=HOME, day=DAY)
    makers = [factories.maker() for _row in rows]
    record(source="charge:pi_1", order_number="LA-1", rows=list(zip(makers, rows, strict=True)), day=DAY)
    made = TaxCommit.objects.get()
    assert (made.tax_cents, made.gross_cents) == (566, 4_800 + 1_001 + 900 + 566)
    assert made.references == [row.reference for row in rows]


def test_a_calculation_that_two_orders_charged_is_booked_for_the_first(by_stripe, caplog):
    rows = assess(lines=LINES, destination=HOME, day=DAY)
    for number in (1, 2):
        record(source=f"charge:pi_{number}", order_number="LA-1", rows=of_one_maker(rows), day=DAY)
    assert TaxCommit.objects.get().source == "charge:pi_1"
    assert "books it once" in caplog.text


def test_refunds_take_back_the_tax_they_gave_back(charged, by_stripe):
    outbox.deliver()
    record_refund(source="refund:1", charge="charge:pi_1", lines=[RefundedLine("line:1", 2_400, 234)], day=DAY)
    outbox.deliver()
    made = TaxCommit.objects.get()
    assert abs(_reversed_tax(by_stripe, made) - 234) <= 1  # Stripe spreads one sum over the lines
    rest = [RefundedLine("line:1", 2_400, 234), RefundedLine("line:2", 1_001, 98)]
    record_refund(source="refund:2", charge="charge:pi_1", lines=rest, day=DAY)
    outbox.deliver()
    assert sum(back.amount_cents for back in made.reversals.all()) == made.gross_cents
    assert _reversed_tax(by_stripe, made) == made.tax_cents


def test_what_is_not_booked_yet_is_taken_back_later(charged):
    record_refund(source="refund:1", charge="charge:pi_1", lines=[RefundedLine("line:2", 1_001, 98)], day=DAY)
    back = TaxReversal.objects.get()
    with pytest.raises(committing.NotYet):
        committing.reverse({"reversal": back.pk})
    outbox.deliver()
    back.refresh_from_db()
    assert back.reversal_id


def test_a_refund_that_came_back_is_for_people_and_is_not_taken_back_twice(charged):
    outbox.deliver()
    lines = [RefundedLine("line:2", 1_001, 98)]
    record_refund(source="refund:1", charge="charge:pi_1", lines=lines, day=DAY)
    record_refund_undone(source="refund-failed:1", refund="refund:1", day=DAY)
    assert TaxReversal.objects.get().is_undone
    whole = [RefundedLine("line:1", 4_800, 468), *lines]
    record_refund(source="refund:2", charge="charge:pi_1", lines=whole, day=DAY)
    made = TaxCommit.objects.get()
    assert sum(back.tax_cents for back in made.reversals.all()) == made.tax_cents
    assert sum(back.amount_cents for back in made.reversals.all()) == made.gross_cents


def test_the_table_books_nothing_at_stripe():
    rows = assess(lines=LINES, destination=HOME, day=DAY)
    record(source="charge:pi_1", order_number="LA-1", rows=of_one_maker(rows), day=DAY)
    record_refund(source="refund:1", charge="charge:pi_1", lines=[RefundedLine("line:1", 4_800, 468)], day=DAY)
    assert not TaxCommit.objects.exists()
    assert not TaxReversal.objects.exists()


def test_the_checks_name_what_is_wrong(settings):
    assert check_provider(None) == []
    assert [found.id for found in check_rates(None, databases=["default"])] == ["tax.W001"]
    assert check_rates(None, databases=None) == []
    settings.TAX_PROVIDER = "stripe"
    assert check_rates(None, databases=["default"]) == []
    settings.TAX_PROVIDER = "guess"
    assert [found.id for found in check_provider(None)] == ["tax.E001"]
    with pytest.raises(ImproperlyConfigured):
        provider_name()
