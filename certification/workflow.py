"""How everything that has a status moves: one table each, and one writer of a status."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from makers.permissions import can_edit_maker

from . import audit, permissions
from .models import (
    Appeal,
    Application,
    AuditEntry,
    Certificate,
    Complaint,
    CriteriaVersion,
    Evidence,
    SiteVisit,
    SurveillanceCheck,
)  # fmt: skip
from .words import (
    Action,
    AppealStatus,
    ApplicationStatus,
    CertificateStatus,
    CheckStatus,
    ComplaintStatus,
    CriteriaStatus,
    EvidenceStatus,
    Perm,
    Source,
    VisitStatus,
)  # fmt: skip


class WrongMoment(Exception):
    """The row is in a status from which this action leads nowhere; the text is for people."""


def not_conflicted(row: Any, actor: Any) -> None:
    """No member of the maker, nobody with a declared tie, nobody who filed the case takes part in judging it."""
    if permissions.has_conflict(actor, row.maker):
        raise permissions.ConflictError(_("You have a tie to this maker, so you take no part in its cases."))
    case = _application(row)
    if case and actor.pk in (case.created_by_id, case.submitted_by_id):
        raise permissions.ConflictError(_("You filed this application, so someone else judges it."))


def fresh_eyes(row: Any, actor: Any) -> None:
    """After an upheld appeal nobody judges the case who had a part in it before, the appeal's hearer included."""
    not_conflicted(row, actor)
    appeal = row.judged_again_after
    if appeal and permissions.was_involved(actor, appeal.application, until=appeal.decided_at):
        raise permissions.ConflictError(_("You had a part in this case, so someone else looks at it now."))


def four_eyes(row: Any, actor: Any) -> None:
    """Who decides has evaluated no part of the case."""
    fresh_eyes(row, actor)
    if permissions.has_evaluated(actor, row):
        raise permissions.ConflictError(_("You evaluated this application, so someone else decides it."))


def uninvolved(row: Any, actor: Any) -> None:
    """Nobody of the staff who had a hand in the case hears its appeal, answers a complaint or checks it again."""
    not_conflicted(row, actor)
    case = _application(row)
    if case is not None and permissions.was_involved(actor, case):
        raise permissions.ConflictError(_("You had a part in this case, so someone else looks at it now."))


def _own(field: str, refusal) -> Callable[[Any, Any], None]:
    def guard(row: Any, actor: Any) -> None:
        not_conflicted(row, actor)
        if getattr(row, f"{field}_id") != actor.pk:
            raise permissions.ConflictError(str(refusal))

    return guard


own_hearing = _own("hearer", _lazy("Someone else hears this appeal."))
own_complaint = _own("handler", _lazy("Someone else looks at this complaint."))
own_visit = _own("visitor", _lazy("Someone else makes this visit."))


def not_own_draft(row: Any, actor: Any) -> None:
    """Who wrote a draft of the criteria last does not publish it."""
    if row.drafted_by_id == actor.pk:
        raise permissions.ConflictError(_("You wrote this draft, so someone else publishes it."))


def decided_what_follows(row: Any, actor: Any) -> None:
    """An older certificate makes room only for one that this person has just granted."""
    granted = Application.objects.filter(
        maker=row.maker, status=ApplicationStatus.GRANTED, decider=actor, certificate__isnull=True
    )
    if not granted.exists():
        raise PermissionDenied


def after_an_appeal(row: Any, actor: Any) -> None:
    """Only who upheld an appeal of this case undoes what it was made against."""
    not_conflicted(row, actor)
    case = _application(row)
    if case is None:
        raise PermissionDenied
    appeals = case.judged_again_after.application.appeals if case.judged_again_after else case.appeals
    if not appeals.filter(status=AppealStatus.UPHELD, hearer=actor).exists():
        raise permissions.ConflictError(_("Only who upheld the appeal can do this."))


def own_evaluation(row: Any, actor: Any) -> None:
    """Only the evaluator of a case works on it while it is being evaluated."""
    not_conflicted(row, actor)
    case = _application(row)
    if case is None or case.evaluator_id != actor.pk:
        raise permissions.ConflictError(_("Someone else evaluates this application."))


@dataclass(frozen=True, slots=True)
class Transition:
    to: str
    source: Source
    needs: Perm | None = None
    guard: Callable[[Any, Any], None] | None = None


Table = dict[tuple[str, Action], Transition]


