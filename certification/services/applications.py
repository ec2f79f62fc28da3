"""What applicants do: describe the steps, start an application, hand it in, take it back."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from catalog.catalogue.models import Product
from certification import audit, permissions, workflow
from certification.cases import counting_evidence, snapshot
from certification.facts import facts_of, fingerprint, line_of
from certification.models import Appeal, Application, Certificate, LineMember, ProductionStep
from certification.programme import criteria_in_force
from certification.rules import Claim
from certification.words import (
    EDITABLE_STATUSES,
    OPEN_STATUSES,
    Action,
    ApplicationStatus,
    CertificateStatus,
    Verb,
)  # fmt: skip
from makers.models import Workplace
from makers.permissions import can_edit_maker
from marketplace.core import clock


@audit.writing()
def start_application(*, user, product: Product, claims: Sequence[str]) -> Application:
    """A draft for one or more claims on a product; staff may file it on the maker's behalf.

    Raises PermissionDenied, and ValidationError for no claim, an unknown one, or an application already open.
    """
    maker = product.maker
    if maker is None or not permissions.may_apply_for(user, maker):
        raise PermissionDenied
    Product.objects.select_for_update().get(pk=product.pk)
    if LineMember.objects.filter(product=product).exists():
        raise ValidationError(_("This piece is made like another one, so it is certified with that."))
    if Application.objects.filter(product=product, status__in=OPEN_STATUSES).exists():
        raise ValidationError(_("There is an open application for this piece already."))
    by_staff = not maker.memberships.filter(user=user).exists()
    application = Application.objects.create(
        product=product,
        maker=maker,
        claims=clean_claims(claims),
        filed_by_staff=by_staff,
        renews=last_certificate(product),
        created_by=user,
        created_at=clock.now(),
    )
    workflow.record(verb=Verb.APPLICATION_FILE if by_staff else Verb.APPLICATION_START, actor=user, row=application)
    return application


def last_certificate(product: Product) -> Certificate | None:
    """The certificate that a new application for this product renews: its last one, unless it was withdrawn."""
    last = Certificate.objects.filter(product=product).order_by("-pk").first()
    return last if last and last.status != CertificateStatus.WITHDRAWN else None


@audit.writing()
def reopen(*, user, appeal: Appeal) -> Application:
    """After an upheld appeal against a refusal: back to evaluation, as if nobody had judged it."""
    return workflow.perform(
        row=appeal.application, action=Action.REOPEN, actor=user, reason=appeal.outcome_text,
        judged_again_after=appeal, evaluator=None, evaluated_at=None, recommendation="", recommended_claims=[],
        recommended_reasons=[], recommendation_reason="", decider=None, decided_at=None, decision_reasons=[],
        decision_reason="", assignee=None,
    )  # fmt: skip


@audit.writing()
def follow_up(*, user, appeal: Appeal) -> Application:
    """After an upheld appeal against a partial grant: the same case once more, straight to the queue."""
    application = appeal.application
    if Application.objects.filter(product=application.product, status__in=OPEN_STATUSES).exists():
        raise ValidationError(_("There is an open application for this piece already."))
    again = Application.objects.create(
        product=application.product, maker=application.maker, claims=application.claims, criteria=application.criteria,
        facts=application.facts, fingerprint=application.fingerprint, filed_by_staff=application.filed_by_staff,
        created_by=application.created_by, submitted_by=application.submitted_by, renews=application.certificate,
        judged_again_after=appeal, created_at=clock.now(), submitted_at=clock.now(),
    )  # fmt: skip
    return workflow.perform(row=again, action=Action.REOPEN, actor=user, reason=appeal.outcome_text)


@audit.writing()
def change_claims(*, user, application: Application, claims: Sequence[str]) -> Application:
    """Choose other claims while the application is in the maker's hands."""
    application = _editable(user, application)
    application.claims = clean_claims(claims)
    application.save(update_fields=["claims"])
    return application


