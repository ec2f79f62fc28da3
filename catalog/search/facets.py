"""Filters with counts: what else the list could be narrowed to, counted at most every 60 seconds."""

import hashlib
import json
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from catalog.catalogue.models import Category, FacetName, Listing, ListingFacet
from certification.rules import Claim
from certification.selectors import certified_products
from certification.texts import claim_labels

from .browse import matching
from .colors import FAMILIES
from .listing import category_slugs
from .params import Params

SECONDS = 60
OPTIONS_SHOWN = 6
_MOST_OPTIONS = 60
_SIZES = ("XXS", "XS", "S", "M", "L", "XL", "2XL", "XXL", "3XL", "One size")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter. `query` leads to the list with it, or without it where it is set."""

    label: str
    count: int
    query: str
    current: bool = False
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    options: list[Option]

    @property
    def first(self) -> list[Option]:
        return self.options[:OPTIONS_SHOWN]

    @property
    def rest(self) -> list[Option]:
        return self.options[OPTIONS_SHOWN:]

    @property
    def is_open(self) -> bool:
        return self.name in {"category", "claim", "neighborhood"} or any(option.current for option in self.options)


def facets(asked: Params, hits: list[int] | None) -> list[Facet]:
    """The filters of this list in the reader's language."""
    counts = _counts(asked, hits)
    category = _categories(asked, counts["category"])
    found = [
        Facet("category", _("Category"), category),
        Facet("claim", _("Certified as"), _options(asked, "claim", counts["claim"], claim_label)),
        Facet("neighborhood", _("Neighborhood"), _places(asked, counts["neighborhood"])),
        Facet("color", _("Color"), _colors(asked, counts["color"])),
        Facet("size", _("Size"), _sizes(asked, counts["size"])),
    ]
    return [facet for facet in found if facet.options]


def claim_label(value: str) -> str:
    label = claim_labels([Claim(value)])
    return label[:1].upper() + label[1:]


def category_labels() -> dict[str, str]:
    """Labels of all categories by full slug, in the reader's language and tree order; one query."""
    rows = list(Category.objects.filter(is_public=True).order_by("path"))
    return {slug: row.label for slug, row in zip(category_slugs(rows), rows, strict=True)}


def _counts(asked: Params, hits: list[int] | None) -> dict:
    key = "facets:" + hashlib.sha256(asked.start().without("sort").query_string().encode()).hexdigest()
    found = cache.get(key)
    if found is None:
        found = _count(asked, hits)
        cache.set(key, found, SECONDS)
    return found


def _count(asked: Params, hits: list[int] | None) -> dict:
    """A filter counts as if it were not set itself; those that are not set share one list of ids."""
    shared: list[RawSQL] = []

    def ids(name: str) -> RawSQL:
        if getattr(asked, name):
            return _ids(asked, hits, but=name)
        if not shared:
            shared.append(_ids(asked, hits, but=""))
        return shared[0]

    return {
        "category": _count_values(FacetName.CATEGORY, ids("category"), asked),
        "color": _count_values(FacetName.COLOR, ids("color"), asked),
        "size": _count_values(FacetName.SIZE, ids("size"), asked),
        "neighborhood": _count_places(ids("neighborhood")),
        "claim": _count_claims(ids("claim")),
    }


def _ids(asked: Params, hits: list[int] | None, *, but: str) -> RawSQL:
    """The ids that fit, handed back to the database as one value: asking for them anew in each count takes
    five times as long at 20,000 pieces."""
    found = list(matching(asked, hits, but=but).order_by().values_list("pk", flat=True))
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(found)])
    return RawSQL("SELECT unnest(%s::bigint[])", [found])


def _count_values(name: str, ids: RawSQL, asked: Params) -> list[tuple[str, int]]:
    rows = ListingFacet.objects.filter(name=name, listing__in=ids)
    if asked.in_stock and name != FacetName.CATEGORY:
        rows = rows.filter(in_stock=True)
    counted = rows.values_list("value").annotate(number=Count("pk")).order_by("-number", "value")
    return list(counted if name == FacetName.CATEGORY else counted[:_MOST_OPTIONS])


def _count_places(ids: RawSQL) -> list[tuple[str, str, int]]:
    rows = Listing.objects.filter(pk__in=ids).order_by().values_list("neighborhood_slug", "neighborhood")
    return list(rows.annotate(number=Count("pk")).order_by("-number", "neighborhood_slug")[: _MOST_OPTIONS * 2])


def _count_claims(ids: RawSQL) -> list[tuple[str, int]]:
    counts = {str(claim): Count("pk", filter=Q(certificate__claims__icontains=f'"{claim}"')) for claim in Claim}
    totals = certified_products().filter(product__in=ids).aggregate(**counts)
    return [(claim, number) for claim, number in totals.items() if number]


def _link(asked: Params, name: str, value: str) -> str:
    """The list with this value, or without it where it is set already."""
    same = getattr(asked, name) == value
    return replace(asked.start(), **{name: "" if same else value}).query_string()


def _option(asked: Params, name: str, value: str, label: str, number: int, sample: str = "") -> Option:
    return Option(label, number, _link(asked, name, value), getattr(asked, name) == value, sample)


def _options(asked: Params, name: str, counted, label) -> list[Option]:
    return [_option(asked, name, value, label(value), number) for value, number in counted]


def _places(asked: Params, counted) -> list[Option]:
    return [_option(asked, "neighborhood", slug, label, number) for slug, label, number in counted]


def _colors(asked: Params, counted) -> list[Option]:
    return [
        _option(asked, "color", value, str(FAMILIES[value][0]), number, FAMILIES[value][1])
        for value, number in counted
        if value in FAMILIES
    ]


def _sizes(asked: Params, counted) -> list[Option]:
    ordered = sorted(counted, key=lambda pair: size_order(pair[0]))
    return [_option(asked, "size", value, value, number) for value, number in ordered]


def size_order(size: str) -> tuple[int, int, str]:
    """XS before S before M, then numbers by their value, then the rest by the alphabet."""
    if size in _SIZES:
        return (0, _SIZES.index(size), "")
    digits = "".join(letter if letter.isascii() and letter.isdigit() else " " for letter in size).split()
    return (1, int(digits[0]), size) if digits else (2, 0, size)


def _categories(asked: Params, counted: list[tuple[str, int]]) -> list[Option]:
    """The level below the present category, and the present one so that it can be left."""
    labels, numbers = category_labels(), dict(counted)
    here = asked.category
    shown = [slug for slug in labels if numbers.get(slug) and slug.rpartition("/")[0] == here]
    if not shown and "/" in here:
        shown = [slug for slug in labels if numbers.get(slug) and slug.rpartition("/")[0] == here.rpartition("/")[0]]
    return [_option(asked, "category", slug, labels[slug], numbers[slug]) for slug in shown]
