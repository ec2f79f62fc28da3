"""Pages of a list without counting, and the neighborhoods that makers can be filtered by."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.text import slugify

from certification import citymap

MOST_PAGES = 40


@dataclass(frozen=True, slots=True)
class Neighborhood:
    name: str
    slug: str
    makers: int


def neighborhoods_of(pages: QuerySet) -> list[Neighborhood]:
    """Where these pages' makers are, with how many; one query."""
    rows = pages.order_by().values_list("maker__neighborhood").annotate(number=Count("pk"))
    return sorted(
        (Neighborhood(name, slugify(name), number) for name, number in rows), key=lambda place: place.name.casefold()
    )


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A neighborhood of the schematic map with the number of its makers."""

    shape: citymap.Neighborhood
    slug: str
    makers: int
    is_current: bool


def map_of(places: list[Neighborhood], current: Neighborhood | None) -> list[MapPlace]:
    """All neighborhoods of the drawing, those without makers too."""
    numbers = {place.name.casefold(): place for place in places}
    found = []
    for shape in citymap.neighborhoods():
        place = numbers.get(shape.name.casefold())
        makers, slug = (place.makers, place.slug) if place else (0, "")
        found.append(MapPlace(shape, slug, makers, place is not None and place == current))
    return found


def names_on(places: list[MapPlace]) -> list[citymap.Pin]:
    """The names that can be read beside the filled cells."""
    return citymap.names(place.shape.cell for place in places if place.makers)


def asked_page(value: str) -> int:
    """1 to 40; anything else is 1 or the last of those."""
    if not (value.isascii() and value.isdigit() and len(value) < 9):
        return 1
    return max(1, min(int(value), MOST_PAGES))


def page_of(rows: QuerySet, number: int, size: int) -> tuple[list, bool]:
    """The rows of a page, and whether more follow."""
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return found[:size], len(found) > size and number < MOST_PAGES
