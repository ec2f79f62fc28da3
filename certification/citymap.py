"""The schematic map of Los Angeles: where a point is drawn, and the neighborhoods around it. Pure, no database.

Drawn from 114 names with a centre point each (rules/neighborhoods.json): a cell is what lies nearest to its centre,
cut off some way out. It shows where things are and never decides what is inside the City.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import ceil, cos, hypot, radians
from pathlib import Path

import shapely

FACTS = Path(__file__).parent / "rules" / "neighborhoods.json"
WEST, EAST, SOUTH, NORTH = Decimal("-118.70"), Decimal("-118.13"), Decimal("33.69"), Decimal("34.35")
WIDTH = 420
# At this latitude a degree of longitude is that much shorter than one of latitude.
_SQUEEZE = Decimal(str(round(cos(radians(34.02)), 6)))
_SCALE = WIDTH / ((EAST - WEST) * _SQUEEZE)
HEIGHT = ceil((NORTH - SOUTH) * _SCALE)
CELL_REACH = 29
# The names written on the drawing, far enough from each other to be read.
LANDMARKS = (
    "Downtown", "Eagle Rock", "Hollywood", "Northridge", "Pacific Palisades", "San Pedro", "Sylmar",
    "Van Nuys", "Venice", "Watts", "Westchester", "Woodland Hills",
)  # fmt: skip
# For the browser, which moves a pin: (degree west, degree north, units a degree east, units a degree north).
PROJECTION = (WEST, NORTH, round(_SQUEEZE * _SCALE, 4), round(_SCALE, 4))
MICRO = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Neighborhood:
    """A name, its centre in degrees, where that is drawn, and the outline of its cell as an SVG path."""

    name: str
    latitude: Decimal
    longitude: Decimal
    x: Decimal
    y: Decimal
    path: str

    @property
    def is_landmark(self) -> bool:
        return self.name in LANDMARKS


@dataclass(frozen=True, slots=True)
class Pin:
    """A point to draw; `style` is a word for its class, such as in, out or maybe."""

    x: Decimal
    y: Decimal
    label: str = ""
    style: str = ""


def project(latitude: Decimal, longitude: Decimal) -> tuple[Decimal, Decimal]:
    """Degrees to (x, y) of the drawing, which is WIDTH by HEIGHT with y pointing down; may lie off its edges."""
    x = (Decimal(longitude) - WEST) * _SQUEEZE * _SCALE
    y = (NORTH - Decimal(latitude)) * _SCALE
    return round(x, 1), round(y, 1)


def unproject(x: Decimal, y: Decimal) -> tuple[Decimal, Decimal]:
    """(x, y) of the drawing to (latitude, longitude), in degrees with six digits."""
    latitude = NORTH - Decimal(y) / _SCALE
    longitude = WEST + Decimal(x) / (_SQUEEZE * _SCALE)
    return latitude.quantize(MICRO), longitude.quantize(MICRO)


def on_map(latitude: Decimal, longitude: Decimal) -> bool:
    """Whether the point lies on the drawing."""
    x, y = project(latitude, longitude)
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


@cache
def neighborhoods() -> tuple[Neighborhood, ...]:
    """All 114, by name."""
    rows = json.loads(FACTS.read_text("utf-8"))["neighborhoods"]
    places = [(row["name"], Decimal(row["latitude"]), Decimal(row["longitude"])) for row in rows]
    spots = [project(latitude, longitude) for _name, latitude, longitude in places]
    paths = _cells(spots)
    return tuple(Neighborhood(*place, *spot, path) for place, spot, path in zip(places, spots, paths, strict=True))


def find(name: str) -> Neighborhood | None:
    """The neighborhood of this name, whatever its capitals; None for an unknown one."""
    return _by_name().get(" ".join(name.casefold().split()))


def nearest(latitude: Decimal, longitude: Decimal) -> Neighborhood:
    """The neighborhood whose centre is nearest; for words only, it decides nothing."""
    x, y = project(latitude, longitude)
    return min(neighborhoods(), key=lambda item: hypot(item.x - x, item.y - y))


def pin(latitude: Decimal, longitude: Decimal, label: str = "", style: str = "") -> Pin:
    """The point as a pin, moved to the edge of the drawing where it lies beyond. Raises ArithmeticError for NaN."""
    if not (latitude.is_finite() and longitude.is_finite()):
        raise ArithmeticError("a pin needs two numbers")
    x, y = project(latitude, longitude)
    return Pin(min(max(x, Decimal(0)), Decimal(WIDTH)), min(max(y, Decimal(0)), Decimal(HEIGHT)), label, style)


@cache
def _by_name() -> dict[str, Neighborhood]:
    return {item.name.casefold(): item for item in neighborhoods()}


def _cells(spots: list[tuple[Decimal, Decimal]]) -> list[str]:
    """For each spot the outline of what is nearest to it and no further than CELL_REACH."""
    points = shapely.MultiPoint([(float(x), float(y)) for x, y in spots])
    cells = list(shapely.voronoi_polygons(points, extend_to=points.buffer(CELL_REACH)).geoms)
    tree = shapely.STRtree(cells)
    outlines = []
    for point in points.geoms:
        cell = cells[tree.query(point, predicate="intersects")[0]]
        outlines.append(_path(cell.intersection(point.buffer(CELL_REACH, quad_segs=4))))
    return outlines


def _path(shape: shapely.Polygon) -> str:
    corners = " ".join(f"{x:.0f},{y:.0f}" for x, y in shape.exterior.coords[:-1])
    return f"M{corners}Z"
