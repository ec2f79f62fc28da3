"""Every status, every action, every actor: what the tables allow happens, everything else changes nothing."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied

from certification.models import AuditEntry
from makers.training.models import Applicant, Place, Placement
from makers.training.permissions import ConflictError
from makers.training.words import Action, ApplicantStatus, PlacementStatus, PlaceStatus
from makers.training.workflow import APPLICANT, PLACE, PLACEMENT, TABLES, WrongMoment, perform, possible_actions
from marketplace.core import clock
from tests import factories
from tests.factories import training

pytestmark = pytest.mark.django_db
EXPECTED = """
place draft publish published maker
place draft withdraw withdrawn maker
place published close closed maker
place published expire closed clock
place published withdraw withdrawn maker
applicant received invite invited maker
applicant received take_on taken_on maker
applicant received decline declined maker
applicant received withdraw withdrawn person
applicant invited take_on taken_on maker
applicant invited decline declined maker
applicant invited withdraw withdrawn person
applicant taken_on withdraw withdrawn person
placement recorded confirm confirmed staff
placement recorded void void staff
placement confirmed complete completed staff
placement confirmed end ended staff
placement confirmed void void staff
placement completed void void staff
placement ended void void staff
"""
STATUSES = {Place: PlaceStatus, Applicant: ApplicantStatus, Placement: PlacementStatus}


def rows_of_the_tables():
    for model, table in TABLES.items():
        for (status, action), transition in table.items():
            yield f"{model._meta.model_name} {status} {action} {transition.to} {transition.source}"


def test_the_tables_are_these():
    assert set(rows_of_the_tables()) == set(EXPECTED.split("\n")) - {""}


@pytest.fixture
def cast():
    """A row of each kind at one maker, and everyone who might act on it."""
    maker = factories.maker()
    recorder = training.coordinator()
    rows = {
        Place: training.draft(maker),
        Applicant: training.applicant(training.published(maker)),
        Placement: training.recorded(recorder, maker=maker),
    }
    actors = {
        "maker": factories.owner_of(maker), "other maker": factories.owner_of(factories.maker()),
        "staff": training.coordinator(), "evaluator": factories.evaluator(), "shopper": factories.person(),
        "person": None,
    }  # fmt: skip
    return rows, actors, recorder


def test_every_pair_of_status_and_action_for_every_actor(cast):
    rows, actors, _recorder = cast
    for model, row in rows.items():
        for status, action in itertools.product(STATUSES[model], Action):
            model.objects.filter(pk=row.pk).update(status=status)
            row.refresh_from_db()
            transition = TABLES[model].get((status, action))
            for name, actor in actors.items():
                _try_one(model, row, status, action, transition, name, actor)


def _try_one(model, row, status, action, transition, name, actor):
    may = transition and {"clock": "person"}.get(transition.source, transition.source) == name
    entries = AuditEntry.objects.count()
    if may:
        moved = perform(row=row, action=action, actor=actor)
        assert moved.status == transition.to, (status, action, name)
        entry = AuditEntry.objects.first()
        assert (entry.verb, entry.kept.actor) == (f"{transition.source}:{model._meta.model_name}:{action}", actor)
        assert (entry.before, entry.after) == ({"status": status}, {"status": transition.to})
        model.objects.filter(pk=row.pk).update(status=status)
        return
    with pytest.raises(PermissionDenied if transition else WrongMoment):
        perform(row=row, action=action, actor=actor)
    assert model.objects.get(pk=row.pk).status == status, (status, action, name)
    assert AuditEntry.objects.count() == entries
    if actor:
        assert action not in possible_actions(model.objects.get(pk=row.pk), actor)


def test_who_recorded_does_not_confirm(cast):
    rows, actors, recorder = cast
    with pytest.raises(ConflictError, match="someone else confirms"):
        perform(row=rows[Placement], action=Action.CONFIRM, actor=recorder)
    assert possible_actions(rows[Placement], recorder) == [Action.VOID]
    assert Action.CONFIRM in possible_actions(rows[Placement], actors["staff"])


def test_nobody_keeps_records_for_a_maker_they_belong_to(cast):
    rows, actors, _recorder = cast
    placement, tied = rows[Placement], actors["staff"]
    placement.maker.memberships.create(user=tied, role="staff")
    for status, action in PLACEMENT:
        Placement.objects.filter(pk=placement.pk).update(status=status)
        with pytest.raises(ConflictError, match="a tie to this maker"):
            perform(row=placement, action=action, actor=tied)
        assert Placement.objects.get(pk=placement.pk).status == status
    assert possible_actions(placement, tied) == []


def test_a_tie_declared_at_the_certification_desk_counts_too():
    from certification.models import ConflictOfInterest

    placement, tied = training.recorded(), training.coordinator()
    ConflictOfInterest.objects.create(user=tied, maker=placement.maker, reason="Family.", declared_at=clock.now())
    with pytest.raises(ConflictError):
        perform(row=placement, action=Action.CONFIRM, actor=tied)


def test_nothing_leads_out_of_an_end():
    ends = {"withdrawn", "declined", "void", "closed"}
    assert not [key for table in (PLACE, APPLICANT, PLACEMENT) for key in table if key[0] in ends]
