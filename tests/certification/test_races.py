"""Many people at one case at once, on PostgreSQL: one decision, one chain, no two waiting crosswise."""

import pytest
from django.db import IntegrityError, OperationalError, connection

from certification import audit
from certification.models import Appeal, AuditEntry, AuditHead, Certificate, SurveillanceDraw
from certification.permissions import DECIDERS, EVALUATORS
from certification.services import appeals, certificates, complaints, review, surveillance
from certification.workflow import WrongMoment
from tests import factories
from tests.factories import aftercare
from tests.fulfilment.test_races import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
PEOPLE = 6


@pytest.fixture(autouse=True)
def _postgresql(request):
    if connection.vendor != "postgresql":
        pytest.skip("rows are locked for real on PostgreSQL only")
    request.getfixturevalue("migrated_data")


def test_the_chain_stays_one_chain(monkeypatch):
    certificate = factories.certify(factories.product())

    def report(number):
        return complaints.report_badge(certificate=certificate, text=f"Seen {number}.")

    with monkeypatch.context() as patch:
        patch.setattr(audit, "_head", lambda: AuditHead.objects.get(pk=1))  # looks without locking
        lost = [item for item in together(report, range(PEOPLE)) if isinstance(item, IntegrityError)]
        assert lost, "without the lock two entries get one number"
    before = AuditEntry.objects.count()
    done = together(report, range(PEOPLE))
    assert [item for item in done if isinstance(item, Exception)] == []
    assert AuditEntry.objects.count() == before + PEOPLE
    assert audit.verify() == []


def test_a_case_is_decided_once():
    case = factories.evaluated(factories.product())
    first, second = factories.decider(), factories.staff(DECIDERS)
    acts = [
        lambda: review.grant(user=first, application=case, claims=case.claims, reason="Yes."),
        lambda: review.refuse(user=second, application=case, reason="No.", reasons=["no_evidence"]),
    ]
    results = together(lambda act: act(), acts * 2)
    assert sum(not isinstance(item, Exception) for item in results) == 1
    assert all(isinstance(item, WrongMoment) for item in results if isinstance(item, Exception))
    case.refresh_from_db()
    assert Certificate.objects.filter(application=case).count() == (case.status == "granted")
    assert audit.verify() == []


def test_a_case_has_one_evaluator():
    case = factories.submitted(factories.product())
    people = [factories.staff(EVALUATORS) for _ in range(PEOPLE)]
    results = together(lambda user: review.start_evaluation(user=user, application=case), people)
    winners = [item for item in results if not isinstance(item, Exception)]
    case.refresh_from_db()
    assert [item.evaluator_id for item in winners] == [case.evaluator_id]


@pytest.mark.parametrize("attempt", range(3))
def test_a_new_certificate_and_a_sanction_on_the_old_one_never_wait_crosswise(attempt):
    piece = factories.product()
    old = factories.certify(piece)
    case = factories.evaluated(piece)
    other = factories.staff(DECIDERS)
    acts = [
        lambda: review.grant(user=factories.decider(), application=case, claims=case.claims, reason="Yes."),
        lambda: certificates.suspend(user=other, certificate=old, reason="Unclear.", reasons=["contradiction"]),
        lambda: certificates.give_back(user=factories.owner_of(piece.maker), certificate=old),
    ]
    results = together(lambda act: act(), acts)
    assert not any(isinstance(item, OperationalError) for item in results), results
    assert all(isinstance(item, WrongMoment) for item in results if isinstance(item, Exception))
    assert Certificate.objects.filter(product=piece, status="valid").count() == 1
    assert audit.verify() == []


def test_one_appeal_and_one_draw():
    case = factories.refused(factories.product())
    owner = factories.owner_of(case.maker)
    together(lambda text: appeals.file_appeal(user=owner, application=case, text=text), ["One.", "Two.", "Three."])
    assert Appeal.objects.count() == 1
    factories.certify(factories.product())
    decider = factories.decider()
    together(lambda seed: surveillance.draw_year(user=decider, seed=seed, seed_source="x"), ["1", "2", "3"])
    assert SurveillanceDraw.objects.count() == 1
    assert surveillance.repeats(SurveillanceDraw.objects.get())
    assert audit.verify() == []


def test_a_reported_badge_is_looked_at_by_one_person():
    certificate = factories.certify(factories.product())
    complaint = aftercare.complaint(certificate)
    people = [factories.staff(EVALUATORS) for _ in range(PEOPLE)]
    results = together(lambda user: complaints.look_at(user=user, complaint=complaint), people)
    assert sum(not isinstance(item, Exception) for item in results) == 1
