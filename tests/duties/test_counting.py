"""Sales counted from the ledger, by day and month, and the figures of Form 1099-K made of them."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.order.models import MakerOrder
from marketplace import fulfilment
from marketplace.core import clock
from marketplace.duties import tax_forms, watching
from marketplace.duties.counting import count_sales, day_before
from marketplace.duties.models import SalesDay, SalesLook, SalesMonth, SellerCheck
from marketplace.payments import ledger
from marketplace.payments.ledger import Posting
from marketplace.payments.models import LedgerPosting, PostingKind
from tests import factories
from tests.factories import duties
from tests.fulfilment.shop import basket_with, pay, place

pytestmark = pytest.mark.django_db


def buy(standin, *pieces, quantity=1):
    attempt = place(basket_with(*pieces, quantity=quantity))
    pay(standin, attempt)
    return fulfilment.finalize(attempt_id=attempt.pk).order


def book(part: MakerOrder, source: str, moment, goods: int, shipping: int = 0) -> None:
    """A charge in the ledger at a moment, without an order of its own."""
    with clock.at(moment):
        ledger.post(source=source, description="Sold", postings=[
            Posting(ledger.STRIPE, goods + shipping), Posting(ledger.MAKERS, -goods, part, PostingKind.SALE),
            Posting(ledger.MAKERS, -shipping, part, PostingKind.SHIPPING),
        ])  # fmt: skip


@pytest.fixture
def part():
    """A part to book on."""
    return place(basket_with(factories.certified_product())).order.maker_orders.get()


def test_what_one_shopper_buys_of_a_maker_at_once_is_one_sale(standin):
    maker = factories.maker()
    pieces = [factories.certified_product(maker), factories.certified_product(maker), factories.certified_product()]
    order = buy(standin, *pieces, quantity=2)
    count_sales(None)
    row = SalesDay.objects.get(maker=maker)
    part = order.maker_orders.get(maker=maker)
    assert (row.sales, row.day) == (1, clock.today())
    assert row.cents == part.goods_cents + part.shipping_cents, "no tax, no fee taken off"
    assert SalesDay.objects.count() == 2


def test_refunds_and_what_could_not_be_fulfilled(standin):
    piece = factories.certified_product()
    part = buy(standin, piece).maker_orders.get()
    count_sales(None)
    before = SalesDay.objects.get().cents
    owner = factories.owner_of(piece.maker)
    fulfilment.refund_part(user=owner, maker_order=part, reason="Broken.")
    attempt = place(basket_with(piece))
    pay(standin, attempt)
    type(piece.maker).objects.update(is_open=False)
    fulfilment.finalize(attempt_id=attempt.pk)
    count_sales(None)
    row = SalesDay.objects.get()
    assert (row.sales, row.cents) == (1, before), "a refund lowers no gross, and what was given back whole is no sale"


def test_the_figures_are_what_the_ledger_says_of_sales(standin):
    pieces = [factories.certified_product(price=price) for price in ("48.00", "129.95")]
    for chosen in (pieces, pieces[:1], pieces[1:]):
        buy(standin, *chosen)
    watching.watch_sales()
    for piece in pieces:
        (figures,) = tax_forms.figures_of([piece.maker], clock.today().year)
        kinds = (PostingKind.SALE, PostingKind.DISCOUNT, PostingKind.SHIPPING)
        rows = LedgerPosting.objects.filter(account=ledger.MAKERS, maker=piece.maker, kind__in=kinds)
        assert figures.cents == -rows.aggregate(sum=Sum("cents"))["sum"] > 0
        assert figures.sales == 2
        assert sum(figures.months) == figures.cents


def test_a_day_is_a_los_angeles_day(part):
    late = clock.end_of(date(2026, 3, 31)) - timedelta(minutes=1)
    book(part, "charge:1", late, 1_000)
    book(part, "charge:2", late + timedelta(minutes=2), 2_000, 500)
    count_sales(None)
    assert list(SalesDay.objects.order_by("day").values_list("day", "sales", "cents")) == [
        (date(2026, 3, 31), 1, 1_000), (date(2026, 4, 1), 1, 2_500),
    ]  # fmt: skip
    assert list(SalesMonth.objects.order_by("month").values_list("month", "cents")) == [
        (date(2026, 3, 1), 1_000), (date(2026, 4, 1), 2_500),
    ]  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.lists(st.tuples(st.integers(0, 99), st.integers(1, 90_000)), max_size=4)),
        max_size=6,
    )
)
def test_counting_bit_by_bit_is_counting_everything_at_once(part, looks):
    """Between two looks, some hours apart, sales are booked at any share of that time."""
    with transaction.atomic():
        look, since = clock.start_of(date(2026, 3, 7)), None  # summer time begins the day after
        for number, (hours, sold) in enumerate(looks):
            for at, (share, cents) in enumerate(sold):
                book(part, f"charge:{number}:{at}", look + timedelta(hours=hours * share / 100), cents)
            look += timedelta(hours=hours)
            count_sales(since)
            since = day_before(look)
        bit_by_bit = counted()
        SalesDay.objects.all().delete()
        SalesMonth.objects.all().delete()
        count_sales(None)
        assert bit_by_bit == counted()
        assert sum(row[2] for row in counted()[0]) == sum(cents for _hours, sold in looks for _share, cents in sold)
        transaction.set_rollback(True)


def counted() -> tuple[list, list]:
    """What stands in the tables of days and months."""
    return (
        sorted(SalesDay.objects.values_list("day", "sales", "cents")),
        sorted(SalesMonth.objects.values_list("month", "sales", "cents")),
    )


def test_only_makers_that_sold_since_the_last_look_are_looked_at(part, monkeypatch):
    book(part, "charge:old", clock.now() - timedelta(days=40), 1_000)
    watching.watch_sales()
    looked = []
    monkeypatch.setattr(watching, "judge", looked.append)
    watching.watch_sales()
    assert looked == []
    book(part, "charge:new", clock.now(), 1_000)
    watching.watch_sales()
    assert looked == [[part.maker_id]]
    assert SalesLook.objects.count() == 1


def test_two_hundred_sales_in_the_ledger_begin_a_check(part):
    for number in range(200):
        book(part, f"charge:{number}", clock.now() - timedelta(days=number), 2_500)
    watching.watch_sales()
    check = SellerCheck.objects.get()
    assert (check.window_sales, check.window_cents) == (200, 500_000)


@pytest.mark.parametrize(
    ("sales", "cents", "expected"),
    [(201, 2_000_001, True), (200, 2_000_001, False), (201, 2_000_000, False), (5_000, 100, False)],
)
def test_beyond_both_thresholds_a_maker_is_reported(sales, cents, expected):
    maker = factories.maker()
    SalesMonth.objects.create(maker=maker, month=date(2026, 5, 1), sales=sales - 100, cents=cents - 50)
    SalesMonth.objects.create(maker=maker, month=date(2026, 12, 1), sales=100, cents=50)
    SalesMonth.objects.create(maker=maker, month=date(2025, 12, 1), sales=999, cents=1)
    assert (maker in tax_forms.reported(2026)) is expected
    (figures,) = tax_forms.figures_of([maker], 2026)
    assert (figures.sales, figures.cents, figures.is_reported) == (sales, cents, expected)
    assert (figures.months[4], figures.months[11]) == (cents - 50, 50)


def test_years_before_the_table_have_no_threshold():
    with pytest.raises(LookupError):
        tax_forms.threshold_of(2024)
    assert tax_forms.threshold_of(2031).cents == 2_000_000


def test_the_address_is_what_the_maker_gave_else_its_own_workplace():
    maker = factories.maker()
    factories.workplace(maker, operated_by="contractor", contractor_name="Zinc Floor", line1="9 Contractor St")
    factories.workplace(maker, line1="1 First St")
    factories.workplace(maker, line1="2 Second St")
    (figures,) = tax_forms.figures_of([maker], 2026)
    assert figures.address == ("1 First St", "Los Angeles", "CA", "90079")
    duties.given(maker)
    (figures,) = tax_forms.figures_of([maker], 2026)
    assert figures.address == ("734 S Wall St", "Los Angeles", "CA", "90014")


def test_the_file_holds_what_the_form_needs_and_no_formula(client, admin_code):
    maker = factories.maker(name="=Ana & Co", stripe_account="acct_1")
    SalesMonth.objects.create(maker=maker, month=date(2026, 5, 1), sales=300, cents=2_500_050)
    admin_code(client, duties.officer())
    assert "Ana &amp; Co" in client.get("/staff/duties/1099k/?year=2026").content.decode()
    header, row = client.get("/staff/duties/1099k.csv?year=2026").content.decode().splitlines()
    assert header.startswith("maker,stripe_account,legal_name")
    cells = row.split(",")
    assert cells[:4] == [str(maker.pk), "acct_1", "'=Ana & Co LLC", "'=Ana & Co"]
    assert cells[8:11] == ["25000.50", "300", "0.00"]
    assert cells[11:] == ["0.00"] * 4 + ["25000.50"] + ["0.00"] * 7


@pytest.mark.parametrize("year", ["2024", "x", "20266", "-2026"])
def test_a_year_without_a_table_is_404(client, admin_code, year):
    admin_code(client, duties.officer())
    assert client.get(f"/staff/duties/1099k/?year={year}").status_code == 404
    assert client.get(f"/staff/duties/1099k.csv?year={year}").status_code == 404


def test_a_maker_reads_its_own_year(client):
    mine, other = factories.maker(), factories.maker()
    SalesMonth.objects.create(maker=mine, month=date(2026, 5, 1), sales=3, cents=12_345)
    SalesMonth.objects.create(maker=other, month=date(2026, 5, 1), sales=3, cents=98_765)
    client.force_login(factories.owner_of(mine))
    page = client.get("/studio/duties/1099k/2026/").content.decode()
    assert "$123.45" in page
    assert "$987.65" not in page
    assert client.get("/studio/duties/1099k/2025/").status_code == 404
