"""Placements and the counter: only what two people put on record counts, and it equals a recount."""

import csv
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification.models import AuditEntry
from makers.training import selectors
from makers.training.models import Placement
from makers.training.permissions import ConflictError
from makers.training.services import placements as service
from makers.training.services.placements import Start
from makers.training.targets import TARGETS
from makers.training.words import COUNTED, Kind, Partner, PlacementStatus
from makers.training.workflow import WrongMoment
from marketplace.core import clock
from tests import factories
from tests.factories import training

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    return {bar.kind.value: bar.counted for bar in selectors.progress()}


def test_the_targets_are_those_of_the_initiative():
    assert {(target.kind.value, target.number, target.counts) for target in TARGETS} == {
        ("training", 3000, "completed"), ("pre_apprenticeship", 400, "started"), ("apprenticeship", 100, "started"),
    }  # fmt: skip


def test_a_placement_counts_once_a_second_person_confirmed_it():
    row = training.recorded(kind=Kind.APPRENTICESHIP)
    assert counted()["apprenticeship"] == 0
    service.confirm_placement(user=training.coordinator(), placement=row)
    assert counted()["apprenticeship"] == 1


def test_a_training_counts_once_it_is_completed_and_an_early_end_never():
    first, second = training.confirmed(), training.confirmed()
    assert counted()["training"] == 0
    user = training.coordinator()
    service.complete_placement(user=user, placement=first, day=clock.today())
    service.end_placement(user=user, placement=second, day=clock.today(), reason="Moved away.")
    bar = next(bar for bar in selectors.progress() if bar.kind == "training")
    assert (bar.counted, bar.total.started, bar.total.completed, bar.total.ended) == (1, 2, 1, 1)


def test_who_is_not_a_coordinator_records_nothing():
    maker = factories.maker()
    start = Start(maker=maker, kind="training", partner="city", started_on=clock.today(), reference="A.B.")
    for stranger in (factories.owner_of(maker), factories.evaluator(), factories.decider(), factories.person()):
        with pytest.raises(PermissionDenied):
            service.record_placement(user=stranger, start=start)
    assert not Placement.objects.exists()


def test_a_coordinator_records_nothing_for_their_own_maker():
    user = training.coordinator()
    maker = factories.maker(owner=user)
    with pytest.raises(ConflictError):
        training.recorded(user, maker=maker)
    assert not Placement.objects.exists()


def test_through_us_the_record_names_the_application_and_no_person():
    row = training.taken_on()
    start = {"maker": row.place.maker, "kind": row.place.kind, "applicant": row, "reference": "Robin F."}
    made = training.recorded(started_on=clock.today(), **start)
    assert (made.applicant, made.reference) == (row, "")
    with pytest.raises(WrongMoment, match="on record already"):
        training.recorded(started_on=clock.today(), **start)


def test_through_us_maker_and_kind_are_those_of_the_place():
    row = training.taken_on()
    for wrong in ({"maker": factories.maker()}, {"kind": Kind.TRAINING}):
        start = {"maker": row.place.maker, "kind": row.place.kind, "applicant": row} | wrong
        with pytest.raises(ValidationError, match="those of the place"):
            training.recorded(started_on=clock.today(), **start)


def test_who_was_not_taken_on_is_not_recorded():
    row = training.applicant()
    with pytest.raises(WrongMoment, match="not taken this person on"):
        training.recorded(
            maker=row.place.maker, kind=row.place.kind, applicant=row, started_on=clock.today()
        )  # fmt: skip


@pytest.mark.parametrize("days", [1, 400])
def test_a_start_that_lies_ahead_is_refused(days):
    with pytest.raises(ValidationError, match="lies ahead"):
        training.recorded(started_on=clock.today() + timedelta(days))


def test_an_end_lies_between_the_start_and_today():
    row, user = training.confirmed(), training.coordinator()
    for day in (row.started_on - timedelta(1), clock.today() + timedelta(1)):
        with pytest.raises(ValidationError):
            service.complete_placement(user=user, placement=row, day=day)
        with pytest.raises(ValidationError):
            service.end_placement(user=user, placement=row, day=day, reason="x")
    row.refresh_from_db()
    assert (row.status, row.ended_on) == ("confirmed", None)