def _maker(to: str) -> Transition:
    return Transition(to, Source.MAKER)


def _staff(to: str, needs: Perm, guard: Callable[[Any, Any], None] = not_conflicted) -> Transition:
    return Transition(to, Source.STAFF, needs, guard)


A, C, E = ApplicationStatus, CertificateStatus, EvidenceStatus
P, R, V, S = AppealStatus, ComplaintStatus, VisitStatus, CheckStatus

APPLICATION: Table = {
    (A.DRAFT, Action.SUBMIT): _maker(A.SUBMITTED),
    (A.NEEDS_INFO, Action.SUBMIT): _maker(A.EVALUATING),
    (A.SUBMITTED, Action.START): _staff(A.EVALUATING, Perm.EVALUATE, fresh_eyes),
    (A.RETURNED, Action.START): _staff(A.EVALUATING, Perm.EVALUATE, fresh_eyes),
    (A.EVALUATING, Action.ASK): _staff(A.NEEDS_INFO, Perm.EVALUATE, own_evaluation),
    (A.EVALUATING, Action.RECOMMEND): _staff(A.EVALUATED, Perm.EVALUATE, own_evaluation),
    (A.EVALUATED, Action.GRANT): _staff(A.GRANTED, Perm.DECIDE, four_eyes),
    (A.EVALUATED, Action.REFUSE): _staff(A.REFUSED, Perm.DECIDE, four_eyes),
    (A.EVALUATED, Action.RETURN): _staff(A.RETURNED, Perm.DECIDE, four_eyes),
    (A.DRAFT, Action.WITHDRAW): _maker(A.WITHDRAWN),
    (A.SUBMITTED, Action.WITHDRAW): _maker(A.WITHDRAWN),
    (A.EVALUATING, Action.WITHDRAW): _maker(A.WITHDRAWN),
    (A.NEEDS_INFO, Action.WITHDRAW): _maker(A.WITHDRAWN),
    (A.EVALUATED, Action.WITHDRAW): _maker(A.WITHDRAWN),
    (A.RETURNED, Action.WITHDRAW): _maker(A.WITHDRAWN),
    (A.REFUSED, Action.REOPEN): _staff(A.RETURNED, Perm.HEAR, after_an_appeal),
    (A.DRAFT, Action.REOPEN): _staff(A.SUBMITTED, Perm.HEAR, after_an_appeal),
}
CERTIFICATE: Table = {
    (C.VALID, Action.SUSPEND): _staff(C.SUSPENDED, Perm.SANCTION),
    (C.SUSPENDED, Action.REINSTATE): _staff(C.VALID, Perm.SANCTION),
    (C.VALID, Action.WITHDRAW): _staff(C.WITHDRAWN, Perm.SANCTION),
    (C.SUSPENDED, Action.WITHDRAW): _staff(C.WITHDRAWN, Perm.SANCTION),
    (C.VALID, Action.SUPERSEDE): Transition(C.SUPERSEDED, Source.STAFF, None, decided_what_follows),
    (C.SUSPENDED, Action.SUPERSEDE): Transition(C.SUPERSEDED, Source.STAFF, None, decided_what_follows),
    (C.VALID, Action.GIVE_BACK): _maker(C.WITHDRAWN),
    (C.SUSPENDED, Action.GIVE_BACK): _maker(C.WITHDRAWN),
    (C.SUSPENDED, Action.RESTORE): _staff(C.VALID, Perm.HEAR, after_an_appeal),
    (C.WITHDRAWN, Action.RESTORE): _staff(C.VALID, Perm.HEAR, after_an_appeal),
}
EVIDENCE: Table = {
    (E.PENDING, Action.ACCEPT): _staff(E.ACCEPTED, Perm.EVALUATE, own_evaluation),
    (E.PENDING, Action.REJECT): _staff(E.REJECTED, Perm.EVALUATE, own_evaluation),
    (E.ACCEPTED, Action.REJECT): _staff(E.REJECTED, Perm.EVALUATE, own_evaluation),
    (E.REJECTED, Action.ACCEPT): _staff(E.ACCEPTED, Perm.EVALUATE, own_evaluation),
}
APPEAL: Table = {
    (P.FILED, Action.HEAR): _staff(P.HEARING, Perm.HEAR, uninvolved),
    (P.HEARING, Action.UPHOLD): _staff(P.UPHELD, Perm.HEAR, own_hearing),
    (P.HEARING, Action.DISMISS): _staff(P.DISMISSED, Perm.HEAR, own_hearing),
    (P.FILED, Action.DROP): _maker(P.DROPPED),
    (P.HEARING, Action.DROP): _maker(P.DROPPED),
}
COMPLAINT: Table = {
    (R.RECEIVED, Action.LOOK): _staff(R.LOOKING, Perm.EVALUATE, uninvolved),
    (R.LOOKING, Action.UPHOLD): _staff(R.UPHELD, Perm.EVALUATE, own_complaint),
    (R.LOOKING, Action.DISMISS): _staff(R.DISMISSED, Perm.EVALUATE, own_complaint),
}
VISIT: Table = {
    (V.PLANNED, Action.REPORT): _staff(V.DONE, Perm.EVALUATE, own_visit),
    (V.PLANNED, Action.CANCEL): _staff(V.CANCELLED, Perm.EVALUATE),
}
CHECK: Table = {
    (S.DUE, Action.PASS): _staff(S.PASSED, Perm.EVALUATE, uninvolved),
    (S.DUE, Action.FAIL): _staff(S.FAILED, Perm.EVALUATE, uninvolved),
    (S.DUE, Action.CLOSE): _staff(S.MOOT, Perm.EVALUATE),
}
CRITERIA: Table = {
    (CriteriaStatus.DRAFT, Action.PUBLISH): _staff(CriteriaStatus.PUBLISHED, Perm.CRITERIA, not_own_draft),
}
TABLES: dict[type[models.Model], Table] = {
    Application: APPLICATION,
    Certificate: CERTIFICATE,
    Evidence: EVIDENCE,
    Appeal: APPEAL,
    Complaint: COMPLAINT,
    SiteVisit: VISIT,
    SurveillanceCheck: CHECK,
    CriteriaVersion: CRITERIA,
}


