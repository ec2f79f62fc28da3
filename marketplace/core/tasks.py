"""Wake-ups: the work itself lies in outbox rows."""

from django.core.management import call_command
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from . import outbox


@task()
def deliver_outbox() -> int:
    return outbox.deliver()


def wake_up_waits() -> bool:
    """Whether a worker will look at the outbox anyway."""
    return DBTaskResult.objects.ready().filter(task_path=deliver_outbox.module_path).exists()


def forget_wake_ups() -> None:
    """Every day: wake-ups that are over are of no use to anybody."""
    call_command("prune_db_task_results", min_age_days=1, verbosity=0)
