"""What the clock does: count new sales, find makers that cross the thresholds, keep the days of running checks."""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from catalog.order.workflow import WrongMoment
from makers.models import Maker
from marketplace.core import clock

from . import workflow
from .counting import count_sales, day_before
from .letters import tell
from .models import SalesDay, SalesLook, SellerCheck
from .windows import Sold, Window, first_day, must_disclose, nearest, windows
from .words import CheckAction, CheckStatus, Side

logger = logging.getLogger(__name__)
AT_ONCE = 100
S, A = CheckStatus, CheckAction


def watch_sales() -> None:
    """Periodic: only makers that sold something since the last look are looked at; no other can cross newly."""
    look, now = SalesLook.objects.first(), clock.now()
    makers = sorted(count_sales(day_before(look.at) if look else None))
    for start in range(0, len(makers), AT_ONCE):
        judge(makers[start : start + AT_ONCE])
    SalesLook.objects.update_or_create(pk=look.pk if look else 1, defaults={"at": now})


def judge(makers: Iterable[int]) -> None:
    """Begin a check of those of these makers that are high-volume sellers now, and note whom buyers must know."""
    found = windows_of(makers)
    checks = {check.maker_id: check for check in SellerCheck.objects.filter(maker__in=found)}
    for maker_id, rows in found.items():
        check, best = checks.get(maker_id), nearest(rows)
        if best is not None and best.crosses and (check is None or check.status == S.ENDED):
            _ask(maker_id, best)
        _note_disclosure(maker_id, must_disclose(rows))


def windows_of(makers: Iterable[int]) -> dict[int, list[Window]]:
    """The twelve-month windows of several makers by their ids, in one query."""
    ids, today = list(makers), clock.today()
    days: dict[int, list[Sold]] = {pk: [] for pk in ids}
    rows = SalesDay.objects.filter(maker__in=ids, day__gte=first_day(today), day__lte=today)
    for maker_id, day, sales, cents in rows.values_list("maker", "day", "sales", "cents"):
        days[maker_id].append(Sold(day, sales, cents))
    return {pk: windows(sold, today) for pk, sold in days.items()}


@transaction.atomic
def _ask(maker_id: int, window: Window) -> None:
    maker = Maker.objects.select_for_update().get(pk=maker_id)
    check = SellerCheck.objects.select_for_update().filter(maker=maker).first()
    if maker.closed_at or (check is not None and check.status != S.ENDED):
        return
    facts: dict[str, Any] = {
        "window_from": window.first, "window_until": window.last, "window_sales": window.sales,
        "window_cents": window.cents,
    }  # fmt: skip
    if check is None:
        tell(workflow.begin(maker=maker, **facts))
    else:
        tell(workflow.perform(check=check, action=A.ASK, side=Side.CLOCK, verified_answer=None, **facts))


def _note_disclosure(maker_id: int, must: bool) -> None:
    """Buyers learn who a high-volume seller of $20,000 a year is; below that they do not any more."""
    rows = SellerCheck.objects.filter(maker=maker_id)
    if must:
        rows.filter(discloses_since=None).exclude(status=S.ENDED).update(discloses_since=clock.today())
    else:
        rows.exclude(discloses_since=None).update(discloses_since=None)


def keep_days() -> None:
    """Periodic: ask once a year, send the written notice, suspend, and end the check of who sells little by now."""
    today = clock.today()
    late = Q(due_on__lt=today, status__in=[S.ASKED, S.RETURNED, S.CONFIRM, S.WARNED])
    rows = SellerCheck.objects.filter(
        late | Q(due_on__lte=today, status=S.VERIFIED) | (Q(maker__closed_at__isnull=False) & ~Q(status=S.ENDED))
    )
    for check in list(rows.select_related("maker").order_by("pk")):
        try:
            _go_on(check)
        except WrongMoment as error:  # somebody moved it since we looked
            logger.info("check %s: %s", check.pk, error)


def _go_on(check: SellerCheck) -> None:
    action = _next(check)
    with transaction.atomic():
        change = workflow.perform(check=check, action=action, side=Side.CLOCK)
        if action == A.END:
            SellerCheck.objects.filter(pk=check.pk).update(discloses_since=None)
        else:
            tell(change)


def _next(check: SellerCheck) -> CheckAction:
    if check.maker.closed_at:
        return A.END
    if check.status == S.WARNED:
        return A.STOP
    if check.status != S.VERIFIED:
        return A.WARN
    best = nearest(windows_of([check.maker_id])[check.maker_id])
    return A.ASK_YEARLY if best is not None and best.crosses else A.END
