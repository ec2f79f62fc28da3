"""What staff do with a case: evaluate, ask, recommend, decide; check workplaces; declare a tie."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from certification import audit, permissions, workflow
from certification.cases import address_line, findings_for, snapshot
from certification.models import Application, ConflictOfInterest, WorkplaceCheck
from certification.rules import Claim, Outcome, outcomes
from certification.texts import claim_labels
from certification.words import QUEUE_STATUSES, Action, ApplicationStatus, Perm, Reason, Recommendation, Verb
from makers.models import Maker
from marketplace.core import clock

from . import thread
from .applications import clean_claims
from .certificates import issue_certificate


@audit.writing()
def assign(*, user, application: Application, assignee) -> Application:
    """Say who of the staff looks after the case next, or nobody (None)."""
    if not permissions.is_staff_reader(user):
        raise PermissionDenied
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.status not in QUEUE_STATUSES:
        raise ValidationError(_("This case does not wait for anyone."))
    if assignee is not None and not permissions.is_staff_reader(assignee):
        raise ValidationError(_("Choose someone who works on cases."))
    if assignee is not None:
        workflow.not_conflicted(application, assignee)
    application.assignee = assignee
    application.save(update_fields=["assignee"])
    workflow.record(
        verb=Verb.CASE_ASSIGN, actor=user, row=application, after={"assignee": assignee.pk if assignee else None}
    )
    return application


def start_evaluation(*, user, application: Application) -> Application:
    """Take the case. Whoever starts it is its evaluator."""
    return workflow.perform(row=application, action=Action.START, actor=user, evaluator=user, assignee=user)


@audit.writing()
def ask_maker(*, user, application: Application, question: str) -> Application:
    """Hand the case back to the maker with a question, which begins or goes on with the thread."""
    question = _reason(question, _("Write what you need to know."))
    thread.write(user=user, application=application, text=question)
    return workflow.perform(row=application, action=Action.ASK, actor=user, reason=question, question=question)


def recommend(
    *, user, application: Application, recommendation: str, claims: Sequence[str] = (), reason: str,
    reasons: Sequence[str] = (),
) -> Application:  # fmt: skip
    """Say what the evaluation came to. A grant names claims that the rules let pass; whatever is asked for and not
    recommended needs at least one of the programme's `reasons`.

    Raises ValidationError where a claim can't be granted as things are.
    """
    reason = _reason(reason, _("Give the reasons for your recommendation."))
    if recommendation not in Recommendation.values:
        raise ValidationError(_("Recommend to grant or to refuse."))
    granted = []
    if recommendation == Recommendation.GRANT:
        granted = grantable(application, claims)
    return workflow.perform(
        row=application, action=Action.RECOMMEND, actor=user, reason=reason, recommendation=recommendation,
        recommended_claims=granted, recommendation_reason=reason, evaluated_at=clock.now(),
        recommended_reasons=_reasons(reasons, application, granted),
        findings=application.findings | {"recommended": snapshot(application)},
    )  # fmt: skip


@audit.writing()
def grant(
    *, user, application: Application, claims: Sequence[str], reason: str, reasons: Sequence[str] = ()
) -> Application:
    """Decide for the maker: the claims are certified from today on. What is not granted needs `reasons`."""
    reason = _reason(reason, _("Give the reasons for your decision."))
    application = Application.objects.select_for_update().get(pk=application.pk)
    granted = grantable(application, claims)
    application = workflow.perform(
        row=application, action=Action.GRANT, actor=user, reason=reason, decider=user, decided_at=clock.now(),
        granted_claims=granted, decision_reason=reason, decision_reasons=_reasons(reasons, application, granted),
    )  # fmt: skip
    issue_certificate(user=user, application=application)
    return application


def refuse(*, user, application: Application, reason: str, reasons: Sequence[str]) -> Application:
    """Decide against it; the reasons, at least one from the list and words, go to the maker."""
    reason = _reason(reason, _("Give the reasons for your decision."))
    return workflow.perform(
        row=application, action=Action.REFUSE, actor=user, reason=reason, decider=user, decided_at=clock.now(),
        decision_reason=reason, decision_reasons=_reasons(reasons, application, ()),
    )  # fmt: skip


def return_case(*, user, application: Application, reason: str) -> Application:
    """Send the case back to be evaluated again."""
    reason = _reason(reason, _("Say what should be looked at again."))
    return workflow.perform(row=application, action=Action.RETURN, actor=user, reason=reason)


def grantable(application: Application, claims: Sequence[str]) -> list[str]:
    """`claims` in order, if the maker asked for each and the rules let it pass. Raises ValidationError."""
    chosen = clean_claims(claims)
    if foreign := set(chosen) - set(application.claims):
        raise ValidationError(_("The maker did not apply for: %(claims)s."), params={"claims": claim_labels(foreign)})
    results = outcomes(findings_for(application, chosen), [Claim(claim) for claim in chosen])
    open_claims = [claim for claim, outcome in results.items() if outcome is not Outcome.QUALIFIES]
    if open_claims:
        raise ValidationError(
            _("Not every finding is settled for: %(claims)s."), params={"claims": claim_labels(open_claims)}
        )
    return chosen


@audit.writing()
def check_workplace(
    *, user, application: Application, workplace_id: int, inside: bool | None, record_accepted: bool | None, reason: str
) -> WorkplaceCheck:
    """Write down what was found of one workplace at the address that this application names.

    `None` leaves a question open. Raises ConflictError, PermissionDenied, ValidationError.
    """
    reason = _reason(reason, _("Say what you saw and where."))
    if not user.has_perm(Perm.EVALUATE):
        raise PermissionDenied
    application = Application.objects.select_for_update().get(pk=application.pk)
    workflow.own_evaluation(application, user)
    if application.status != ApplicationStatus.EVALUATING:
        raise workflow.WrongMoment(_("Workplaces are checked during the evaluation."))
    facts = next((step for step in application.facts["steps"] if step.get("workplace") == workplace_id), None)
    if facts is None:
        raise PermissionDenied
    if inside is None and record_accepted is None:
        raise ValidationError(_("Say whether the address is inside, or whether the business record is accepted."))
    check = WorkplaceCheck.objects.create(
        workplace_id=workplace_id, address=address_line(facts), inside=inside, record_accepted=record_accepted,
        reason=reason, checked_by=user, checked_at=clock.now(),
    )  # fmt: skip
    workflow.record(
        verb=Verb.WORKPLACE_CONFIRM, actor=user, row=application, reason=reason,
        after={"workplace": workplace_id, "inside": inside, "record_accepted": record_accepted},
    )  # fmt: skip
    return check


@audit.writing()
def declare_conflict(*, user, maker: Maker, reason: str, application: Application | None = None) -> ConflictOfInterest:
    """A tie to a maker: from now on no part in any of its cases."""
    reason = _reason(reason, _("Say what ties you to this maker."))
    if not permissions.is_staff_reader(user):
        raise PermissionDenied
    conflict, _created = ConflictOfInterest.objects.get_or_create(
        user=user, maker=maker, defaults={"reason": reason[:500], "declared_at": clock.now()}
    )
    if application is not None:
        workflow.record(verb=Verb.CONFLICT_DECLARE, actor=user, row=application, reason=reason)
    return conflict


def _reasons(chosen: Sequence[str], application: Application, granted: Sequence[str]) -> list[str]:
    """Known reasons in the list's order; at least one where a claim that was asked for is not granted."""
    if unknown := set(chosen) - set(Reason.values):
        raise ValidationError(_("There is no reason “%(reason)s”."), params={"reason": sorted(unknown)[0]})
    if set(application.claims) - set(granted) and not chosen:
        raise ValidationError(_("Choose at least one reason: the maker reads it and can appeal."))
    return [reason for reason in Reason.values if reason in chosen]


def _reason(text: str, missing: str) -> str:
    text = (text or "").strip()
    if not text:
        raise ValidationError(missing)
    return text[:4000]
