"""The clock runs each job when its time has come, once, whatever another job does."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from marketplace.core import clock, outbox, periodic, tasks
from marketplace.core.models import OutboxMessage

pytestmark = pytest.mark.django_db
RAN: list[str] = []


def often():
    RAN.append("often")


def fails():
    RAN.append("fails")
    raise RuntimeError("this job is broken")


def note(payload):
    RAN.append("note")


@pytest.fixture(autouse=True)
def _jobs(settings):
    RAN.clear()
    here = "tests.core.test_periodic"
    settings.PERIODIC_JOBS = {f"{here}.fails": 3600, f"{here}.often": 60}
    settings.OUTBOX_HANDLERS = {"test.note": f"{here}.note"}


def test_a_job_runs_when_it_is_due_and_not_before():
    for seconds, expected in ((0, ["fails", "often"]), (30, []), (61, ["often"]), (3601, ["fails", "often"])):
        RAN.clear()
        with clock.at(clock.now() + timedelta(seconds=seconds)):
            periodic.tick()
        assert expected == RAN


def test_what_nobody_picked_up_is_done_by_the_clock():
    outbox.post_all([("test.note", "note:1", {}), ("test.note", "note:2", {}), ("test.note", "note:1", {})])
    periodic.tick()
    assert RAN.count("note") == OutboxMessage.objects.count() == 2


def test_a_topic_without_handler_is_refused_with_all_that_came_with_it():
    with pytest.raises(LookupError, match=r"test\.other"):
        outbox.post_all([("test.note", "note:1", {}), ("test.other", "other:1", {})])
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_wake_up_that_waits_is_enough(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for number in range(3):
        outbox.post(topic="test.note", key=f"note:{number}", payload={})
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(status="RUNNING")  # it may have looked already
    outbox.post(topic="test.note", key="note:late", payload={})
    assert DBTaskResult.objects.count() == 2


def test_wake_ups_that_are_over_are_forgotten_after_a_day(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for finished, status in ((3, "SUCCESSFUL"), (0, "SUCCESSFUL"), (None, "READY")):
        made = tasks.deliver_outbox.enqueue()
        moment = None if finished is None else clock.now() - timedelta(days=finished)
        DBTaskResult.objects.filter(pk=made.id).update(status=status, finished_at=moment)
    tasks.forget_wake_ups()
    assert DBTaskResult.objects.count() == 2
