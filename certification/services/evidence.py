"""Private proof: taking files in, and handing them out to those who may see them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from certification import audit, files, permissions, workflow
from certification.models import Application, Evidence, ProductionStep
from certification.words import EDITABLE_STATUSES, Action, EvidenceKind, Verb
from makers.models import Workplace
from marketplace.core import clock

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
    if kind not in EvidenceKind.values:
        raise ValidationError(_("Choose what kind of evidence this is."))
    if (step is None) == (workplace is None):
        raise ValidationError(_("Choose the step or the workplace that this file is about."))
    if step is not None and step.product_id != application.product_id:
        raise PermissionDenied
    if workplace is not None and workplace.maker_id != application.maker_id:
        raise PermissionDenied
    content_type, digest, name = files.inspect(upload)
    with audit.writing():
        application = Application.objects.select_for_update().get(pk=application.pk)
        _check_room(application, digest)
        evidence = Evidence(
            application=application, step=step, workplace=workplace, kind=kind, sha256=digest, size=upload.size,
            content_type=content_type, original_name=name, added_by=user, added_at=clock.now(),
        )  # fmt: skip
        evidence.file.save(name, upload, save=False)
        _save_or_drop_file(evidence)
        workflow.record(verb=Verb.EVIDENCE_ADD, actor=user, row=evidence, after={"sha256": digest})
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


def _save_or_drop_file(evidence: Evidence) -> None:
    """A row that can't be written must not leave its file behind."""
    try:
        evidence.save()
    except Exception:
        evidence.file.delete(save=False)
        raise
