"""What heals by itself: hints from Stripe are looked into, late attempts end, lost answers are asked for again."""

import logging
from datetime import timedelta
from uuid import UUID

from marketplace.core import clock
from marketplace.payments import gateway
from marketplace.payments.models import Attempt, AttemptStatus

from .placing import ensure_intent
from .settling import expire, finalize, give_up

logger = logging.getLogger(__name__)
QUIET = timedelta(minutes=2)
GIVE_UP = timedelta(days=1)
MOST = 100


def look_at_intent(payload: dict) -> None:
    """Outbox: something happened to an intent; fetch it and let the order follow. Not ours: nothing to do."""
    attempt = Attempt.objects.filter(intent_id=payload["intent"]).first() or _attempt_in(payload["intent"])
    if attempt is not None:
        finalize(attempt_id=attempt.pk)


def _attempt_in(intent_id: str) -> Attempt | None:
    """The attempt that an intent names, where we lost its id between Stripe's answer and our commit."""
    try:
        intent = gateway.retrieve_intent(intent_id)
    except gateway.Unreachable:
        raise
    except gateway.GatewayError as error:
        logger.warning("a hint about %s, which Stripe does not know: %s", intent_id, error)
        return None
    attempt = Attempt.objects.filter(pk=_uuid(intent.metadata.get("attempt", "")), intent_id="").first()
    return ensure_intent(attempt=attempt) if attempt else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def sweep() -> int:
    """Every minute: end what is late, ask about what is quiet. Returns how many attempts were looked at."""
    now = clock.now()
    waiting = Attempt.objects.filter(status=AttemptStatus.OPEN).order_by("created_at", "order")
    late = list(waiting.filter(expires_at__lte=now).values_list("pk", flat=True)[:MOST])
    quiet = list(waiting.filter(expires_at__gt=now, created_at__lte=now - QUIET).values_list("pk", flat=True)[:MOST])
    for pk in late:
        _try(expire, pk, give_up_after=GIVE_UP)
    for pk in quiet:
        _try(finalize, pk)
    return len(late) + len(quiet)


def _try(action, attempt_id, *, give_up_after: timedelta | None = None) -> None:
    """Do it or try again in a minute; what Stripe refuses for a whole day is for people."""
    try:
        action(attempt_id=attempt_id)
    except gateway.Unreachable as error:
        logger.warning("attempt %s: %s", attempt_id, error)
    except gateway.GatewayError as error:
        logger.warning("attempt %s was refused: %s", attempt_id, error)
        if give_up_after and Attempt.objects.filter(pk=attempt_id, expires_at__lte=clock.now() - give_up_after):
            give_up(attempt_id=attempt_id, why=str(error))
