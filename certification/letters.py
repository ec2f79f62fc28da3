"""Letters to makers about their applications: a question, a decision with its reasons. Sent by the outbox."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.core import outbox

from .models import Application
from .texts import claim_labels
from .words import ApplicationStatus


def send_question(application: Application) -> None:
    """Queue the question of this round; call it in the transaction that asked."""
    count = application.audit_entries.filter(verb="staff:application:ask").count()
    _queue(application, "question", f"question:{application.pk}:{count}")


def send_decision(application: Application) -> None:
    """Queue the decision; call it in the transaction that decided."""
    _queue(application, "decision", f"decision:{application.pk}")


def deliver(payload: dict) -> None:
    """Outbox handler: write and send one letter."""
    application = Application.objects.select_related("maker", "product", "criteria").get(pk=payload["application"])
    with translation.override(payload["language"]):
        message = _message(application, payload["letter"])
    message.send()


def _queue(application: Application, letter: str, key: str) -> None:
    payload = {"application": application.pk, "letter": letter, "language": application.maker.language}
    outbox.post(topic="certification.letter", key=key, payload=payload)


def _message(application: Application, letter: str) -> EmailMessage:
    context = {
        "application": application,
        "maker": application.maker,
        "granted": application.status == ApplicationStatus.GRANTED,
        "claims": claim_labels(application.granted_claims),
        "certificate": getattr(application, "certificate", None),
        "address": f"{settings.SITE_ADDRESS}{application.get_absolute_url()}",
        "site": settings.SITE_ADDRESS,
        "mark_owner": settings.MARK_OWNER,
    }
    return EmailMessage(
        subject=_subject(application, letter),
        body=render_to_string(f"mail/certification_{letter}.txt", context),
        to=[application.maker.email],
    )


def _subject(application: Application, letter: str) -> str:
    words = {"title": " ".join(application.facts["title"].split())}
    if letter == "question":
        return _("A question about “%(title)s”") % words
    return _("Decision about “%(title)s”") % words
