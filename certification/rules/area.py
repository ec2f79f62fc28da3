"""Where an address lies against the City of Los Angeles, and how that is known.

A person's confirmation, a register entry with its council district, or a point against the area's polygon
decide. A ZIP code or a city name may only suggest: mail to Vernon says "Los Angeles", mail to San Pedro does
not (programme.md, "Postal names mislead").
"""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import shapely

from .facts import Place, PlaceSource, Verdict

FACTS = Path(__file__).with_name("postal_facts.json")
DISTRICTS = range(1, 16)
OUTSIDE_DISTRICT = 0
PIN = "pin"


@cache
def postal_facts() -> dict[str, frozenset[str]]:
    """ZIP codes in, out and straddling; city names of places in and out (lower case)."""
    return {name: frozenset(values) for name, values in json.loads(FACTS.read_text("utf-8")).items()}


def place_of(
    *,
    city: str,
    zip_code: str,
    state: str = "CA",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    coordinates_from: str = "",
    council_district: int | None = None,
    area: shapely.Geometry | None = None,
    confirmed: bool | None = None,
) -> Place:
    """The verdict for one address.

    `council_district` is that of a register entry at this very address (0: outside the City), `confirmed`
    what a staff member found, `area` the programme area in WGS84. Facts that contradict each other leave it
    to a person: so does an applicant's own pin inside where the postal address suggests outside.
    """
    if confirmed is not None:
        return Place(Verdict.INSIDE if confirmed else Verdict.OUTSIDE, PlaceSource.CONFIRMATION)
    if state.strip().upper() not in {"CA", "CALIFORNIA"}:
        return Place(Verdict.OUTSIDE, PlaceSource.STATE, state)
    register = _by_register(council_district)
    polygon = _by_polygon(area, latitude, longitude)
    hint = _by_postal_facts(city, zip_code)
    if register and polygon and register.verdict is not polygon.verdict:
        return Place(Verdict.UNKNOWN, PlaceSource.CONTRADICTION, f"{register.saw}; {polygon.saw}")
    if register:
        return register
    if polygon:
        pinned_in = polygon.verdict is Verdict.INSIDE and coordinates_from == PIN
        if pinned_in and hint.verdict is Verdict.LIKELY_OUTSIDE:
            return Place(Verdict.UNKNOWN, PlaceSource.CONTRADICTION, f"{polygon.saw}; {hint.saw}")
        return polygon
    return hint


def contains(area: shapely.Geometry, latitude: Decimal, longitude: Decimal) -> bool:
    """Whether a point lies in the area or on its edge."""
    # Geometry needs binary floats; a micro-degree is a hand's breadth, the nearest double far less.
    return bool(shapely.intersects_xy(area, float(longitude), float(latitude)))


def _by_register(district: int | None) -> Place | None:
    if district is None:
        return None
    saw = f"council district {district}"
    if district in DISTRICTS:
        return Place(Verdict.INSIDE, PlaceSource.REGISTER, saw)
    if district == OUTSIDE_DISTRICT:
        return Place(Verdict.OUTSIDE, PlaceSource.REGISTER, saw)
    return None


def _by_polygon(area, latitude, longitude) -> Place | None:
    if area is None or latitude is None or longitude is None:
        return None
    inside = contains(area, latitude, longitude)
    return Place(Verdict.INSIDE if inside else Verdict.OUTSIDE, PlaceSource.POLYGON, f"{latitude}, {longitude}")


def _by_postal_facts(city: str, zip_code: str) -> Place:
    facts, zip_code, name = postal_facts(), zip_code.strip()[:5], " ".join(city.lower().split())
    named_out, named_in = name in facts["outside_names"], name in facts["city_names"]
    if zip_code in facts["outside"]:
        return Place(Verdict.LIKELY_OUTSIDE, PlaceSource.ZIP_CODE, zip_code)
    if zip_code in facts["city"]:
        if named_out:
            return Place(Verdict.UNKNOWN, PlaceSource.CONTRADICTION, f"{city} {zip_code}")
        return Place(Verdict.LIKELY_INSIDE, PlaceSource.ZIP_CODE, zip_code)
    if named_out:
        return Place(Verdict.LIKELY_OUTSIDE, PlaceSource.CITY_NAME, f"{city} {zip_code}")
    if named_in:
        return Place(Verdict.LIKELY_INSIDE, PlaceSource.CITY_NAME, f"{city} {zip_code}")
    return Place(Verdict.UNKNOWN, PlaceSource.NOTHING, f"{city} {zip_code}".strip())
