"""The demo's certificates stand in the register as if issued day by day."""

import random

import pytest

from certification.models import Application, Certificate, Complaint, ProductionStep, SiteVisit
from marketplace.demo import aftercare, cases, catalog, people
from marketplace.demo.plan import planned_pieces

pytestmark = pytest.mark.django_db


@pytest.fixture
def pieces(monkeypatch):
    """Eleven pieces of four makers, in each of the states that end somewhere."""
    monkeypatch.setattr(cases, "UNDERWAY", (("draft", 1), ("refused", 1)))
    monkeypatch.setattr(
        cases, "ENDED", (("expired", 1), ("suspended", 1), ("withdrawn", 1), ("changed", 1), ("renewed", 1))
    )
    monkeypatch.setattr(catalog, "MAKERS", catalog.MAKERS[:4])
    people.create_people()
    makers = catalog.create_makers()
    made = [catalog._piece(*makers[plan.maker], plan) for plan in planned_pieces()[:22:2]]
    cases.certify_pieces(made, random.Random(4))
    return made


def test_every_application_ends_as_planned(pieces):
    states = list(Application.objects.order_by("status").values_list("status", flat=True))

    assert states == ["draft", *["granted"] * 10, "refused"]
    assert sorted(Certificate.objects.exclude(status="valid").values_list("status", flat=True)) == [
        "superseded", "suspended", "withdrawn",
    ]  # fmt: skip


def test_numbers_rise_with_the_day_of_issue(pieces):
    by_number = list(Certificate.objects.order_by("number").values_list("issued_at", flat=True))

    assert len(by_number) == 10
    assert by_number == sorted(by_number)


def test_no_step_begins_before_the_one_ahead_of_it(pieces):
    for piece in pieces:
        steps = ProductionStep.objects.filter(product=piece.product).order_by("position")
        kinds, days = zip(*steps.values_list("kind", "started_on"), strict=True)

        assert kinds == cases.STEPS[piece.plan.kind.product_kind]
        assert list(days) == sorted(days)


def test_what_is_reported_and_visited_was_certified_before(pieces):
    aftercare._reports()
    aftercare._visits_of_certified()

    assert all(row.filed_at > row.certificate.issued_at for row in Complaint.objects.select_related("certificate"))
    visits = SiteVisit.objects.select_related("application")
    assert visits
    assert all(visit.created_at > visit.application.decided_at for visit in visits)
