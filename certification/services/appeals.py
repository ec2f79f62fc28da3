"""Appeals: a maker files one in time, someone uninvolved hears it, and what was wrong is undone."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from certification import audit, deadlines, workflow
from certification.models import Appeal, Application, Certificate
from certification.words import (
    Action,
    AppealStatus,
    AppealSubject,
    ApplicationStatus,
    CertificateStatus,
    Reason,
    Verb,
)  # fmt: skip
from makers.permissions import can_edit_maker
from marketplace.core import clock

from . import applications, certificates

SANCTIONS = {
    CertificateStatus.SUSPENDED: AppealSubject.SUSPENSION,
    CertificateStatus.WITHDRAWN: AppealSubject.WITHDRAWAL,
}


@audit.writing()
def file_appeal(*, user, application: Application, text: str, certificate: Certificate | None = None) -> Appeal:
    """Appeal against the decision on an application, or against the sanction on its certificate.

    Raises PermissionDenied, and ValidationError for no text, nothing to appeal against, or too late.
    """
    if not can_edit_maker(user, application.maker):
        raise PermissionDenied
    text = (text or "").strip()[:8000]
    if not text:
        raise ValidationError(_("Say why the decision is wrong."))
    application = Application.objects.select_for_update().get(pk=application.pk)
    if certificate is not None and certificate.application_id != application.pk:
        raise PermissionDenied
    subject, decided_at = what_to_appeal(application, certificate)
    if not deadlines.may_still_appeal(decided_at):
        raise ValidationError(
            _("An appeal is possible for %(days)d days after the decision."), params={"days": deadlines.TO_APPEAL.days}
        )
    if application.appeals.filter(status__in=[AppealStatus.FILED, AppealStatus.HEARING]).exists():
        raise ValidationError(_("There is an open appeal in this case already."))
    appeal = Appeal.objects.create(
        application=application, certificate=certificate, subject=subject, text=text, filed_by=user,
        filed_at=clock.now(), due_on=deadlines.due_on(deadlines.APPEAL),
    )  # fmt: skip
    workflow.record(verb=Verb.APPEAL_FILE, actor=user, row=appeal, after={"subject": str(subject)})
    return appeal


def what_to_appeal(application: Application, certificate: Certificate | None = None):
    """(subject, moment of the decision) that an appeal would be against. Raises ValidationError where there is none."""
    if certificate is not None:
        subject = SANCTIONS.get(CertificateStatus(certificate.status))
        if subject is None or certificate.status_reasons == [Reason.GIVEN_BACK]:
            raise ValidationError(_("This certificate is neither suspended nor withdrawn by the program."))
        return subject, certificate.status_changed_at
    refused = set(application.claims) - set(application.granted_claims)
    if application.status not in (ApplicationStatus.REFUSED, ApplicationStatus.GRANTED) or not refused:
        raise ValidationError(_("Nothing that was asked for is refused, so there is nothing to appeal."))
    return AppealSubject.DECISION, application.decided_at


def may_appeal(application: Application, certificate: Certificate | None = None) -> bool:
    """Whether the maker could file an appeal today, for the screens."""
    try:
        _subject, decided_at = what_to_appeal(application, certificate)
    except ValidationError:
        return False
    is_open = application.appeals.filter(status__in=[AppealStatus.FILED, AppealStatus.HEARING]).exists()
    return deadlines.may_still_appeal(decided_at) and not is_open


def hear(*, user, appeal: Appeal) -> Appeal:
    """Take the appeal; only someone who had no part in the case."""
    return workflow.perform(row=appeal, action=Action.HEAR, actor=user, hearer=user)


def drop(*, user, appeal: Appeal) -> Appeal:
    """The maker takes its appeal back."""
    return workflow.perform(row=appeal, action=Action.DROP, actor=user)


@audit.writing()
def uphold(*, user, appeal: Appeal, text: str) -> Appeal:
    """The maker was right: a sanction is undone at once, a refusal is evaluated again by others."""
    appeal = _decide(user, appeal, Action.UPHOLD, text)
    if appeal.certificate is not None:
        certificates.restore(user=user, certificate=appeal.certificate, reason=appeal.outcome_text)
    elif appeal.application.status == ApplicationStatus.REFUSED:
        applications.reopen(user=user, appeal=appeal)
    else:
        applications.follow_up(user=user, appeal=appeal)
    return appeal


def dismiss(*, user, appeal: Appeal, text: str) -> Appeal:
    """The decision stands; the maker reads why."""
    return _decide(user, appeal, Action.DISMISS, text)


def _decide(user, appeal: Appeal, action: Action, text: str) -> Appeal:
    text = (text or "").strip()[:8000]
    if not text:
        raise ValidationError(_("Give the reasons for the answer to the appeal."))
    return workflow.perform(
        row=appeal, action=action, actor=user, reason=text, outcome_text=text, decided_at=clock.now()
    )
