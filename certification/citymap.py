"""The schematic map of Los Angeles: where a point is drawn, and the neighborhoods around it. Pure, no database.

Drawn from 114 names with a centre point each (rules/neighborhoods.json): a cell is what lies nearest to its centre,
cut off some way out. It shows where things are and never decides what is inside the City.
"""

import json
from collections.abc import Iterable
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
# Units of the drawing: a line's height, a letter's width at most, a dot, a label above it, an arrow.
LINE, LETTER, DOT, LABEL_RISE, ARROW = 14, 6.2, 10, 13, 32
NAME_SHIFTS = (0, 22, -18)
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
    """A name, its centre in degrees, where that is drawn, and its cell, also as an SVG path."""

    name: str
    latitude: Decimal
    longitude: Decimal
    x: Decimal
    y: Decimal
    cell: shapely.Polygon
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
    cells = _cells(spots)
    return tuple(
        Neighborhood(*place, *spot, cell, _path(cell)) for place, spot, cell in zip(places, spots, cells, strict=True)
    )


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


def names(taken: Iterable[shapely.Geometry] = ()) -> list[Pin]:
    """The landmarks' names where nothing `taken` is: at the centre, else below or above it, else not at all."""
    taken, found = list(taken), []
    for item in filter(lambda item: item.is_landmark, neighborhoods()):
        for shift in NAME_SHIFTS:
            spot = Pin(item.x, item.y + shift, item.name)
            box = _words_box(spot)
            if not any(box.intersects(other) for other in taken):
                found.append(spot)
                taken.append(box)
                break
    return found


def pin_box(pin: Pin) -> shapely.Geometry:
    """What a pin with its label above it covers."""
    dot = shapely.Point(float(pin.x), float(pin.y)).buffer(DOT)
    return dot.union(_words_box(Pin(pin.x, pin.y - LABEL_RISE, pin.label))) if pin.label else dot


def arrow_box(arrow: Pin) -> shapely.Geometry:
    """What an arrow at the drawing's edge with the words left of it covers."""
    x, y, width = float(arrow.x), float(arrow.y), ARROW + len(arrow.label) * LETTER
    return shapely.box(x - width, y - LINE / 2, x, y + LINE / 2)


def _words_box(words: Pin) -> shapely.Polygon:
    x, y, half = float(words.x), float(words.y), len(words.label) * LETTER / 2
    return shapely.box(x - half, y - LINE * 3 / 4, x + half, y + LINE / 4)


@cache
def _by_name() -> dict[str, Neighborhood]:
    return {item.name.casefold(): item for item in neighborhoods()}


def _cells(spots: list[tuple[Decimal, Decimal]]) -> list[shapely.Polygon]:
    """For each spot what is nearest to it and no further than CELL_REACH."""
    points = shapely.MultiPoint([(float(x), float(y)) for x, y in spots])
    cells = list(shapely.voronoi_polygons(points, extend_to=points.buffer(CELL_REACH)).geoms)
    tree = shapely.STRtree(cells)
    reached = []
    for point in points.geoms:
        cell = cells[tree.query(point, predicate="intersects")[0]]
        reached.append(cell.intersection(point.buffer(CELL_REACH, quad_segs=4)))
    return reached


def _path(shape: shapely.Polygon) -> str:
    corners = " ".join(f"{x:.0f},{y:.0f}" for x, y in shape.exterior.coords[:-1])
    return f"M{corners}Z"
