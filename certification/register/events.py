"""What happened to a certificate, as the public may read it: from the audit trail, without who did it."""

from dataclasses import dataclass
from datetime import datetime

from certification.models import AuditEntry, Certificate
from certification.texts import VERBS
from certification.words import Action, Source, Verb

# A reason given for these is on the register from the start (Certificate.status_reason).
_PUBLIC = (
    Verb.CERTIFICATE_ISSUE,
    *(f"{Source.STAFF}:certificate:{action}" for action in (
        Action.SUSPEND, Action.REINSTATE, Action.WITHDRAW, Action.SUPERSEDE, Action.RESTORE,
    )),
    f"{Source.MAKER}:certificate:{Action.GIVE_BACK}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    label: str
    reason: str


def of_certificate(certificate: Certificate) -> list[Event]:
    """Oldest first; a reason that was erased from the trail is left out."""
    entries = AuditEntry.objects.filter(subject=f"certificate:{certificate.number}", verb__in=_PUBLIC)
    return [
        Event(entry.at, str(VERBS.get(entry.verb, entry.verb)), _reason(entry))
        for entry in entries.select_related("private").order_by("number")
    ]


def _reason(entry: AuditEntry) -> str:
    if entry.verb == Verb.CERTIFICATE_ISSUE or entry.kept is None:
        return ""
    return entry.kept.reason
