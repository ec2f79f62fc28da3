"""Jobs that run every so often (`settings.PERIODIC_JOBS`, dotted path -> seconds), one clock at a time."""

import logging
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from . import clock, outbox
from .models import PeriodicRun

NEVER = datetime.min.replace(tzinfo=UTC)
logger = logging.getLogger(__name__)


def due() -> list[tuple[str, int]]:
    """The jobs whose time has come as far as one look tells; who runs one is decided under its lock."""
    ran = {row.job: row.ran_at or NEVER for row in PeriodicRun.objects.all()}
    now = clock.now()
    return [
        (job, every)
        for job, every in settings.PERIODIC_JOBS.items()
        if ran.get(job, NEVER) <= now - timedelta(seconds=every)
    ]


def claim_due(job: str, every: int) -> bool:
    """Whether this process is the one to run `job` now."""
    PeriodicRun.objects.get_or_create(job=job)
    now = clock.now()
    with transaction.atomic():
        run = PeriodicRun.objects.select_for_update().get(job=job)
        if run.ran_at and run.ran_at > now - timedelta(seconds=every):
            return False
        run.ran_at = now
        run.save(update_fields=["ran_at"])
    return True


def tick() -> None:
    """Run what is due and pick up messages whose worker died."""
    for job, every in due():
        if not claim_due(job, every):
            continue
        try:
            import_string(job)()
        except Exception:  # one failing job must not stop the clock; it is logged and due again next time
            logger.exception("periodic job %s failed", job)
    outbox.deliver()
