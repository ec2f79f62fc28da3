"""What the Mail Order Rule asks for pieces that did not leave when promised: pure, over days of Los Angeles.

16 CFR 435.2: (b)(1) offer to wait or cancel, no later than the promised day; (b)(1)(ii) silence agrees to a
definite new day at most 30 days later; (b)(1)(iii) silence cancels a longer or an indefinite delay after 30 days;
(b)(2) a further delay needs an express yes before the day that was promised last; (c) canceled means prompt refund.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from catalog.order.models import DelayAnswer

SHORT = timedelta(days=30)


class Act(StrEnum):
    WAIT = "wait"
    TELL = "tell"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Told:
    """The last notice about some pieces."""

    old_day: date
    new_day: date | None
    answer: str
    answer_by: date | None


def answer_by(*, first_day: date, old_day: date, new_day: date | None, further: bool) -> date | None:
    """Until when only a yes keeps the order; None where silence agrees."""
    if further:
        return old_day
    if new_day is not None and new_day <= first_day + SHORT:
        return None
    return first_day + SHORT


def what_now(*, promised_on: date, told: Told | None, today: date, evening: bool) -> Act:
    """What to do about pieces that did not leave; the notice goes out in the evening of the day, or sooner by hand."""
    if told is None:
        return _due(promised_on, today, evening)
    if told.answer == DelayAnswer.CANCELED:
        return Act.CANCEL  # (c)(1)
    if told.answer == DelayAnswer.NONE and told.answer_by is not None:
        return Act.CANCEL if today > told.answer_by else Act.WAIT  # (c)(2), (c)(3)
    if told.new_day is None:
        return Act.WAIT  # agreed to an indefinite delay: may cancel any time before it leaves
    return _due(told.new_day, today, evening)


def _due(day: date, today: date, evening: bool) -> Act:
    return Act.TELL if today > day or (today == day and evening) else Act.WAIT
