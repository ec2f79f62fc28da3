"""When a maker is there: weekly hours for pickup, and the days on which nothing leaves."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from marketplace.core import clock

from . import permissions
from .models import Closure, Maker, OpenHours, Weekday, Workplace

MOST_CLOSURES = 20
LONGEST = timedelta(days=120)
AHEAD = timedelta(days=400)


@transaction.atomic
def save_hours(*, user, workplace: Workplace, hours: Mapping[int, tuple[time, time]]) -> None:
    """The hours of a workplace by weekday (Monday is 0), in place of those before; a day that is missing is closed.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(permissions.can_edit_maker(user, workplace.maker))
    Workplace.objects.select_for_update().get(pk=workplace.pk)
    if any(opens >= closes for opens, closes in hours.values()):
        raise ValidationError(_("A place opens before it closes."))
    OpenHours.objects.filter(workplace=workplace).delete()
    OpenHours.objects.bulk_create(
        OpenHours(workplace=workplace, weekday=Weekday(day), opens=opens, closes=closes)
        for day, (opens, closes) in sorted(hours.items())
    )


@transaction.atomic
def add_closure(*, user, maker: Maker, first_day: date, last_day: date, note: str = "", note_es: str = "") -> Closure:
    """Close for these days; orders that come from now on are promised for later.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(permissions.can_edit_maker(user, maker))
    Maker.objects.select_for_update().get(pk=maker.pk)
    today = clock.today()
    if last_day < first_day:
        raise ValidationError({"last_day": _("The last day is not before the first one.")})
    if last_day < today:
        raise ValidationError({"last_day": _("These days are over already.")})
    if last_day - first_day >= LONGEST or last_day > today + AHEAD:
        raise ValidationError(
            {"last_day": _("At most %(days)d days, within the next year. For longer, close the shop in the settings.")
             % {"days": LONGEST.days}}
        )  # fmt: skip
    if maker.closures.filter(last_day__gte=today).count() >= MOST_CLOSURES:
        raise ValidationError(_("A maker has at most %(number)d closed times ahead.") % {"number": MOST_CLOSURES})
    closure = Closure(maker=maker, first_day=first_day, last_day=last_day, note=note.strip(), note_es=note_es.strip())
    closure.full_clean(validate_constraints=False)
    closure.save()
    _note_last_day(maker)
    return closure


@transaction.atomic
def remove_closure(*, user, maker: Maker, closure_id: int) -> None:
    """Be there after all; what was promised meanwhile stays promised."""
    permissions.require(permissions.can_edit_maker(user, maker))
    Maker.objects.select_for_update().get(pk=maker.pk)
    maker.closures.filter(pk=closure_id).delete()
    _note_last_day(maker)


def closures_ahead(makers: Iterable[Maker | None]) -> dict[int, list[Closure]]:
    """The closed times of makers that are not over, by maker; one query, and none where nobody closes."""
    today = clock.today()
    closing = {maker.pk for maker in makers if maker and maker.closed_through and maker.closed_through >= today}
    found: dict[int, list[Closure]] = {}
    if not closing:
        return found
    for row in Closure.objects.filter(maker__in=closing, last_day__gte=today):
        found.setdefault(row.maker_id, []).append(row)
    return found


def closed_until(closures: Iterable[Closure], day: date) -> Closure | None:
    """The closed time that covers `day`; of two that follow each other or overlap, the one that ends last."""
    current = None
    for row in sorted(closures, key=lambda row: row.first_day):
        reach = current.last_day + timedelta(days=1) if current else day
        if row.first_day <= reach and row.last_day >= reach:
            current = row
    return current


def _note_last_day(maker: Maker) -> None:
    maker.closed_through = maker.closures.aggregate(last=Max("last_day"))["last"]
    maker.save(update_fields=["closed_through"])
