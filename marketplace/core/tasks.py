"""Wake-ups: the work itself lies in outbox rows."""

from django_tasks import task

from . import outbox


@task()
def deliver_outbox() -> int:
    return outbox.deliver()
