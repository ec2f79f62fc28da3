"""Complaints: anyone reports a badge, someone uninvolved looks at it, the reporter is told."""

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certification import audit, deadlines, workflow
from certification.models import Certificate, Complaint
from certification.words import Action, ComplaintStatus, Verb
from marketplace.core import clock

MOST_OPEN = 25


@audit.writing()
def report_badge(*, certificate: Certificate, text: str, name: str = "", email: str = "") -> Complaint:
    """Open a case about a badge. No account is needed; with an address the reporter is told the outcome.

    Raises ValidationError without words, or where this certificate has many open reports already.
    """
    text = (text or "").strip()[:8000]
    if not text:
        raise ValidationError(_("Say what you saw that does not fit the badge."))
    running = certificate.complaints.filter(status__in=[ComplaintStatus.RECEIVED, ComplaintStatus.LOOKING])
    if running.count() >= MOST_OPEN:
        raise ValidationError(_("Many reports about this badge are being looked at already. Thank you."))
    complaint = Complaint.objects.create(
        certificate=certificate, text=text, name=name.strip()[:120], email=email.strip(), filed_at=clock.now(),
        language=(get_language() or "en")[:2], due_on=deadlines.due_on(deadlines.COMPLAINT),
    )  # fmt: skip
    workflow.record(verb=Verb.COMPLAINT_FILE, actor=None, row=complaint)
    return complaint


def look_at(*, user, complaint: Complaint) -> Complaint:
    """Take the complaint; only someone who had no part in the certificate."""
    return workflow.perform(row=complaint, action=Action.LOOK, actor=user, handler=user)


def answer(*, user, complaint: Complaint, justified: bool, text: str) -> Complaint:
    """Say what came of it; the reporter reads `text`. A sanction, where one is due, is a step of its own."""
    text = (text or "").strip()[:8000]
    if not text:
        raise ValidationError(_("Write what the reporter is told."))
    action = Action.UPHOLD if justified else Action.DISMISS
    return workflow.perform(
        row=complaint, action=action, actor=user, reason=text, outcome_text=text, decided_at=clock.now()
    )


def forget_reporters() -> int:
    """Periodic: erase name and address of reporters a year after they were answered; returns how many."""
    old = Complaint.objects.filter(decided_at__lt=clock.now() - deadlines.REPORTER_KEPT)
    return old.exclude(name="", email="").update(name="", email="")
