"""Pieces that leave later than promised: the shopper is told and may wait or cancel, silence counts as the law says."""

import logging
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from catalog.order.models import WAITING, DelayAnswer, DelayNotice, Line, MakerOrder, Order
from catalog.order.workflow import WrongMoment
from makers import permissions
from marketplace.core import clock, outbox
from marketplace.payments.models import Refund, RefundKind

from .counting import Count, counts_of
from .late_rules import Act, Told, answer_by, what_now
from .refunding import Disputed, NothingLeft, request_refund, these

logger = logging.getLogger(__name__)
EVENING = 18  # the hour of the promised day from which a parcel will hardly leave any more
LONGEST_REASON, LATEST_DAYS = 300, 365


def watch_promises() -> int:
    """Look at every part with a promised day that is over or ends; how many were looked at. Run each hour."""
    due = MakerOrder.objects.filter(status__in=WAITING, promised_on__lte=clock.today())
    found = list(due.order_by("promised_on", "pk").values_list("pk", flat=True))
    for pk in found:
        try:
            look_at_promise(part_id=pk)
        except (Disputed, NothingLeft, WrongMoment) as error:  # the bank decides, or somebody was faster
            logger.info("the promise of part %s is left alone: %s", pk, error)
    return len(found)


@transaction.atomic
def look_at_promise(*, part_id: int) -> None:
    """Do what the rule asks for each group of late pieces of a part. Raises Disputed, NothingLeft, WrongMoment."""
    part = _locked(part_id)
    if part.status not in WAITING:
        return
    evening = clock.now().astimezone(clock.LOS_ANGELES).hour >= EVENING
    for told, lines in _late_groups(part):
        known = told and Told(told.old_day, told.new_day, told.answer, told.answer_by)
        act = what_now(promised_on=lines[0].promised_on, told=known, today=clock.today(), evening=evening)
        if act == Act.TELL:
            _tell(part, lines, told, new_day=None, reason="", user=None)
        elif act == Act.CANCEL and told is not None:
            _cancel(told, lines, user=None)


@transaction.atomic
def say_late(*, user, part: MakerOrder, new_day: date | None, reason: str) -> list[DelayNotice]:
    """The maker says that the pieces due next leave on `new_day`, or that it can't say when.

    Raises PermissionDenied, ValidationError, WrongMoment.
    """
    permissions.require(permissions.can_edit_maker(user, part.maker))
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("Say in up to 300 characters why; the shopper reads it.")})
    part = _locked(part.pk)
    if part.status not in WAITING:
        raise WrongMoment(f"a part that is {part.status} is not late")
    _check_day(part, new_day)
    groups = [(told, lines) for told, lines in _groups(part) if lines[0].promised_on == part.promised_on]
    if any(told and told.answer_by and told.answer == DelayAnswer.NONE for told, _lines in groups):
        raise WrongMoment("the shopper was asked already and has not answered")
    return [_tell(part, lines, told, new_day=new_day, reason=reason, user=user) for told, lines in groups]


@transaction.atomic
def answer_delay(*, access, notice: DelayNotice, agree: bool) -> DelayNotice:
    """The shopper waits, or cancels what did not leave; a yes may still turn into a no until it leaves.

    Raises PermissionDenied, WrongMoment, Disputed, NothingLeft.
    """
    access.require_part(notice.part)
    part = _locked(notice.part_id)
    notice = DelayNotice.objects.select_for_update().get(pk=notice.pk)
    lines = _still_waiting(part, notice)
    newest = not notice.part.delay_notices.filter(number__gt=notice.number, lines__in=lines).exists()
    if part.status not in WAITING or not lines or not newest or notice.answer == DelayAnswer.CANCELED:
        raise WrongMoment("nothing of this notice waits any more")
    if agree and notice.answer_by and clock.today() > notice.answer_by:
        raise WrongMoment("it is too late to agree")
    notice.answer = DelayAnswer.AGREED if agree else DelayAnswer.CANCELED
    notice.answered_at = clock.now()
    notice.save(update_fields=["answer", "answered_at"])
    if not agree:
        _cancel(notice, lines, user=access.user)
    elif notice.new_day:
        _promise(part, lines, notice.new_day)
    return notice


