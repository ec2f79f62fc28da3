"""How a return moves: one table, and the one writer of its status."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from catalog.order.workflow import WrongMoment
from marketplace.core import clock

from .models import Return, ReturnChange
from .words import SILENCE, Action, ReturnStatus, Side

S = ReturnStatus


@dataclass(frozen=True)
class Transition:
    to: ReturnStatus
    sides: tuple[Side, ...]
    guard: Callable[[Return], bool] | None = None


def business_days_after(day: date, count: int) -> date:
    """The last of `count` days from Monday to Friday after `day`."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def answer_by(item: Return) -> date:
    """The last day on which a maker answers in time."""
    return business_days_after(item.changed_at.astimezone(clock.LOS_ANGELES).date(), SILENCE)


def is_silent(item: Return) -> bool:
    """Whether the maker let its days pass."""
    return clock.today() > answer_by(item)


TRANSITIONS = {
    (S.ASKED, Action.ACCEPT): Transition(S.ACCEPTED, (Side.MAKER,)),
    (S.ASKED, Action.DECLINE): Transition(S.DECLINED, (Side.MAKER,)),
    (S.ASKED, Action.DROP): Transition(S.DROPPED, (Side.SHOPPER,)),
    (S.ASKED, Action.ESCALATE): Transition(S.ESCALATED, (Side.SHOPPER,), is_silent),
    (S.ASKED, Action.REFUND): Transition(S.REFUNDED, (Side.SHOPPER,), lambda item: item.for_false_claim),
    (S.DECLINED, Action.ACCEPT): Transition(S.ACCEPTED, (Side.MAKER,)),
    (S.DECLINED, Action.ESCALATE): Transition(S.ESCALATED, (Side.SHOPPER,)),
    (S.DECLINED, Action.DROP): Transition(S.DROPPED, (Side.SHOPPER,)),
    (S.ACCEPTED, Action.RECEIVE): Transition(S.RECEIVED, (Side.MAKER,)),
    (S.ACCEPTED, Action.DROP): Transition(S.DROPPED, (Side.SHOPPER,)),
    (S.ACCEPTED, Action.ESCALATE): Transition(S.ESCALATED, (Side.SHOPPER,), is_silent),
    (S.RECEIVED, Action.REFUND): Transition(S.REFUNDED, (Side.MAKER, Side.STAFF)),
    (S.RECEIVED, Action.ESCALATE): Transition(S.ESCALATED, (Side.SHOPPER,), is_silent),
    (S.ESCALATED, Action.REFUND): Transition(S.REFUNDED, (Side.STAFF,)),
    (S.ESCALATED, Action.REJECT): Transition(S.REJECTED, (Side.STAFF,)),
}


def possible(item: Return, side: Side) -> frozenset[str]:
    """What a side may do with the return now."""
    return frozenset(
        str(action)
        for (status, action), move in TRANSITIONS.items()
        if status == item.status and side in move.sides and (move.guard is None or move.guard(item))
    )


@transaction.atomic
def perform(*, item: Return, action: Action, side: Side, actor, words: str = "", **fields) -> ReturnChange:
    """Move the return along and write `fields` with it; locks it first. Raises WrongMoment."""
    row = Return.objects.select_for_update().get(pk=item.pk)
    if action not in possible(row, side):
        raise WrongMoment(f"a return that is {row.status} can't {action} by {side}")
    before, now = row.status, clock.now()
    row.status, row.changed_at = TRANSITIONS[ReturnStatus(before), action].to, now
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=["status", "changed_at", *fields])
    for name in ("status", "changed_at", *fields):
        setattr(item, name, getattr(row, name))
    return ReturnChange.objects.create(
        item=row, from_status=before, to_status=row.status, side=side, actor=actor, words=words, at=now
    )
