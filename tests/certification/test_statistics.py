"""The program's numbers equal a recount of the rows, add up, and a draw can be repeated by anyone."""

import csv
import io
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
import time_machine
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from certification.models import Appeal, Application, AuditHead, Certificate, Complaint
from certification.register import figures, statistics
from certification.selectors import register_rows
from certification.services import appeals, applications, certificates, complaints, review, surveillance
from makers.models import Maker
from marketplace.core import clock
from tests import factories
from tests.factories import aftercare


@pytest.fixture(autouse=True)
def _counted_anew():
    cache.delete("register-statistics")


@given(st.lists(st.integers(0, 10_000), max_size=40))
def test_half_lie_on_either_side_of_the_median(numbers):
    middle = statistics.median(numbers)
    if not numbers:
        assert middle is None
        return
    assert isinstance(middle, Decimal)
    assert 2 * sum(number < middle for number in numbers) <= len(numbers)
    assert 2 * sum(number > middle for number in numbers) <= len(numbers)
    assert middle * 2 == int(middle * 2)


@pytest.mark.parametrize(("numbers", "middle"), [([3], "3"), ([1, 2], "1.5"), ([9, 1, 5], "5"), ([0, 0, 7, 8], "3.5")])
def test_the_median(numbers, middle):
    assert statistics.median(numbers) == Decimal(middle)


@pytest.fixture
def some_years(db):
    """Two years of everything: grants, refusals, what was taken back, appeals, reports, sanctions."""
    now = clock.now()
    staff = factories.decider()
    with clock.at(now - timedelta(days=500)):
        old = factories.certify(factories.product())
        factories.refused(factories.product())
    with clock.at(now - timedelta(days=30)):
        slow = factories.submitted(factories.product())
    assert slow.submitted_at < now
    made = [factories.certify(factories.product()) for _ in range(4)]
    certificates.suspend(user=staff, certificate=made[0], reason="A false label.", reasons=["misuse"])
    certificates.withdraw(user=staff, certificate=made[1], reason="In Vernon.", reasons=["outside_area"])
    Maker.objects.filter(pk=made[2].maker_id).update(legal_name="Another name")
    case = factories.submitted(factories.product())
    applications.withdraw_application(user=factories.owner_of(case.maker), application=case)
    appeal = aftercare.appeal()
    appeals.drop(user=factories.owner_of(appeal.maker), appeal=appeal)
    aftercare.appeal()
    report = aftercare.complaint(made[3])
    other = factories.staff("Evaluators", "Decision makers")
    complaints.look_at(user=other, complaint=report)
    aftercare.complaint(old)
    return made


def numbers_of(name: str) -> dict[int, dict]:
    [table] = [table for table in statistics.tables() if table.name == name]
    found: dict[int, dict] = {year: {} for year, _values in table.rows}
    for year, column, value in table.figures():
        found[year][column] = value
    return found


def year_of(moment) -> int:
    return moment.astimezone(clock.LOS_ANGELES).year


def test_applications_equal_a_recount(some_years):
    counted = numbers_of("applications")
    assert len(counted) == 2
    rows = [row for row in Application.objects.all() if row.submitted_at]
    assert sum(numbers["received"] for numbers in counted.values()) == len(rows)
    for year, numbers in counted.items():
        here = [row for row in rows if year_of(row.submitted_at) == year]
        status = Counter(row.status for row in here)
        assert numbers["received"] == len(here)
        assert [numbers[name] for name in ("granted", "refused", "withdrawn")] == [
            status[name] for name in ("granted", "refused", "withdrawn")
        ]
        parts = ("granted", "refused", "withdrawn", "under_way")
        assert numbers["received"] == sum(numbers[name] for name in parts)
        assert numbers["median_days"] == 0


def test_certificates_equal_the_register(some_years):
    counted = numbers_of("certificates")
    rows = Counter(
        (row.certificate.valid_from.year, row.status.value) for row in register_rows(Certificate.objects.all())
    )
    assert sum(rows.values()) == sum(numbers["issued"] for numbers in counted.values())
    for year, numbers in counted.items():
        assert {name: count for name, count in numbers.items() if name != "issued"} == {
            name: rows[year, name] for name in ("valid", "suspended", "withdrawn", "expired", "superseded")
        }
    assert counted[clock.today().year]["suspended"] == 2


