"""What time it is: one place to ask, so that tests can travel and days are Los Angeles days.

Moments are aware datetimes in UTC. A day is a calendar day in America/Los_Angeles
(criteria, "Always": `valid_until` is inclusive there).
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The present calendar day in Los Angeles."""
    return now().astimezone(LOS_ANGELES).date()


def start_of(day: date) -> datetime:
    """The first moment of a Los Angeles day."""
    return datetime.combine(day, time.min, tzinfo=LOS_ANGELES)


def end_of(day: date) -> datetime:
    """The first moment after a Los Angeles day, so `moment < end_of(day)` means "on that day or before"."""
    return start_of(day + timedelta(days=1))
