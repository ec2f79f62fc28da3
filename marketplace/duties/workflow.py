"""How a seller's check and a reported listing move: two tables, and the one writer of each status.

15 USC 45f(a): facts within 10 days after a seller qualifies, verified within 10 days after they are given, certified
once a year within 10 days; where they do not come, a written notice, 10 days more, then no further sales until they do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from catalog.order.workflow import WrongMoment
from makers.models import Maker
from marketplace.core import clock

from .models import ListingReport, ListingReportChange, SellerCheck, SellerCheckChange
from .windows import years_later
from .words import CheckAction, CheckStatus, ReportAction, ReportStatus, Side

TEN_DAYS = timedelta(days=10)
S, A, R = CheckStatus, CheckAction, ReportStatus


@dataclass(frozen=True)
class Transition:
    to: CheckStatus
    side: Side
    guard: Callable[[SellerCheck], bool] | None = None


def is_due(check: SellerCheck) -> bool:
    """Whether the day to ask again has come."""
    return check.due_on is not None and clock.today() >= check.due_on


def is_overdue(check: SellerCheck) -> bool:
    """Whether the last day to act is over."""
    return check.due_on is not None and clock.today() > check.due_on


def has_facts(check: SellerCheck) -> bool:
    """Whether there is something verified that can be confirmed."""
    return check.verified_answer_id is not None


def is_closed(check: SellerCheck) -> bool:
    return check.maker.closed_at is not None


TRANSITIONS = {
    (S.ENDED, A.ASK): Transition(S.ASKED, Side.CLOCK),
    (S.ASKED, A.ANSWER): Transition(S.GIVEN, Side.MAKER),
    (S.RETURNED, A.ANSWER): Transition(S.GIVEN, Side.MAKER),
    (S.VERIFIED, A.ANSWER): Transition(S.GIVEN, Side.MAKER),
    (S.CONFIRM, A.ANSWER): Transition(S.GIVEN, Side.MAKER),
    (S.WARNED, A.ANSWER): Transition(S.GIVEN, Side.MAKER),
    (S.STOPPED, A.ANSWER): Transition(S.GIVEN, Side.MAKER),
    (S.CONFIRM, A.CONFIRM): Transition(S.VERIFIED, Side.MAKER, has_facts),
    (S.WARNED, A.CONFIRM): Transition(S.VERIFIED, Side.MAKER, has_facts),
    (S.STOPPED, A.CONFIRM): Transition(S.VERIFIED, Side.MAKER, has_facts),
    (S.GIVEN, A.VERIFY): Transition(S.VERIFIED, Side.STAFF),
    (S.GIVEN, A.SEND_BACK): Transition(S.RETURNED, Side.STAFF),
    (S.VERIFIED, A.SEND_BACK): Transition(S.RETURNED, Side.STAFF),
    (S.VERIFIED, A.ASK_YEARLY): Transition(S.CONFIRM, Side.CLOCK, is_due),
    (S.GIVEN, A.ASK_ANEW): Transition(S.ASKED, Side.CLOCK),
    (S.VERIFIED, A.ASK_ANEW): Transition(S.ASKED, Side.CLOCK),
    (S.CONFIRM, A.ASK_ANEW): Transition(S.ASKED, Side.CLOCK),
    (S.ASKED, A.WARN): Transition(S.WARNED, Side.CLOCK, is_overdue),
    (S.RETURNED, A.WARN): Transition(S.WARNED, Side.CLOCK, is_overdue),
    (S.CONFIRM, A.WARN): Transition(S.WARNED, Side.CLOCK, is_overdue),
    (S.WARNED, A.STOP): Transition(S.STOPPED, Side.CLOCK, is_overdue),
    (S.VERIFIED, A.END): Transition(S.ENDED, Side.CLOCK, is_due),
    (S.ASKED, A.END): Transition(S.ENDED, Side.CLOCK, is_closed),
    (S.GIVEN, A.END): Transition(S.ENDED, Side.CLOCK, is_closed),
    (S.RETURNED, A.END): Transition(S.ENDED, Side.CLOCK, is_closed),
    (S.CONFIRM, A.END): Transition(S.ENDED, Side.CLOCK, is_closed),
    (S.WARNED, A.END): Transition(S.ENDED, Side.CLOCK, is_closed),
    (S.STOPPED, A.END): Transition(S.ENDED, Side.CLOCK, is_closed),
}

REPORT_TRANSITIONS = {
    (R.FILED, ReportAction.LOOK): R.LOOKING,
    (R.FILED, ReportAction.ACT): R.ACTED,
    (R.FILED, ReportAction.DISMISS): R.DISMISSED,
    (R.LOOKING, ReportAction.ACT): R.ACTED,
    (R.LOOKING, ReportAction.DISMISS): R.DISMISSED,
    (R.ACTED, ReportAction.REOPEN): R.LOOKING,
    (R.DISMISSED, ReportAction.REOPEN): R.LOOKING,
}


def possible(check: SellerCheck, side: Side) -> frozenset[str]:
    """What a side may do with the check now."""
    return frozenset(
        str(action)
        for (status, action), move in TRANSITIONS.items()
        if status == check.status and move.side == side and (move.guard is None or move.guard(check))
    )


def due_on(status: CheckStatus) -> date | None:
    """The last day of whoever has to act in a status that begins today."""
    if status in (S.STOPPED, S.ENDED):
        return None
    return years_later(clock.today(), 1) if status == S.VERIFIED else clock.today() + TEN_DAYS


@transaction.atomic
def perform(
    *, check: SellerCheck, action: CheckAction, side: Side, actor=None, words: str = "", **fields
) -> SellerCheckChange:
    """Move the check along and write `fields` with it; locks maker and check first. Raises WrongMoment.

    A maker that comes into or out of STOPPED may not, or may again, sell from that moment on.
    """
    maker = Maker.objects.select_for_update().get(pk=check.maker_id)
    row = SellerCheck.objects.select_for_update().get(pk=check.pk)
    row.maker = maker
    if action not in possible(row, side):
        raise WrongMoment(f"a check that is {row.status} can't {action} by {side}")
    before, to = row.status, TRANSITIONS[S(row.status), action].to
    return _move(row, before, to, side, actor, words, fields, passed_to=check)


@transaction.atomic
def begin(*, maker: Maker, **fields) -> SellerCheckChange:
    """The first check of a maker that is a high-volume seller now; the caller holds the maker's lock."""
    row = SellerCheck(maker=maker, **fields)
    return _move(row, "", S.ASKED, Side.CLOCK, None, "", {})