@audit.writing()
def perform(*, row: Any, action: Action, actor, reason: str = "", **changes):
    """Move `row`, of a model in TABLES, along and audit it; returns the locked, changed row.

    `changes` are written with the status. Raises WrongMoment, PermissionDenied or ConflictError; then nothing
    has changed.
    """
    model = type(row)
    row = model.objects.select_for_update().get(pk=row.pk)
    transition = TABLES[model].get((row.status, action))
    if transition is None:
        raise WrongMoment(
            _("%(what)s is “%(status)s” now, so this can't be done.")
            % {"what": row, "status": row.get_status_display()}
        )
    _check(transition, row, actor)
    before, row.status = row.status, transition.to
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["status", *changes])
    record(
        verb=f"{transition.source}:{model._meta.model_name}:{action}",
        actor=actor,
        row=row,
        reason=reason,
        before={"status": before},
        after={"status": str(row.status)},
    )
    return row


def possible_actions(row, actor) -> list[Action]:
    """What this person could do with the row now, for the screens; perform() checks again."""
    return [
        action
        for (status, action), step in TABLES[type(row)].items()
        if status == row.status and _may(step, row, actor)
    ]


def record(
    *, verb: str, actor, row, reason: str = "", before: dict | None = None, after: dict | None = None
) -> AuditEntry:
    """Add an entry to the audit trail. `row` is what it is about."""
    number = row.number if isinstance(row, Certificate) else row.pk
    subject = f"{row._meta.model_name}:{number}"
    return audit.add(
        verb=verb, actor=actor, subject=subject, application=_application(row), reason=reason,
        before=before, after=after,
    )  # fmt: skip


def _check(transition: Transition, row, actor) -> None:
    if transition.source == Source.MAKER:
        # Staff who filed a case for a maker act for it until it is handed in.
        if not can_edit_maker(actor, row.maker) and not _files_for(actor, row):
            raise PermissionDenied
        return
    if transition.needs is not None and not permissions.may_work(actor, transition.needs, row):
        raise PermissionDenied
    if transition.guard is not None:
        transition.guard(row, actor)


def _files_for(actor, row) -> bool:
    if not isinstance(row, Application):
        return False
    return row.filed_by_staff and row.created_by_id == actor.pk and actor.is_staff and actor.has_perm(Perm.FILE)


def _may(transition: Transition, row, actor) -> bool:
    try:
        _check(transition, row, actor)
    except (PermissionDenied, permissions.ConflictError):
        return False
    return True


def _application(row) -> Application | None:
    return row if isinstance(row, Application) else getattr(row, "application", None)
