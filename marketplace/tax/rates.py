"""Sales tax that the operator collects as marketplace facilitator (CDTFA): which rate, and how much of it.

Pure functions over the dated table `rates.json`. Approximate, and deliberately so:
- every address in Los Angeles County gets the City's combined rate (9.75 % since April 1, 2025), although some
  other cities of the county have districts of their own with a higher one;
- the rest of California gets the statewide base rate of 7.25 %, without local districts;
- other states get 0 until the operator registers there and adds rows.
Clothing is taxable in California; shipping that is stated separately, by carrier and not above cost is not
(CDTFA publication 100). What is picked up is taxed where it is picked up, in Los Angeles.
Tax is reckoned per line, never per unit.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import zipcodes

from marketplace.core.money import share_of

WHOLE = 10_000


@dataclass(frozen=True)
class Rate:
    """A rate in ten-thousandths: 975 is 9.75 %."""

    place: str
    ten_thousandths: int

    @property
    def percent(self) -> str:
        """As people write it: 9.75."""
        whole, rest = divmod(self.ten_thousandths, 100)
        return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Destination:
    """Where goods are handed over, as far as tax is concerned."""

    state: str
    zip_code: str


LOS_ANGELES = Destination("CA", "90012")
NONE = Rate("", 0)


@dataclass(frozen=True)
class _Row:
    place: str
    state: str
    county: str | None
    start: date
    end: date | None
    ten_thousandths: int

    def covers(self, state: str, county: str, day: date) -> bool:
        if self.state != state or self.county not in (None, county):
            return False
        return self.start <= day and (self.end is None or day <= self.end)


@lru_cache(maxsize=1)
def _table() -> tuple[_Row, ...]:
    raw = json.loads(Path(__file__).with_name("rates.json").read_text(encoding="utf-8"))
    return tuple(
        _Row(
            row["place"], row["state"], row["county"], date.fromisoformat(row["from"]),
            date.fromisoformat(row["until"]) if row["until"] else None, row["ten_thousandths"],
        )
        for row in raw
    )  # fmt: skip


@lru_cache(maxsize=4096)
def place_of_zip(zip_code: str) -> tuple[str, str]:
    """State and county of a five-digit ZIP code; empty where the code is not known."""
    if not (zip_code[:5].isascii() and zip_code[:5].isdigit() and len(zip_code[:5]) == 5):
        return "", ""
    found = zipcodes.matching(zip_code[:5])
    return (found[0]["state"], found[0]["county"]) if found else ("", "")


def rate_for(destination: Destination, day: date) -> Rate:
    """The rate on a Los Angeles day; rows for a county stand before those for its state."""
    state, county = place_of_zip(destination.zip_code)
    if state != destination.state:
        county = ""
    for row in _table():
        if row.covers(destination.state, county, day):
            return Rate(row.place, row.ten_thousandths)
    return NONE


def tax_on(cents: int, rate: Rate) -> int:
    """Tax in cents on one line of `cents`, half a cent rounds up."""
    return share_of(cents, rate.ten_thousandths, WHOLE)


def tax_on_lines(lines: Iterable[int], rate: Rate) -> list[int]:
    """Tax in cents for each line."""
    return [tax_on(cents, rate) for cents in lines]