def keep_promise_date(part: MakerOrder, counts: Sequence[Count]) -> None:
    """The part's promised day is that of the pieces that wait; call it under the lock after some left or ended."""
    days = [count.line.promised_on for count in counts if count.to_ship and count.line.promised_on]
    if days and min(days) != part.promised_on:
        part.promised_on = min(days)
        part.save(update_fields=["promised_on"])


def _locked(part_id: int) -> MakerOrder:
    order = MakerOrder.objects.values_list("order_id", flat=True).get(pk=part_id)
    Order.objects.select_for_update().get(pk=order)
    return MakerOrder.objects.select_for_update().get(pk=part_id)


def _groups(part: MakerOrder) -> list[tuple[DelayNotice | None, list[Line]]]:
    """Pieces that wait, with the last notice about them: those of one notice and one day go together."""
    last: dict[int, DelayNotice] = {}
    for notice in part.delay_notices.prefetch_related("lines"):
        last |= {line.pk: notice for line in notice.lines.all()}
    groups: dict[tuple, list[Line]] = {}
    for count in counts_of(part):
        if count.to_ship:
            line = count.line
            told = last.get(line.pk)
            groups.setdefault((line.promised_on, line.first_promised_on, told and told.pk), []).append(line)
    return [(last.get(lines[0].pk), lines) for _key, lines in sorted(groups.items(), key=lambda item: item[0][0])]


def _late_groups(part: MakerOrder):
    return [(told, lines) for told, lines in _groups(part) if lines[0].promised_on <= clock.today()]


def _still_waiting(part: MakerOrder, notice: DelayNotice) -> list[Line]:
    own = set(notice.lines.values_list("pk", flat=True))
    return [count.line for count in counts_of(part) if count.to_ship and count.line.pk in own]


def _check_day(part: MakerOrder, new_day: date | None) -> None:
    if new_day is None:
        return
    if new_day <= max(part.promised_on, clock.today()):
        raise ValidationError({"new_day": _("Choose a day after the promised one and after today.")})
    if (new_day - clock.today()).days > LATEST_DAYS:
        raise ValidationError({"new_day": _("Choose a day within a year, or cancel the order.")})


def _tell(part, lines: list[Line], told: DelayNotice | None, *, new_day, reason: str, user) -> DelayNotice:
    old_day = (told and told.new_day) or lines[0].promised_on
    until = answer_by(
        first_day=lines[0].first_promised_on or old_day, old_day=old_day, new_day=new_day, further=told is not None
    )
    notice = DelayNotice.objects.create(
        part=part, number=part.delay_notices.count() + 1, old_day=old_day, new_day=new_day, reason=reason,
        is_further=told is not None, answer_by=until, sent_at=clock.now(), sent_by=user,
    )  # fmt: skip
    notice.lines.set(lines)
    if until is None:
        _promise(part, lines, new_day)
    outbox.post(topic="orders.tell_delay", key=f"delay:{notice.pk}", payload={"notice": notice.pk})
    return notice


def _promise(part: MakerOrder, lines: list[Line], day: date) -> None:
    Line.objects.filter(pk__in=[line.pk for line in lines]).update(promised_on=day)
    keep_promise_date(part, counts_of(part))


def _cancel(notice: DelayNotice, lines: list[Line], *, user) -> Refund:
    """Prompt refund (435.2(c)); shipping goes back with it where nothing was shipped."""
    part, own = notice.part, {line.pk for line in lines}
    with translation.override(part.order.language):
        reason = _("It did not leave as promised.")
        if notice.answer != DelayAnswer.CANCELED:
            reason = _("It did not leave as promised, and you did not agree to wait longer.")
    refund = request_refund(
        maker_order=part, user=user, reason=reason, kind=RefundKind.LATE,
        choose=lambda counts: these(counts, {row.line.pk: row.to_ship for row in counts if row.line.pk in own}),
    )  # fmt: skip
    notice.ended_at = clock.now()
    notice.save(update_fields=["ended_at"])
    part.refresh_from_db()
    keep_promise_date(part, counts_of(part))
    outbox.post(topic="orders.tell_maker_late", key=f"delay:{notice.pk}:ended", payload={"notice": notice.pk})
    return refund
