"""Takes a published file over as dated rates: all of it or nothing, and a second time nothing more.

What a file changes starts a new row on its first day and gives the old row its last day; rows that charges refer
to are never rewritten.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.uploads import shown_name

from . import table
from .files import PublishedRate
from .models import RateLoad, TaxRate
from .permissions import LOAD, may
from .rates import HOME_STATE, percent_of

DAY = timedelta(days=1)
STATE_CODE = re.compile(r"[A-Z]{2}")
# A published file names every place; one that lacks more than this share of what is in force is a part of it.
MOST_MISSING_PERCENT = 10


@dataclass(frozen=True)
class Change:
    """What a file does to one place; no rate before for a new one, none after for one that ends."""

    place: str
    before: int | None
    after: int | None

    @property
    def before_percent(self) -> str:
        return percent_of(self.before) if self.before is not None else ""

    @property
    def after_percent(self) -> str:
        return percent_of(self.after) if self.after is not None else ""


@dataclass
class Plan:
    """What a file would change from its first day on."""

    state: str
    from_day: date
    rows: int
    changes: list[Change] = field(default_factory=list)
    ends: list[TaxRate] = field(default_factory=list)
    begins: list[PublishedRate] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        return self.rows - len(self.begins)

    @property
    def is_retroactive(self) -> bool:
        return self.from_day < clock.today()


def digest_of(places: Sequence[PublishedRate]) -> str:
    """The same for two files that say the same."""
    lines = sorted(f"{place.county}|{place.city}|{place.code}|{place.place}|{place.ppm}" for place in places)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def plan(places: Sequence[PublishedRate], *, state: str, from_day: date) -> Plan:
    """What taking these rates over would change. Raises ValidationError where they can't be."""
    if not STATE_CODE.fullmatch(state):
        raise ValidationError({"state": _("Give the state by its two letters, such as CA.")})
    rates = TaxRate.objects.filter(state=state).exclude(until__lt=F("from_day"))
    later = rates.filter(from_day__gt=from_day).order_by("-from_day").first()
    if later is not None:
        raise ValidationError(
            {
                "from_day": _("Rates from %(day)s are loaded already. Load files in the order of their days.")
                % {"day": date_format(later.from_day)}
            }
        )
    current = {(rate.county, rate.city): rate for rate in rates.filter(Q(until=None) | Q(until__gte=from_day))}
    found = Plan(state, from_day, rows=len(places))
    for place in places:
        _compare(found, current.pop(place.key, None), place)
    gone = [rate for rate in current.values() if rate.county]  # the state's own rate stands in no file of cities
    _refuse_a_part(gone, known=len(places) + len(gone))
    found.ends += gone
    found.changes += [Change(rate.place, rate.ppm, None) for rate in gone]
    return found


def _compare(found: Plan, before: TaxRate | None, after: PublishedRate) -> None:
    if before is not None and (before.ppm, before.code, before.place) == (after.ppm, after.code, after.place):
        return
    found.begins.append(after)
    if before is not None:
        found.ends.append(before)
    found.changes.append(Change(after.place, before.ppm if before else None, after.ppm))


def _refuse_a_part(gone: list[TaxRate], known: int) -> None:
    if len(gone) * 100 > known * MOST_MISSING_PERCENT:
        raise ValidationError(
            _("The file lacks %(count)s places that have a rate now, such as %(place)s. Load the whole file.")
            % {"count": len(gone), "place": gone[0].place}
        )


@transaction.atomic
def load_rates(*, user, places: Sequence[PublishedRate], file_name: str, state: str, from_day: date) -> Plan:
    """Take the rates over and give back what changed; `user` is None for the operator's own command.

    A file that was the last one loaded, for the same day, changes nothing and leaves no trace.
    Raises PermissionDenied, ValidationError.
    """
    if user is not None and not may(user, LOAD):
        raise PermissionDenied
    table.lock()
    found, digest = plan(places, state=state, from_day=from_day), digest_of(places)
    if _is_known(state, from_day, digest) and not found.changes:
        return found
    load = RateLoad.objects.create(
        state=state, from_day=from_day, file_name=shown_name(file_name), digest=digest, rows=found.rows,
        added=len(found.begins), ended=len(found.ends), loaded_by=user,
    )  # fmt: skip
    for rate in found.ends:
        rate.until = from_day - DAY
        rate.save(update_fields=["until"])
    TaxRate.objects.bulk_create(
        TaxRate(
            load=load, state=state, county=place.county, city=place.city, place=place.place, code=place.code,
            ppm=place.ppm, from_day=from_day,
        )
        for place in found.begins
    )  # fmt: skip
    table.changed()
    return found


def _is_known(state: str, from_day: date, digest: str) -> bool:
    last = RateLoad.objects.filter(state=state, is_provisional=False).first()
    return last is not None and (last.from_day, last.digest) == (from_day, digest)


def quarter_start(day: date) -> date:
    """The first day of the calendar quarter; rates change on no other day."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def what_is_missing() -> str:
    """What the operator has to load before selling, in words; empty where nothing is."""
    today = clock.today()
    last = RateLoad.objects.filter(state=HOME_STATE, is_provisional=False, from_day__lte=today).first()
    if last is None:
        return _(
            "Only the rates that came with the software are in force: Los Angeles County, and the base rate elsewhere "
            "in California. Load the CDTFA's current file before selling."
        )
    if last.from_day < quarter_start(today):
        return _(
            "The rates are those of %(day)s. Load the CDTFA's file of the current quarter; it may say the same."
        ) % {"day": date_format(last.from_day)}
    return ""
