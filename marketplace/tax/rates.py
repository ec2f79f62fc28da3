"""The words of tax: a rate, a destination, tax on one line. Pure; which rate holds where, `finding` says.

Rates are in parts per million, since the CDTFA's have three decimals: 97500 is 9.75 %, 98750 is 9.875 %.
Tax is reckoned per line, never per unit.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import zipcodes

from marketplace.core.money import share_of

WHOLE = 1_000_000
PER_PERCENT = 10_000
HOME_STATE = "CA"


class TaxUnknown(Exception):
    """Tax can't be reckoned right now, so nothing may be placed: never a silent zero."""


class Why(StrEnum):
    """What led to a rate."""

    TYPED_CITY = "typed_city"
    ZIP_CITY = "zip_city"
    HIGHER_OF_TWO = "higher_of_two"
    COUNTY = "county"
    STATE = "state"
    NO_OBLIGATION = "no_obligation"


@dataclass(frozen=True)
class Rate:
    """A rate in parts per million, the place it belongs to, and why it was taken."""

    place: str
    ppm: int
    state: str = ""
    district: str = ""
    rate_id: int | None = None
    why: Why = Why.NO_OBLIGATION
    taxes_shipping: bool = False

    @property
    def percent(self) -> str:
        """As people write it: 9.75."""
        return percent_of(self.ppm)


@dataclass(frozen=True)
class Destination:
    """Where goods are handed over, as far as tax is concerned."""

    state: str
    zip_code: str
    line1: str = ""
    city: str = ""


LOS_ANGELES = Destination("CA", "90012", city="Los Angeles")
NONE = Rate("", 0)


def percent_of(ppm: int) -> str:
    """Parts per million as people write a percentage: 98750 is 9.875."""
    whole, rest = divmod(ppm, PER_PERCENT)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def tax_on(cents: int, rate: Rate) -> int:
    """Tax in cents on one line of `cents`, half a cent rounds up."""
    return share_of(cents, rate.ppm, WHOLE)


@lru_cache(maxsize=4096)
def _zip_row(zip_code: str) -> dict | None:
    five = zip_code[:5]
    if not (five.isascii() and five.isdigit() and len(five) == 5):
        return None
    found = zipcodes.matching(five)
    return found[0] if found else None


def place_of_zip(zip_code: str) -> tuple[str, str]:
    """State and county of a five-digit ZIP code; empty where the code is not known."""
    row = _zip_row(zip_code)
    return (row["state"], row["county"]) if row else ("", "")


def cities_of_zip(zip_code: str) -> list[str]:
    """The names that mail to a ZIP code may carry, the Postal Service's own first; empty where it is not known."""
    row = _zip_row(zip_code)
    return [row["city"], *row["acceptable_cities"], *row["unacceptable_cities"]] if row else []
