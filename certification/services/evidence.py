"""Private proof: taking files in, and handing them out to those who may see them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from certification import audit, files, permissions, workflow
from certification.models import Application, Evidence, ProductionStep, SiteVisit
from certification.words import EDITABLE_STATUSES, Action, EvidenceKind, EvidenceStatus, Verb
from makers.models import Workplace
from marketplace.core import clock
from marketplace.core.uploads import clean_picture

MOST_FILES = 60


def add_evidence(
    *, user, application: Application, kind: str, upload, step: ProductionStep | None = None,
    workplace: Workplace | None = None,
) -> Evidence:  # fmt: skip
    """Keep a file for one step or one workplace of the application.

    Raises PermissionDenied for strangers and foreign steps, ValidationError for a file or moment that won't do.
    """
    if not permissions.may_edit(user, application):
        raise PermissionDenied
    if kind not in EvidenceKind.values or kind == EvidenceKind.SITE_VISIT:  # staff report visits, nobody else
        raise ValidationError(_("Choose what kind of evidence this is."))
    if (step is None) == (workplace is None):
        raise ValidationError(_("Choose the step or the workplace that this file is about."))
    if step is not None and step.product_id != application.product_id:
        raise PermissionDenied
    if workplace is not None and workplace.maker_id != application.maker_id:
        raise PermissionDenied
    evidence = Evidence(application=application, step=step, workplace=workplace, kind=kind, added_by=user)
    found = files.inspect(upload)
    with audit.writing():
        application = Application.objects.select_for_update().get(pk=application.pk)
        _check_room(application, found.sha256)
        _keep(evidence, upload, found)
        workflow.record(verb=Verb.EVIDENCE_ADD, actor=user, row=evidence, after={"sha256": found.sha256})
    return evidence


def add_visit_photo(*, user, visit: SiteVisit, upload) -> Evidence:
    """A photo that staff took on a visit (services.visits checks who and when); it needs no judging."""
    evidence = Evidence(
        application=visit.application, workplace=visit.workplace, visit=visit, kind=EvidenceKind.SITE_VISIT,
        status=EvidenceStatus.ACCEPTED, added_by=user,
    )  # fmt: skip
    found = files.inspect(upload)
    with audit.writing():
        if visit.photos.count() >= MOST_FILES:
            raise ValidationError(_("A visit takes at most %(number)d photos."), params={"number": MOST_FILES})
        _keep(evidence, upload, found)
        workflow.record(verb=Verb.VISIT_PHOTO, actor=user, row=evidence, after={"sha256": found.sha256})
    return evidence


def judge_evidence(*, user, evidence: Evidence, accept: bool, note: str = "") -> Evidence:
    """The evaluator accepts a file as proof, or says why not."""
    if not accept and not note.strip():
        raise ValidationError(_("Say why this file does not prove it."))
    action = Action.ACCEPT if accept else Action.REJECT
    return workflow.perform(row=evidence, action=action, actor=user, reason=note, note=note.strip()[:500])


def readable_evidence(*, user, key) -> Evidence:
    """The file with this key. Raises Evidence.DoesNotExist for everyone who may not see it."""
    evidence = Evidence.objects.select_related("application__maker").get(key=key)
    if not permissions.may_view(user, evidence.application):
        raise Evidence.DoesNotExist
    return evidence


def _check_room(application: Application, digest: str) -> None:
    if application.status not in EDITABLE_STATUSES:
        raise ValidationError(_("This application is with the program's staff now, so nothing can be added."))
    if application.evidence.filter(sha256=digest).exists():
        raise ValidationError(_("This very file is here already."))
    if application.evidence.count() >= MOST_FILES:
        raise ValidationError(_("An application takes at most %(number)d files."), params={"number": MOST_FILES})


def _keep(evidence: Evidence, upload, found: files.Found) -> None:
    """Write the file, the copy that is shown, and the row; a row that can't be written leaves no file behind."""
    evidence.sha256, evidence.size, evidence.content_type = found.sha256, upload.size, found.content_type
    evidence.original_name, evidence.added_at = found.name, clock.now()
    evidence.taken_at, evidence.latitude, evidence.longitude = found.taken_at, found.latitude, found.longitude
    try:
        evidence.file.save(found.name, upload, save=False)
        if found.content_type != files.PDF:
            evidence.shown.save(found.name, clean_picture(upload), save=False)
        evidence.save()
    except Exception:
        for file in (evidence.file, evidence.shown):
            if file:
                file.delete(save=False)
        raise