def test_a_correction_is_a_new_row_and_the_old_one_stays_with_its_reason():
    old = training.confirmed(kind=Kind.APPRENTICESHIP)
    start = Start(
        maker=old.maker, kind=Kind.PRE_APPRENTICESHIP, partner="viterbi", started_on=old.started_on, reference="B.C."
    )  # fmt: skip
    new = service.correct_placement(user=training.coordinator(), placement=old, start=start, reason="Wrong kind.")
    old.refresh_from_db()
    assert (old.status, new.corrects, new.status) == ("void", old, "recorded")
    assert counted() == {"training": 0, "pre_apprenticeship": 0, "apprenticeship": 0}
    assert AuditEntry.objects.get(verb="staff:placement:void").kept.reason == "Wrong kind."
    service.confirm_placement(user=training.coordinator(), placement=new)
    assert counted()["pre_apprenticeship"] == 1


def test_a_correction_stays_with_the_person():
    row = training.taken_on()
    old = training.recorded(maker=row.place.maker, kind=row.place.kind, applicant=row, started_on=clock.today())
    start = Start(maker=old.maker, kind=old.kind, partner="city", started_on=clock.today() - timedelta(2))
    new = service.correct_placement(user=training.coordinator(), placement=old, start=start, reason="Day was wrong.")
    assert new.applicant == row
    assert list(selectors.not_yet_recorded()) == []


def test_a_refused_correction_leaves_the_old_record_counting():
    old = training.confirmed(kind=Kind.APPRENTICESHIP)
    ahead = Start(
        maker=old.maker, kind=old.kind, partner="city", started_on=clock.today() + timedelta(9), reference="A.B."
    )  # fmt: skip
    with pytest.raises(ValidationError):
        service.correct_placement(user=training.coordinator(), placement=old, start=ahead, reason="Day.")
    old.refresh_from_db()
    assert old.status == "confirmed"


def test_who_was_taken_on_waits_at_the_desk_until_the_start_is_recorded():
    row = training.taken_on()
    assert list(selectors.not_yet_recorded()) == [row]
    made = training.recorded(maker=row.place.maker, kind=row.place.kind, applicant=row, started_on=clock.today())
    assert list(selectors.not_yet_recorded()) == []
    service.void_placement(user=training.coordinator(), placement=made, reason="Never came.")
    assert list(selectors.not_yet_recorded()) == [row]


RECORDS = st.lists(
    st.tuples(
        st.sampled_from(Kind.values), st.sampled_from(Partner.values), st.sampled_from(PlacementStatus.values),
        st.dates(date(2021, 11, 1), date(2026, 2, 28)), st.integers(0, 500),
    ),
    max_size=25,
)  # fmt: skip


@given(RECORDS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_page_and_open_data_equal_a_recount(client, records):
    Placement.objects.all().delete()
    maker, user = factories.maker(), training.coordinator()
    Placement.objects.bulk_create(
        Placement(
            maker=maker, kind=kind, partner=partner, status=status, started_on=start, reference="x", recorded_by=user,
            recorded_at=clock.now(), ended_on=start + timedelta(days) if status in ("completed", "ended") else None,
        )
        for kind, partner, status, start, days in records
    )  # fmt: skip
    starts, completed, ended = Counter(), Counter(), Counter()
    for kind, _partner, status, start, days in records:
        starts[kind, start.year] += status in [item.value for item in COUNTED]
        completed[kind, (start + timedelta(days)).year] += status == "completed"
        ended[kind, (start + timedelta(days)).year] += status == "ended"
    for bar in selectors.progress():
        for year in range(2021, 2028):
            found = bar.years.get(year, selectors.Numbers())
            key = (bar.kind.value, year)
            assert (found.started, found.completed, found.ended) == (starts[key], completed[key], ended[key])
        assert bar.total.started == sum(number for (kind, _), number in starts.items() if kind == bar.kind)
        assert 0 <= bar.percent <= 100 * bar.counted / bar.target.number
    lines = list(csv.DictReader(client.get("/training/progress.csv").text.splitlines()))
    for name, recount in (("started", starts), ("completed", completed), ("ended_early", ended)):
        assert sum(int(line[name]) for line in lines) == sum(recount.values())
