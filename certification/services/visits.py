"""Site visits: planned by staff, made by a visitor, reported with what was seen and photographed."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from certification import audit, permissions, workflow
from certification.cases import address_line
from certification.models import Application, Evidence, SiteVisit
from certification.rules import StepKind
from certification.words import Action, Perm, Verb, VisitStatus
from marketplace.core import clock

from .evidence import add_visit_photo


@audit.writing()
def plan_visit(*, user, application: Application, workplace_id: int, visitor, planned_for: date) -> SiteVisit:
    """Plan a visit to one workplace of the case, by a member of the staff without a tie to the maker."""
    if not permissions.may_work(user, Perm.EVALUATE, application):
        raise PermissionDenied
    application = Application.objects.select_for_update().get(pk=application.pk)
    for person in (user, visitor):
        workflow.not_conflicted(application, person)
    if not permissions.may_work(visitor, Perm.EVALUATE, application):
        raise ValidationError(_("Choose someone who evaluates applications."))
    if planned_for < clock.today():
        raise ValidationError(_("Choose a day from today on."))
    visit = SiteVisit.objects.create(
        application=application, workplace_id=workplace_id, address=_address(application, workplace_id),
        visitor=visitor, planned_for=planned_for, planned_by=user, created_at=clock.now(),
    )  # fmt: skip
    workflow.record(verb=Verb.VISIT_PLAN, actor=user, row=visit, after={"workplace": workplace_id})
    return visit


def report_visit(*, user, visit: SiteVisit, visited_on: date, report: str, steps_seen: Sequence[str] = ()) -> SiteVisit:
    """What the visitor found. Photos are added before, one by one, so that a bad line loses none."""
    report = (report or "").strip()[:20_000]
    if not report:
        raise ValidationError(_("Write what you saw."))
    if visited_on > clock.today():
        raise ValidationError(_("A visit in the future can't be reported."))
    if unknown := set(steps_seen) - {kind.value for kind in StepKind}:
        raise ValidationError(_("There is no step “%(step)s”."), params={"step": sorted(unknown)[0]})
    seen = [kind.value for kind in StepKind if kind.value in steps_seen]
    return workflow.perform(
        row=visit, action=Action.REPORT, actor=user, visited_on=visited_on, report=report, steps_seen=seen
    )


def cancel_visit(*, user, visit: SiteVisit, reason: str) -> SiteVisit:
    return workflow.perform(row=visit, action=Action.CANCEL, actor=user, reason=(reason or "").strip())


@audit.writing()
def add_photo(*, user, visit: SiteVisit, upload) -> Evidence:
    """A photo taken on the visit; only its visitor, only until it is reported."""
    visit = SiteVisit.objects.select_for_update().get(pk=visit.pk)
    if visit.visitor_id != user.pk or not permissions.may_work(user, Perm.EVALUATE, visit):
        raise PermissionDenied
    workflow.not_conflicted(visit, user)
    if visit.status != VisitStatus.PLANNED:
        raise ValidationError(_("This visit is reported already, so nothing can be added."))
    return add_visit_photo(user=user, visit=visit, upload=upload)


def _address(application: Application, workplace_id: int) -> str:
    for step in application.facts.get("steps", ()):
        if step.get("workplace") == workplace_id:
            return address_line(step)
    raise PermissionDenied
