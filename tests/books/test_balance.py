"""The trial balance: sums of every account to the end of a Los Angeles day, the same with and without kept totals."""

import csv
import io
import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.books import balance
from marketplace.books.balance import csv_rows, first_days, gather, trial_balance
from marketplace.books.models import DayTotal, Mark
from marketplace.core import clock
from marketplace.payments import ledger
from marketplace.payments.ledger import Posting
from marketplace.payments.models import LedgerPosting
from tests import access
from tests.factories import books

pytestmark = pytest.mark.django_db
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def post(source: str, at: datetime, **cents: int):
    with clock.at(at):
        ledger.post(
            source=source, description=source,
            postings=[Posting(account, amount) for account, amount in cents.items()],
        )  # fmt: skip


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=LOS_ANGELES)


def of(day: date) -> dict[str, tuple[int, int]]:
    return {row.account: (row.debit, row.credit) for row in trial_balance(day).rows if row.debit or row.credit}


def test_debits_credits_and_zero():
    day = date(2026, 5, 4)
    post("sale", noon(day), stripe=10_000, makers=-9_000, fees=-900, tax=-100)
    post("fee", noon(day), stripe_fees=320, stripe=-320)
    found = trial_balance(day)
    assert of(day) == {
        "stripe": (10_000, 320), "makers": (0, 9_000), "fees": (0, 900), "tax": (0, 100), "stripe_fees": (320, 0),
    }  # fmt: skip
    assert (found.debit, found.credit, found.sum) == (10_320, 10_320, 0)
    assert (found.tax_payable, found.fees_earned, found.borne) == (100, 900, 320)
    assert [row.account for row in found.rows] == list(ledger.ACCOUNTS), "empty accounts are shown too"


def test_a_day_ends_at_midnight_in_los_angeles():
    day = date(2026, 7, 31)
    last = datetime(2026, 7, 31, 23, 59, 59, tzinfo=LOS_ANGELES)
    post("last", last, stripe=1, bank=-1)
    post("next", last + timedelta(seconds=1), stripe=10, bank=-10)
    for _ in range(2):
        assert of(day)["stripe"] == (1, 0)
        assert of(day + timedelta(days=1))["stripe"] == (11, 0)
        everything_is_gathered()


def everything_is_gathered():
    with time_machine.travel(clock.now() + timedelta(days=400), tick=False):
        gather()
    with time_machine.travel(clock.now() + timedelta(days=401), tick=False):
        gather()
    assert Mark.objects.get().upto == LedgerPosting.objects.latest("pk").pk


def test_month_quarter_and_year_of_the_chosen_day():
    assert first_days(date(2026, 5, 4)) == {
        "month": date(2026, 5, 1), "quarter": date(2026, 4, 1), "year": date(2026, 1, 1),
    }  # fmt: skip
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 1))
    for number, day in enumerate(days):
        post(f"{day}", noon(day), stripe=10**number, fees=-(10**number))
    for _ in range(2):
        fees = trial_balance(date(2026, 5, 31)).results[0]
        assert (fees.month, fees.quarter, fees.year, fees.all) == (1000, 1100, 1110, 1111)
        everything_is_gathered()


def test_what_is_borne_is_taken_off_the_fees():
    day = date(2026, 5, 4)
    post("x", noon(day), fees=-1000, stripe_fees=100, disputes=200, promotions=50, explained=-7, stripe=657)
    found = trial_balance(day)
    assert [row.month for row in found.results] == [1000, -100, -200, -50, 7]
    assert found.result.all == 657


def test_kept_totals_give_what_adding_up_gives():
    """For any order of posting and gathering, backdated entries and any day."""
    chance = random.Random(7)
    start = datetime(2026, 1, 1, tzinfo=LOS_ANGELES)
    moment = clock.now()
    for number in range(120):
        cents, at = chance.randint(-500, 500) or 1, start + timedelta(hours=chance.randint(0, 24 * 300))
        account, other = chance.sample(ledger.ACCOUNTS, 2)
        post(f"{number}", at, **{account: cents, other: -cents})
        if chance.random() < 0.2:
            moment += timedelta(minutes=chance.choice([1, 11]))
            with time_machine.travel(moment, tick=False):
                gather()
    assert DayTotal.objects.exists()
    days = [date(2026, 1, 1) + timedelta(days=chance.randint(0, 300)) for _ in range(12)]
    kept = [trial_balance(day) for day in days]
    DayTotal.objects.all().delete()
    Mark.objects.all().delete()
    assert kept == [trial_balance(day) for day in days]
    assert all(found.sum == 0 for found in kept)


def test_a_posting_whose_transaction_ends_late_is_not_forgotten():
    """Its number may be lower than one that was gathered: a run takes only what an earlier run saw."""
    post("early", clock.now(), stripe=5, bank=-5)
    gather()
    assert Mark.objects.get().upto == 0, "the first run only looks"
    gather()
    assert Mark.objects.get().upto == 0, "within minutes nothing is taken"


def test_a_run_takes_so_many_and_the_next_one_the_rest(monkeypatch):
    for number in range(5):
        post(f"{number}", clock.now(), stripe=5, bank=-5)
    monkeypatch.setattr(balance, "MOST", 4)
    before, upto = trial_balance(clock.today()), []
    monkeypatch.setattr(balance, "QUIET", timedelta(0))
    first = LedgerPosting.objects.earliest("pk").pk
    Mark.objects.update(upto=first - 1, seen=first - 1)
    for _ in range(5):
        gather()
        upto.append(Mark.objects.get().upto - first + 1)
        assert trial_balance(clock.today()) == before
    assert upto == [0, 4, 8, 10, 10]


def test_queries_do_not_grow_with_entries():
    counts = []
    for size in (1, 30):
        for number in range(size):
            post(f"{size}:{number}", clock.now(), stripe=5, bank=-5)
        with CaptureQueriesContext(connection) as captured:
            trial_balance(clock.today())
        counts.append(len(captured))
    assert counts[0] >= counts[1]


def test_the_page_its_day_and_its_file():
    desk = access.signed_in(books.bookkeeper(), second_factor=True)
    post("sale", noon(date(2026, 5, 4)), stripe=10_000, fees=-9_900, tax=-100)
    page = desk.get("/staff/books/?day=2026-05-04").content.decode()
    assert "Sales tax of 2026-Q2 by district" in page
    assert "$99.00" in page
    assert "$99.00" not in desk.get("/staff/books/?day=2026-05-03").content.decode()
    rows = list(csv.reader(io.StringIO(desk.get("/staff/books/balance.csv?day=2026-05-04").content.decode())))
    assert rows[1] == ["stripe", "Held at Stripe", "100.00", "0.00", "100.00"]
    assert rows[-1] == ["", "Sum", "100.00", "100.00", "0.00"]
    assert list(csv_rows(trial_balance(date(2026, 5, 4)))) == rows


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "0001-01-01", "9999-12-31", "%00"])
def test_an_odd_day_is_said_at_the_field_and_today_is_shown(day):
    desk = access.signed_in(books.bookkeeper(), second_factor=True)
    answer = desk.get(f"/staff/books/?day={day}")
    assert answer.status_code == 422
    assert 'id="id_day_error"' in answer.content.decode()
    assert "Held at Stripe" in answer.content.decode()
    assert desk.get(f"/staff/books/balance.csv?day={day}").url.startswith("/staff/books/?day=")
