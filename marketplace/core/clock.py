"""What time it is: one place to ask, so that tests can travel and days are Los Angeles days.

Moments are aware datetimes in UTC. A day is a calendar day in America/Los_Angeles
(criteria, "Always": `valid_until` is inclusive there).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
_history: ContextVar[datetime | None] = ContextVar("history", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _history.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """What is done inside is done at `moment` (aware): how the demo writes its history through the services."""
    token = _history.set(moment)
    try:
        yield
    finally:
        _history.reset(token)


def today() -> date:
    """The present calendar day in Los Angeles."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The Los Angeles day of a moment."""
    return moment.astimezone(LOS_ANGELES).date()


def start_of(day: date) -> datetime:
    """The first moment of a Los Angeles day."""
    return datetime.combine(day, time.min, tzinfo=LOS_ANGELES)


def end_of(day: date) -> datetime:
    """The first moment after a Los Angeles day, so `moment < end_of(day)` means "on that day or before"."""
    return start_of(day + timedelta(days=1))