def _move(
    row: SellerCheck, before: str, to: CheckStatus, side: Side, actor, words: str, fields: dict, passed_to=None
) -> SellerCheckChange:
    row.status, row.changed_at, row.due_on = to, clock.now(), due_on(to)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    if passed_to is not None:
        for name in ("status", "changed_at", "due_on", *fields):
            setattr(passed_to, name, getattr(row, name))
    if S.STOPPED in (before, to):
        row.maker.selling_stopped_at = row.changed_at if to == S.STOPPED else None
        row.maker.save(update_fields=["selling_stopped_at"])
    return SellerCheckChange.objects.create(
        check_of=row, from_status=before, to_status=to, side=side, actor=actor, words=words, due_on=row.due_on,
        at=row.changed_at,
    )  # fmt: skip


@transaction.atomic
def perform_report(*, report: ListingReport, action: ReportAction, actor, words: str = "") -> ListingReportChange:
    """Move the report along; locks it first. Raises WrongMoment."""
    row = ListingReport.objects.select_for_update().get(pk=report.pk)
    to = REPORT_TRANSITIONS.get((R(row.status), action))
    if to is None:
        raise WrongMoment(f"a report that is {row.status} can't {action}")
    before = row.status
    row.status, row.changed_at = to, clock.now()
    row.save(update_fields=["status", "changed_at"])
    report.status, report.changed_at = row.status, row.changed_at
    return ListingReportChange.objects.create(
        report=row, from_status=before, to_status=to, actor=actor, words=words, at=row.changed_at
    )
