"""How long things may take: the promises that the queue, letters and public pages are measured by."""

from datetime import date, datetime, timedelta

from marketplace.core import clock

DECISION = timedelta(days=14)  # an application, from handing in to its decision
TO_APPEAL = timedelta(days=30)  # a maker, after a decision or a sanction
APPEAL = timedelta(days=30)  # an appeal, to its answer
COMPLAINT = timedelta(days=14)  # a complaint about a badge, to its answer
SURVEILLANCE = timedelta(days=60)  # a certificate that was drawn, to its check
CERTIFICATE_NOTICES = (60, 30, 7)  # days ahead of a certificate's last day
REPORTER_KEPT = timedelta(days=365)  # name and address of who reported a badge, after the answer


def due_on(allowed: timedelta, start: datetime | None = None) -> date:
    """The last Los Angeles day, inclusive, for what was asked at `start` (aware; now)."""
    return (start or clock.now()).astimezone(clock.LOS_ANGELES).date() + allowed


def may_still_appeal(decided_at: datetime) -> bool:
    """Whether an appeal against what was decided at this moment (aware) is in time."""
    return clock.today() <= due_on(TO_APPEAL, decided_at)