@audit.writing()
def save_steps(*, user, product: Product, steps: Sequence[ProductionStep]) -> list[ProductionStep]:
    """Replace the product's steps by `steps` (unsaved or existing rows), in this order.

    Kept rows keep their evidence. Raises PermissionDenied, and ValidationError for a foreign workplace or row,
    or while staff are judging the product.
    """
    if not may_describe(user, product):
        raise PermissionDenied
    product = Product.objects.select_for_update().get(pk=product.pk)
    _refuse_while_judged(product)
    own = set(Workplace.objects.filter(maker=product.maker_id).values_list("pk", flat=True))
    known = set(ProductionStep.objects.filter(product=product).values_list("pk", flat=True))
    for position, step in enumerate(steps):
        if step.pk and step.pk not in known:
            raise PermissionDenied
        if step.workplace_id and step.workplace_id not in own:
            raise PermissionDenied
        step.product, step.position = product, position
        step.full_clean(exclude=["product"])
        step.save()
    kept = {step.pk for step in steps}
    ProductionStep.objects.filter(product=product, pk__in=known - kept).delete()
    application = open_application(product)
    if application:
        workflow.record(verb=Verb.STEPS_SAVE, actor=user, row=application, after={"steps": len(steps)})
    return list(steps)


def submit(*, user, application: Application) -> Application:
    """Hand the application in: facts and criteria are frozen now. Answers a question the same way."""
    with audit.writing():
        application = Application.objects.select_for_update().get(pk=application.pk)
        facts = facts_of([application.product_id])[application.product_id] | {"line": line_of(application.product)}
        problems = what_is_missing(application, facts)
        if problems:
            raise ValidationError(problems)
        again = application.status == ApplicationStatus.NEEDS_INFO
        application = workflow.perform(
            row=application,
            action=Action.SUBMIT,
            actor=user,
            facts=facts,
            fingerprint=fingerprint(facts),
            criteria=application.criteria if again else criteria_in_force(),
            submitted_by=application.submitted_by if again else user,
            submitted_at=application.submitted_at if again else clock.now(),
        )
        application.findings = {"submitted": snapshot(application)}
        application.save(update_fields=["findings"])
        return application


def withdraw_application(*, user, application: Application, reason: str = "") -> Application:
    return workflow.perform(row=application, action=Action.WITHDRAW, actor=user, reason=reason)


def what_is_missing(application: Application, facts: dict) -> list[str]:
    """What must be there before the application can be handed in; empty when it is complete."""
    missing = []
    if not application.claims:
        missing.append(_("Choose at least one claim."))
    if not facts["steps"]:
        missing.append(_("Describe at least one production step."))
    shown = {item.step_id for item in counting_evidence(application, facts) if item.step_id}
    if facts["steps"] and not shown:
        missing.append(_("Add evidence for at least one step: a photo, a cutting ticket, an invoice."))
    return missing


def open_application(product: Product) -> Application | None:
    return Application.objects.filter(product=product, status__in=OPEN_STATUSES).first()


def may_describe(user, product: Product) -> bool:
    """Who may write the steps of a product: its maker's people, and staff who filed its open application."""
    if product.maker is None:
        return False
    if can_edit_maker(user, product.maker):
        return True
    application = open_application(product)
    return application is not None and permissions.may_edit(user, application)


def clean_claims(claims: Sequence[str]) -> list[str]:
    """Known claims in the programme's order, each once. Raises ValidationError."""
    known = {claim.value for claim in Claim}
    if unknown := set(claims) - known:
        raise ValidationError(_("There is no claim “%(claim)s”."), params={"claim": sorted(unknown)[0]})
    if not claims:
        raise ValidationError(_("Choose at least one claim."))
    return [claim.value for claim in Claim if claim.value in claims]


def _editable(user, application: Application) -> Application:
    if not permissions.may_edit(user, application):
        raise PermissionDenied
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.status not in EDITABLE_STATUSES:
        raise ValidationError(_("This application is with the program's staff now, so it can't be changed."))
    return application


def _refuse_while_judged(product: Product) -> None:
    application = open_application(product)
    if application and application.status not in EDITABLE_STATUSES:
        raise ValidationError(_("This piece is being checked now. Take the application back to change its steps."))
