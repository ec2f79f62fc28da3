"""Criteria versions: drafted by one person, compared, and published for a day to come by another."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from certification import audit, permissions, workflow
from certification.models import CriteriaVersion
from certification.programme import criteria_in_force
from certification.rules import Criteria
from certification.rules.criteria import BadCriteria
from certification.words import Action, CriteriaStatus, Perm, Verb
from marketplace.core import clock


@audit.writing()
def save_draft(
    *, user, rules: dict, in_force_from: date, summary: str, summary_es: str, draft: CriteriaVersion | None = None
) -> CriteriaVersion:
    """Write a new draft, or change one; published versions never change.

    Raises PermissionDenied, and ValidationError for rules that contradict themselves or a day that is past.
    """
    if not user.has_perm(Perm.CRITERIA):
        raise PermissionDenied
    if draft is not None:
        draft = CriteriaVersion.objects.select_for_update().get(pk=draft.pk)
        if draft.status != CriteriaStatus.DRAFT:
            raise ValidationError(_("A published version is never changed. Write a new draft."))
    version = draft or CriteriaVersion(number=_next_number(), status=CriteriaStatus.DRAFT)
    version.rules = {**rules, "number": version.number, "in_force_from": in_force_from.isoformat()}
    version.area_name, version.in_force_from = str(rules.get("area", "")), in_force_from
    version.summary, version.summary_es, version.drafted_by = summary.strip(), summary_es.strip(), user
    _check(version)
    version.save()
    workflow.record(verb=Verb.CRITERIA_DRAFT, actor=user, row=version, after={"rules": version.rules})
    return version


@audit.writing()
def publish(*, user, draft: CriteriaVersion) -> CriteriaVersion:
    """Put a draft in force from its day on; whoever wrote it last does not publish it. The version before ends then."""
    if not user.has_perm(Perm.CRITERIA):
        raise PermissionDenied
    draft = CriteriaVersion.objects.select_for_update().get(pk=draft.pk)
    if draft.status != CriteriaStatus.DRAFT:
        raise ValidationError(_("This version is published already."))
    if draft.drafted_by_id == user.pk:
        raise permissions.ConflictError(_("You wrote this draft, so someone else publishes it."))
    if not draft.summary or not draft.summary_es:
        raise ValidationError(_("Say in English and Spanish what changes."))
    _check(draft)
    before = criteria_in_force(draft.in_force_from)
    if before.in_force_from >= draft.in_force_from:
        raise ValidationError(
            _("Version %(number)d begins on that day or later. Choose a later day."), params={"number": before.number}
        )
    before.in_force_until = draft.in_force_from - timedelta(days=1)
    before.save(update_fields=["in_force_until"])
    return workflow.perform(
        row=draft, action=Action.PUBLISH, actor=user, published_by=user, published_at=clock.now()
    )  # fmt: skip


def _next_number() -> int:
    last = CriteriaVersion.objects.select_for_update().order_by("-number").first()
    return last.number + 1 if last else 1


def _check(version: CriteriaVersion) -> None:
    if version.in_force_from <= clock.today():
        raise ValidationError(_("Makers must be able to read the criteria before they hold: choose a day to come."))
    try:
        Criteria.from_data(version.rules)
    except BadCriteria as error:
        raise ValidationError(_("These rules can't hold: %(why)s"), params={"why": str(error)}) from error
