"""Letters of the programme: questions, decisions, sanctions, notices, answers. Queued with the act, sent by the outbox.

Each letter is a text template that knows one row; a decision goes out as a PDF as well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from marketplace.core import outbox

from . import deadlines
from .letter_pdf import letter_pdf
from .models import Appeal, Application, Certificate, Complaint
from .texts import claim_labels, reason_labels
from .words import ApplicationStatus


@dataclass(frozen=True, slots=True)
class Letter:
    """`subject` may name %(title)s, the product, and %(number)s, the certificate or case."""

    model: type[models.Model]
    subject: Any
    to_reporter: bool = False
    as_pdf: bool = False


LETTERS = {
    "question": Letter(Application, _("A question about “%(title)s”")),
    "decision": Letter(Application, _("Decision about “%(title)s”"), as_pdf=True),
    "sanction": Letter(Certificate, _("Certificate %(number)s, “%(title)s”"), as_pdf=True),
    "expiry": Letter(Certificate, _("Certificate %(number)s ends soon")),
    "appeal_received": Letter(Appeal, _("Your appeal about “%(title)s”")),
    "appeal_outcome": Letter(Appeal, _("Answer to your appeal about “%(title)s”"), as_pdf=True),
    "complaint_received": Letter(Complaint, _("Your report about %(number)s"), to_reporter=True),
    "complaint_outcome": Letter(Complaint, _("What came of your report about %(number)s"), to_reporter=True),
}


def send_question(application: Application) -> None:
    """Queue the question of this round; call it in the transaction that asked."""
    count = application.audit_entries.filter(verb="staff:application:ask").count()
    _queue("question", application, f"{application.pk}:{count}")


def send_decision(application: Application) -> None:
    """Queue the decision of this round; call it in the transaction that decided."""
    count = application.audit_entries.filter(verb__in=["staff:application:grant", "staff:application:refuse"]).count()
    _queue("decision", application, f"{application.pk}:{count}")


def send_sanction(certificate: Certificate) -> None:
    """Queue what happened to a certificate; call it in the transaction that suspended, ended or restored it."""
    _queue("sanction", certificate, f"{certificate.pk}:{certificate.status_changed_at.isoformat()}")


def send_expiry(certificate: Certificate, *, notice: int) -> None:
    """Queue the notice of so many days ahead, once."""
    _queue("expiry", certificate, f"{certificate.pk}:{notice}")


def send_appeal(appeal: Appeal) -> None:
    """Queue that an appeal came in, or its outcome."""
    letter = "appeal_outcome" if appeal.decided_at else "appeal_received"
    _queue(letter, appeal, str(appeal.pk))


def send_complaint(complaint: Complaint) -> None:
    """Queue the receipt of a report, or its outcome, to who left an address."""
    if complaint.email:
        _queue("complaint_outcome" if complaint.decided_at else "complaint_received", complaint, str(complaint.pk))


def deliver(payload: dict) -> None:
    """Outbox handler: write and send one letter."""
    letter = LETTERS[payload["letter"]]
    row = letter.model._default_manager.get(pk=payload["row"])
    with translation.override(payload["language"]):
        message = _message(payload["letter"], letter, row)
    if message.to:
        message.send()


def decision_pdf(application: Application) -> bytes:
    """The decision letter as it was sent, to be read again; in the maker's language."""
    letter = LETTERS["decision"]
    with translation.override(application.maker.language):
        return _pdf(_subject(letter, application), _body("decision", application))


def _queue(name: str, row, key: str) -> None:
    language = row.language if LETTERS[name].to_reporter else row.maker.language
    payload = {"letter": name, "row": row.pk, "language": language}
    outbox.post(topic="certification.letter", key=f"{name}:{key}", payload=payload)


def _message(name: str, letter: Letter, row) -> EmailMessage:
    subject, body = _subject(letter, row), _body(name, row)
    to = row.email if letter.to_reporter else row.maker.email
    message = EmailMessage(subject=subject, body=body, to=[to] if to else [])
    if letter.as_pdf:
        message.attach(f"{name}.pdf", _pdf(subject, body), "application/pdf")
    return message


def _pdf(subject: str, body: str) -> bytes:
    return letter_pdf(subject=subject, body=body, sender=settings.MARK_OWNER)


def _subject(letter: Letter, row) -> str:
    title = " ".join(_case(row).facts["title"].split())
    number = _certificate(row).number if _certificate(row) else str(_case(row))
    return str(letter.subject) % {"title": title, "number": number}


def _body(name: str, row) -> str:
    context = {
        "row": row, "application": _case(row), "maker": row.maker, "certificate": _certificate(row),
        "site": settings.SITE_ADDRESS, "address": f"{settings.SITE_ADDRESS}{_case(row).get_absolute_url()}",
        "mark_owner": settings.MARK_OWNER, "appeal_days": deadlines.TO_APPEAL.days,
    }  # fmt: skip
    context |= _MORE[type(row)](row)
    return render_to_string(f"mail/certification_{name}.txt", context).strip() + "\n"


def _case(row) -> Application:
    return row if isinstance(row, Application) else row.application


def _certificate(row) -> Certificate | None:
    if isinstance(row, Certificate):
        return row
    if isinstance(row, Application):
        return getattr(row, "certificate", None)
    return row.certificate


def _about_application(application: Application) -> dict:
    granted = application.status == ApplicationStatus.GRANTED
    missing = [claim for claim in application.claims if claim not in application.granted_claims]
    return {
        "granted": granted,
        "claims": claim_labels(application.granted_claims),
        "not_granted": claim_labels(missing) if granted else "",
        "reasons": reason_labels(application.decision_reasons),
    }


_MORE: dict[type, Callable[[Any], dict]] = {
    Application: _about_application,
    Certificate: lambda row: {"reasons": reason_labels(row.status_reasons)},
    Appeal: lambda row: {},
    Complaint: lambda row: {},
}
