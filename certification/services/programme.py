"""What operators load: the programme area from GeoJSON, the City's list of active businesses from CSV."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path

import shapely

from certification import audit
from certification.models import ProgrammeArea, RegisterEntry
from certification.rules.addresses import house_number
from certification.rules.matching import name_key
from certification.words import Verb
from marketplace.core import clock

BATCH = 2_000
COLUMNS = (
    "LOCATION ACCOUNT #", "BUSINESS NAME", "DBA NAME", "STREET ADDRESS", "CITY", "ZIP CODE", "LOCATION DESCRIPTION",
    "MAILING ADDRESS", "MAILING CITY", "MAILING ZIP CODE", "NAICS", "PRIMARY NAICS DESCRIPTION", "COUNCIL DISTRICT",
    "LOCATION START DATE", "LOCATION END DATE", "LOCATION",
)  # fmt: skip
_POINT = re.compile(r"^\(\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\)$")
_ACCOUNT = re.compile(r"^\d{10}-\d{4}-\d$")
_UPDATED = [field.name for field in RegisterEntry._meta.concrete_fields if not field.primary_key]


class BadFile(ValueError):
    """The file is not what it should be; the text says where."""


@audit.writing()
def load_area(*, name: str, path: Path) -> ProgrammeArea:
    """Add the union of the file's polygons (GeoJSON, WGS84) as the programme area; invalid ones are mended and named.

    Raises BadFile. Earlier areas stay on record; the newest counts.
    """
    shapes, mended = _polygons(path)
    union = shapely.union_all(shapes)
    west, south, east, north = union.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadFile("the coordinates are not degrees of longitude and latitude (WGS84)")
    area = ProgrammeArea.objects.create(
        name=name,
        source=path.name,
        loaded_at=clock.now(),
        parts=len(shapes),
        mended=mended,
        geometry=shapely.to_wkb(union, hex=True),
    )
    audit.add(
        verb=Verb.AREA_LOAD, actor=None, subject=f"area:{area.pk}",
        after={"name": name, "parts": len(shapes), "mended": mended},
    )  # fmt: skip
    return area


def _polygons(path: Path) -> tuple[list[shapely.Geometry], list[str]]:
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        named = [
            (str(item["properties"].get("name", number)), item["geometry"]) for number, item in enumerate(features)
        ]
        shapes = [(name, shapely.from_geojson(json.dumps(geometry))) for name, geometry in named]
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, shapely.GEOSException) as error:
        raise BadFile(f"{path.name} is not a GeoJSON feature collection: {error}") from error
    shapes = [(name, shape) for name, shape in shapes if shape is not None]
    if not shapes or any(shape.geom_type not in ("Polygon", "MultiPolygon") for _name, shape in shapes):
        raise BadFile(f"{path.name} must hold polygons, and nothing else")
    mended = [name for name, shape in shapes if not shape.is_valid]
    # The default "linework" method fails on shared edges of the City's own file; "structure" mends them.
    return [shapely.make_valid(shape, method="structure") for _name, shape in shapes], mended


def load_register(*, path: Path, progress: Callable[[int], None] = lambda count: None) -> dict[str, int]:
    """Stream the City's *Listing of Active Businesses* (CSV) into the register; rows not in the file any more stay.

    Returns counts: read, kept, skipped. Raises BadFile for a wrong header. Memory stays flat: one batch at a time.
    """
    counts = {"read": 0, "kept": 0, "skipped": 0}
    seen_at = clock.now()
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        reader = csv.reader(file)
        if tuple(cell.strip().upper() for cell in next(reader, ())) != COLUMNS:
            raise BadFile(f"{path.name} does not begin with the columns of the Listing of Active Businesses")
        while batch := list(islice(reader, BATCH)):
            entries = {entry.account: entry for entry in _entries(batch, seen_at)}
            _upsert(entries.values())
            counts["read"] += len(batch)
            counts["kept"] += len(entries)
            progress(counts["read"])
    counts["skipped"] = counts["read"] - counts["kept"]
    return counts


def _upsert(entries: Iterable[RegisterEntry]) -> None:
    RegisterEntry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["account"], update_fields=_UPDATED)


def _entries(batch: list[list[str]], seen_at: datetime) -> Iterator[RegisterEntry]:
    for row in batch:
        if len(row) == len(COLUMNS) and _ACCOUNT.match(row[0].strip()):
            yield _entry([cell.strip().replace("\x00", "") for cell in row], seen_at)


def _entry(cells: list[str], seen_at: datetime) -> RegisterEntry:
    latitude, longitude = _point(cells[15])
    return RegisterEntry(
        account=cells[0],
        name=cells[1][:200],
        dba_name=cells[2][:200],
        street=cells[3][:200],
        city=cells[4][:80],
        zip_code=cells[5].rstrip("-")[:10],
        naics=cells[10][:8],
        naics_description=cells[11][:200],
        council_district=_district(cells[12]),
        started_on=_day(cells[13]),
        ended_on=_day(cells[14]),
        latitude=latitude,
        longitude=longitude,
        zip5=cells[5][:5],
        house_number=house_number(cells[3])[:20],
        name_key=name_key(cells[1]),
        dba_key=name_key(cells[2]),
        seen_at=seen_at,
    )


def _district(cell: str) -> int | None:
    """1 to 15, or 0 for outside the City; anything else tells nothing."""
    return int(cell) if cell.isdecimal() and int(cell) <= 15 else None


def _point(cell: str) -> tuple[Decimal, Decimal] | tuple[None, None]:
    match = _POINT.match(cell)
    if not match:
        return None, None
    try:
        latitude, longitude = Decimal(match[1]), Decimal(match[2])
    except InvalidOperation:
        return None, None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or latitude == longitude == 0:
        return None, None
    micro = Decimal("0.000001")
    return latitude.quantize(micro), longitude.quantize(micro)


def _day(cell: str) -> date | None:
    """A date as the City writes it: 03/15/2019 or 2019-03-15T00:00:00."""
    try:
        if "/" in cell:
            month, day, year = cell.split(" ")[0].split("/")
            return date(int(year), int(month), int(day))
        return date.fromisoformat(cell[:10])
    except ValueError:
        return None
