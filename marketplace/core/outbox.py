"""The outbox: work is written in the transaction that causes it, and delivered after the commit.

A message is claimed by compare-and-set with a lease, so a worker that dies loses nothing: the lease
runs out and another claims it. Handlers (`settings.OUTBOX_HANDLERS`, topic -> dotted path) take the
payload and must stand being called twice.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string

from . import clock
from .models import OutboxMessage

LEASE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=1)

logger = logging.getLogger(__name__)


def post(*, topic: str, key: str, payload: dict, after: timedelta = timedelta()) -> None:
    """Queue work once per `key`; call it inside the transaction that the work belongs to."""
    post_all([(topic, key, payload)], after=after)


def post_all(messages: Iterable[tuple[str, str, dict]], *, after: timedelta = timedelta()) -> None:
    """The same for several (topic, key, payload) in one statement."""
    rows = [
        OutboxMessage(topic=topic, key=key, payload=payload, available_at=clock.now() + after)
        for topic, key, payload in messages
    ]
    unknown = {row.topic for row in rows} - set(settings.OUTBOX_HANDLERS)
    if unknown:
        raise LookupError(f"no handler for {', '.join(sorted(unknown))}")
    OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True)
    if not after:
        _wake_once()


def _wake_once() -> None:
    """One wake-up for all that a transaction queues: the worker does whatever it finds."""
    connection = transaction.get_connection()
    waiting = connection.run_on_commit if connection.in_atomic_block else []
    if not any(callback is _wake for _savepoints, callback, _robust in waiting):
        transaction.on_commit(_wake)


def _wake() -> None:
    """A wake-up that still waits begins after our commit, so it finds our work too."""
    from .tasks import deliver_outbox, wake_up_waits

    if not wake_up_waits():
        deliver_outbox.enqueue()


def hurry(pk: int) -> bool:
    """Try a waiting message now, not only after its pause; whether there was one."""
    found = OutboxMessage.objects.filter(pk=pk, done_at__isnull=True).update(available_at=clock.now())
    if found:
        _wake_once()
    return bool(found)


def claim(topic: str = "") -> OutboxMessage | None:
    """Lease the oldest waiting message, of one topic where one is given, or None."""
    now = clock.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    waiting = OutboxMessage.objects.filter(free, done_at__isnull=True, available_at__lte=now)
    if topic:
        waiting = waiting.filter(topic=topic)
    for message in waiting.order_by("available_at", "pk")[:10]:
        taken = OutboxMessage.objects.filter(free, pk=message.pk, done_at__isnull=True).update(
            leased_until=now + LEASE, attempts=F("attempts") + 1
        )
        if taken:
            message.attempts += 1
            return message
    return None


def deliver(limit: int = 100, topic: str = "") -> int:
    """Handle waiting messages, of one topic where one is given; returns how many were done."""
    done = 0
    for _ in range(limit):
        message = claim(topic)
        if message is None:
            return done
        done += _handle(message)
    return done


def _handle(message: OutboxMessage) -> bool:
    try:
        import_string(settings.OUTBOX_HANDLERS[message.topic])(message.payload)
    except Exception as error:  # whatever a handler raises: the message stays and is tried again
        logger.exception("outbox message %s failed, attempt %s", message.key, message.attempts)
        pause = min(timedelta(seconds=5 * 2 ** min(message.attempts, 12)), LONGEST_PAUSE)
        OutboxMessage.objects.filter(pk=message.pk).update(
            leased_until=None, available_at=clock.now() + pause, last_error=f"{type(error).__name__}: {error}"[:2000]
        )
        return False
    OutboxMessage.objects.filter(pk=message.pk).update(done_at=clock.now(), leased_until=None, last_error="")
    return True
