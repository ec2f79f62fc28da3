"""From application to certificate, and who may take which step."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from certification import workflow
from certification.badge.badges import badge_for
from certification.models import Application, AuditEntry, Certificate, ProductionStep
from certification.permissions import ConflictError
from certification.selectors import register_rows
from certification.services import applications, certificates, evidence, review
from makers.models import Maker, Membership, Workplace
from marketplace.core import clock
from marketplace.core.append_only import AppendOnlyError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return factories.product()


def test_a_maker_is_certified_by_two_people(product):
    certificate = factories.certify(product)
    assert certificate.claims == ["designed", "assembled", "manufactured"]
    assert certificate.number == f"LAO-{clock.today().year}-0001"
    assert badge_for(product.pk).number == certificate.number
    verbs = list(AuditEntry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[0] == "maker:application:start"
    assert verbs[-2:] == ["staff:application:grant", "staff:certificate:issue"]


def test_the_evaluator_cannot_decide(product):
    case = factories.evaluated(product)
    both = factories.evaluator()
    both.groups.set(factories.decider().groups.all() | both.groups.all())
    both = type(both).objects.get(pk=both.pk)
    with pytest.raises(ConflictError):
        review.grant(user=both, application=case, claims=case.claims, reason="Mine.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=case.pk).update(decider=case.evaluator)
    assert not Certificate.objects.exists()


def test_who_evaluated_an_earlier_round_cannot_decide_the_next(product):
    case = factories.evaluated(product)
    first = factories.evaluator()
    case = review.return_case(user=factories.decider(), application=case, reason="Look again.")
    second = factories.staff("Evaluators")
    case = review.start_evaluation(user=second, application=case)
    case = review.recommend(
        user=second, application=case, recommendation="refuse", reason="No.", reasons=["no_evidence"]
    )
    first.groups.set(factories.decider().groups.all())
    first = type(first).objects.get(pk=first.pk)
    with pytest.raises(ConflictError):
        review.refuse(user=first, application=case, reason="No.", reasons=["no_evidence"])


@pytest.mark.parametrize("tie", ["member", "declared", "filed"])
def test_a_tie_to_the_maker_keeps_staff_out(product, tie):
    person = factories.evaluator()
    case = factories.submitted(product)
    if tie == "member":
        Membership.objects.create(maker=product.maker, user=person, role="staff")
    if tie == "declared":
        review.declare_conflict(user=person, maker=product.maker, reason="My sister works there.")
    if tie == "filed":
        Application.objects.filter(pk=case.pk).update(created_by=person)
    with pytest.raises(ConflictError):
        review.start_evaluation(user=person, application=case)
    case.refresh_from_db()
    assert case.status == "submitted"


def test_strangers_and_wrong_roles_change_nothing(product):
    case = factories.submitted(product)
    stranger = factories.person()
    with pytest.raises(PermissionDenied):
        review.start_evaluation(user=factories.decider(), application=case)
    with pytest.raises(PermissionDenied):
        applications.withdraw_application(user=stranger, application=case)
    with pytest.raises(PermissionDenied):
        applications.save_steps(user=stranger, product=product, steps=[])
    case.refresh_from_db()
    assert case.status == "submitted"


def test_every_pair_that_is_not_in_the_table_is_refused(product):
    case = factories.submitted(product)
    for status in workflow.A.values:
        Application.objects.filter(pk=case.pk).update(
            status=status,
            decision_reasons=["other"],
            decision_reason="No.",
            evaluator=factories.evaluator(),
            decider=factories.decider(),
        )
        case.refresh_from_db()
        for action in workflow.Action:
            if (status, action) in workflow.APPLICATION:
                continue
            with pytest.raises(workflow.WrongMoment):
                workflow.perform(row=case, action=action, actor=factories.evaluator())


def test_a_claim_that_the_rules_do_not_carry_is_not_granted(product):
    case = review.start_evaluation(user=factories.evaluator(), application=factories.submitted(product))
    with pytest.raises(ValidationError, match="settled"):
        review.recommend(
            user=factories.evaluator(), application=case, recommendation="grant", claims=["designed"], reason="Nice."
        )


def test_staff_file_for_a_maker_and_it_is_marked(product):
    helper = factories.staff("Evaluators")
    with pytest.raises(PermissionDenied):
        applications.save_steps(user=helper, product=product, steps=[])
    factories.steps(product)
    case = applications.start_application(user=helper, product=product, claims=["designed"])
    assert case.filed_by_staff
    step = product.production_steps.first()
    evidence.add_evidence(user=helper, application=case, kind="photo", upload=factories.photo(), step=step)
    case = applications.submit(user=helper, application=case)
    with pytest.raises(ConflictError):
        review.start_evaluation(user=helper, application=case)


def test_facts_are_frozen_at_submission(product):
    case = factories.submitted(product)
    Workplace.objects.filter(maker=product.maker).update(line1="4305 S Santa Fe Ave", zip_code="90058")
    case.refresh_from_db()
    assert case.facts["steps"][0]["line1"] == "110 E 9th St"
    with pytest.raises(ValidationError, match="being checked"):
        applications.save_steps(user=factories.owner_of(product.maker), product=product, steps=[])


@pytest.mark.parametrize(
    "change",
    [
        lambda product: Workplace.objects.filter(maker=product.maker).update(line1="1 Elsewhere Rd"),
        lambda product: ProductionStep.objects.filter(product=product).first().delete(),
        lambda product: ProductionStep.objects.filter(product=product, kind="sewing").update(cost_share=41),
        lambda product: type(product).objects.filter(pk=product.pk).update(title="Another jacket"),
        lambda product: Maker.objects.filter(pk=product.maker_id).update(name="Another name"),
    ],
)
def test_a_change_through_any_door_ends_the_badge(product, change):
    certificate = factories.certify(product)
    assert badge_for(product.pk)
    change(product)
    assert badge_for(product.pk) is None
    certificate.refresh_from_db()
    assert register_rows([certificate])[0].status == "suspended"


def test_a_change_of_price_or_text_leaves_the_badge(product):
    factories.certify(product)
    type(product).objects.filter(pk=product.pk).update(description="Other words", care="Hang dry.")
    product.children.first().stockrecords.update(price=99, num_in_stock=1)
    assert badge_for(product.pk)


def test_the_badge_ends_with_the_last_day_in_los_angeles(product):
    certificate = factories.certify(product)
    last_moment = clock.end_of(certificate.valid_until) - timedelta(seconds=1)
    with time_machine.travel(last_moment, tick=False):
        assert badge_for(product.pk)
    with time_machine.travel(clock.end_of(certificate.valid_until), tick=False):
        assert badge_for(product.pk) is None
        assert register_rows([certificate])[0].status == "expired"


@pytest.mark.parametrize("sanction", [certificates.suspend, certificates.withdraw])
def test_staff_end_a_badge_at_once(product, sanction):
    certificate = factories.certify(product)
    for reason, reasons in ((" ", ["changed"]), ("The invoice was false.", []), ("It was false.", ["whim"])):
        with pytest.raises(ValidationError):
            sanction(user=factories.decider(), certificate=certificate, reason=reason, reasons=reasons)
    assert badge_for(product.pk)
    sanction(
        user=factories.decider(), certificate=certificate, reason="The invoice was false.", reasons=["contradiction"]
    )
    assert badge_for(product.pk) is None


def test_a_new_certificate_supersedes_the_old(product):
    old = factories.certify(product)
    new = factories.certify(product)
    old.refresh_from_db()
    assert (old.status, badge_for(product.pk).number) == ("superseded", new.number)


def test_the_audit_trail_refuses_change_and_deletion(product):
    factories.submitted(product)
    entry = AuditEntry.objects.first()
    with pytest.raises(AppendOnlyError):
        entry.delete()
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.update(role="x")
    for sql in ("UPDATE certification_auditentry SET role='x'", "DELETE FROM certification_auditentry"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
