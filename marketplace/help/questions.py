"""Questions that people ask through the contact page: sent to the staff, and forgotten when they are old."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from marketplace.core import clock, outbox
from marketplace.core.models import OutboxMessage

TOPIC = "help.question"
KEPT = timedelta(days=90)


@transaction.atomic
def ask(*, email: str, name: str, order: str, text: str, language: str) -> None:
    """Queue a letter to the staff with what somebody typed."""
    payload = {"email": email, "name": name, "order": order, "text": text, "language": language}
    key = f"question-{email}-{clock.now().isoformat()}"
    outbox.post(topic=TOPIC, key=key, payload=payload | {"to": settings.STAFF_EMAIL})


def forget_old() -> int:
    """Periodic: questions that were sent so long ago are not kept here any more; returns how many."""
    old = OutboxMessage.objects.filter(topic=TOPIC, done_at__lt=clock.now() - KEPT)
    return old.delete()[0]
