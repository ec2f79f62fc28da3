"""All rates and obligations in memory, read anew only when they changed: finding a rate costs one small query."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from .models import Obligation, TableState, TaxRate
from .rates import HOME_STATE

STATE_ROW = 1


@dataclass(frozen=True)
class Row:
    """One dated rate; empty names as in the model."""

    id: int
    state: str
    county: str
    city: str
    place: str
    code: str
    ppm: int
    from_day: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.from_day <= day and (self.until is None or day <= self.until)

    @property
    def district(self) -> str:
        """The CDTFA's code where the file gives one, else the names that make the place unmistakable."""
        return self.code or "/".join(part for part in (self.state, self.county, self.city) if part)


@dataclass(frozen=True)
class Duty:
    """That tax is collected in a state on these days."""

    from_day: date
    until: date | None
    taxes_shipping: bool

    def holds(self, day: date) -> bool:
        return self.from_day <= day and (self.until is None or day <= self.until)


HOME = Duty(date.min, None, taxes_shipping=False)


@dataclass
class Table:
    """Rates by place and obligations by state, as they stood when they were read."""

    version: uuid.UUID | None
    rows: dict[tuple[str, str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_city: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    duties: dict[str, list[Duty]] = field(default_factory=lambda: defaultdict(list))

    def row(self, state: str, county: str, city: str, day: date) -> Row | None:
        """The rate of exactly this place on a day."""
        return next((row for row in self.rows.get((state, county, city), ()) if row.holds(day)), None)

    def city_anywhere(self, state: str, city: str, day: date) -> Row | None:
        """The only city of this name in the state; None where there are none or several."""
        found = [row for row in self.by_city.get((state, city), ()) if row.holds(day)]
        return found[0] if len(found) == 1 else None

    def duty(self, state: str, day: date) -> Duty | None:
        """Why tax is collected in a state on a day; None where it is not."""
        if state == HOME_STATE:
            return HOME
        return next((duty for duty in self.duties.get(state, ()) if duty.holds(day)), None)


_remembered = Table(version=None)


def current() -> Table:
    """The tables as they are in the database now."""
    global _remembered
    version = TableState.objects.filter(pk=STATE_ROW).values_list("version", flat=True).first()
    if version is None or version != _remembered.version:
        _remembered = _read(version)
    return _remembered


def _read(version: uuid.UUID | None) -> Table:
    table = Table(version)
    names = ("id", "state", "county", "city", "place", "code", "ppm", "from_day", "until")
    for values in TaxRate.objects.values_list(*names):
        row = Row(*values)
        table.rows[row.state, row.county, row.city].append(row)
        if row.city:
            table.by_city[row.state, row.city].append(row)
    for owed in Obligation.objects.all():
        table.duties[owed.state].append(Duty(owed.from_day, owed.until, owed.taxes_shipping))
    return table


def lock() -> None:
    """Let nobody else change the tables until the transaction ends; call it before reading what you change."""
    TableState.objects.get_or_create(pk=STATE_ROW)
    TableState.objects.select_for_update().get(pk=STATE_ROW)


def changed() -> None:
    """Tell every process that what it remembers is old; call it in the transaction of the change."""
    TableState.objects.update_or_create(pk=STATE_ROW, defaults={"version": uuid.uuid4()})