@pytest.mark.parametrize(("name", "model"), [("appeals", Appeal), ("complaints", Complaint)])
def test_appeals_and_reports_equal_a_recount(some_years, name, model):
    [(year, numbers)] = numbers_of(name).items()
    status = Counter(model.objects.values_list("status", flat=True))
    ended = [column for column in numbers if column not in ("received", "open")]
    assert numbers["received"] == 2 == numbers["open"] + sum(numbers[column] for column in ended)
    assert [numbers[column] for column in ended] == [status[column] for column in ended]
    assert year == clock.today().year


def test_new_years_eve_is_counted_in_los_angeles(db):
    with time_machine.travel("2026-01-01T07:59:00Z", tick=False):
        factories.submitted(factories.product())
    with time_machine.travel("2026-01-01T08:00:00Z", tick=False):
        factories.submitted(factories.product())
    assert {year: numbers["received"] for year, numbers in numbers_of("applications").items()} == {2026: 1, 2025: 1}


def test_days_to_the_decision(db):
    start = clock.now()
    with time_machine.travel(start, tick=False):
        cases = [factories.evaluated(factories.product()) for _ in range(2)]
    for case, days in zip(cases, (3, 10), strict=True):
        with time_machine.travel(start + timedelta(days=days), tick=False):
            review.grant(user=factories.decider(), application=case, claims=case.claims, reason="Granted.")
    assert numbers_of("applications")[year_of(start)]["median_days"] == Decimal("6.5")


def test_page_csv_and_json_say_the_same(client, some_years):
    page = client.get("/register/statistics/").text
    data = client.get("/register/statistics.json").json()
    lines = list(
        csv.DictReader(io.StringIO(b"".join(client.get("/register/statistics.csv").streaming_content).decode()))
    )
    assert str(AuditHead.objects.get()) in page
    assert data["audit_chain"] == str(AuditHead.objects.get())
    assert lines
    for line in lines:
        [year] = [row for row in data[line["table"]] if row["year"] == int(line["year"])]
        value = year[line["figure"]]
        assert ("" if value is None else str(value)) == line["value"]
        assert line["value"] in page
    assert client.get("/es/register/statistics/").status_code == 200


def test_the_draw_can_be_repeated_with_what_the_page_gives(client, db, tmp_path):
    pieces = [factories.product() for _ in range(25)]
    factories.certify_in_bulk(pieces)
    check = aftercare.drawn()
    draw = check.draw
    page = client.get(f"/register/surveillance/{draw.year}/")
    assert draw.seed in page.text
    assert "SuperLotto Plus" in page.text
    drawn = [item.certificate.number for item in draw.checks.order_by("position")]
    places = [page.text.index(number) for number in drawn]
    assert len(drawn) == 3
    assert all(first < second for first, second in pairwise(places))
    file = tmp_path / "population.csv"
    file.write_bytes(b"".join(client.get(f"/register/surveillance/{draw.year}.csv").streaming_content))
    script = tmp_path / "repeat_draw.py"
    script.write_text(page.context["script"])
    assert page.context["script"] == figures.SCRIPT.read_text()
    command = [sys.executable, str(script), draw.seed, str(draw.share), str(file)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert printed.stdout.split() == drawn
    surveillance.pass_check(user=factories.staff("Evaluators", "Decision makers"), check=check, report="As certified.")
    assert numbers_of("surveillance") == {
        draw.year: {"population": 25, "drawn": 3, "due": 2, "passed": 1, "failed": 0, "moot": 0}
    }
    text = client.get(f"/register/surveillance/{draw.year}/").text
    assert "Passed" in text
    assert "As certified." not in text


def test_a_year_without_a_draw_is_404(client, db):
    assert client.get("/register/surveillance/2001/").status_code == 404
    assert client.get("/register/surveillance/99999999999999999999/").status_code == 404
    assert client.get("/register/surveillance/2001.csv").status_code == 404
