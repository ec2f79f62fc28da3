"""Filters with counts: what else the list could be narrowed to, counted at most every 60 seconds."""

import hashlib
import json
from dataclasses import dataclass, replace
from decimal import Decimal

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
_OPEN = {"category", "size", "price", "neighborhood"}
_BUDGETS = (50, 100, 150, 250)
_SIZES = ("XXS", "XS", "S", "M", "L", "XL", "2XL", "XXL", "3XL", "One size")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, told from the others by `key`. `query` leads to the list with it, or without it where
    it is set."""

    key: str
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
        return self.name in _OPEN or any(option.current for option in self.options)


def facets(asked: Params, hits: list[int] | None) -> list[Facet]:
    """The filters of this list in the reader's language."""
    counts = _counts(asked, hits)
    found = [
        Facet("category", _("Category"), _categories(asked, counts["category"])),
        Facet("size", _("Size"), _sizes(asked, counts["size"])),
        Facet("price", _("Price"), _budgets(asked, counts["price"])),
        Facet("neighborhood", _("Neighborhood"), _several(asked, "neighborhood", counts["neighborhood"])),
        Facet("color", _("Color"), _colors(asked, counts["color"])),
        Facet("claim", _("Certified as"), _options(asked, "claim", counts["claim"], claim_label)),
        Facet("maker", _("Maker"), _several(asked, "maker", counts["maker"])),
        Facet("ready", _("Availability"), _ready(asked, counts["ready"])),
    ]
    return [facet for facet in found if facet.options]


def claim_label(value: str) -> str:
    label = claim_labels([Claim(value)])
    return label[:1].upper() + label[1:]


def category_labels() -> dict[str, str]:
    """Labels of all categories by full slug, in the reader's language and tree order; one query."""
    rows = list(Category.objects.browsable().order_by("path"))
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
        if asked.narrows(name):
            return _ids(asked, hits, but=name)
        if not shared:
            shared.append(_ids(asked, hits, but=""))
        return shared[0]

    return {
        "category": _count_values(FacetName.CATEGORY, ids("category"), asked),
        "color": _count_values(FacetName.COLOR, ids("color"), asked),
        "size": _count_values(FacetName.SIZE, ids("size"), asked),
        "neighborhood": _count_columns(ids("neighborhood"), "neighborhood_slug", "neighborhood"),
        "maker": _count_columns(ids("maker"), "maker_slug", "maker_name"),
        "claim": _count_claims(ids("claim")),
        **_count_rows({name: ids(name) for name in ("price", "in_stock", "made_to_order")}),
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


def _count_columns(ids: RawSQL, value: str, label: str) -> list[tuple[str, str, int]]:
    rows = Listing.objects.filter(pk__in=ids).order_by().values_list(value, label)
    return list(rows.annotate(number=Count("pk")).order_by("-number", value)[:_MOST_OPTIONS])


def _count_rows(ids: dict[str, RawSQL]) -> dict[str, list]:
    """What is counted by the row alone: `price` as (from, up to, number), `ready` as (name, number); one query for
    all that share their ids."""
    last = _BUDGETS[-1]
    wanted = {
        "price": {f"to_{top}": Q(price__lte=top) for top in _BUDGETS} | {"above": Q(price_max__gte=last)},
        "in_stock": {"in_stock": Q(in_stock__gt=0)},
        "made_to_order": {"made_to_order": Q(making_days__gt=0)},
    }
    found: dict[str, int] = {}
    for shared in {id(value): value for value in ids.values()}.values():
        filters = {key: q for name, qs in wanted.items() if ids[name] is shared for key, q in qs.items()}
        counts = {key: Count("pk", filter=q) for key, q in filters.items()}
        found |= Listing.objects.filter(pk__in=shared).aggregate(**counts)
    return {
        "price": [*((None, top, found[f"to_{top}"]) for top in _BUDGETS), (last, None, found["above"])],
        "ready": [(name, found[name]) for name in ("in_stock", "made_to_order")],
    }


def _count_claims(ids: RawSQL) -> list[tuple[str, int]]:
    counts = {str(claim): Count("pk", filter=Q(certificate__claims__icontains=f'"{claim}"')) for claim in Claim}
    totals = certified_products().filter(product__in=ids).aggregate(**counts)
    return [(claim, number) for claim, number in totals.items() if number]


def _option(key, label: str, number: int, query: Params, *, current: bool, sample: str = "") -> Option:
    return Option(str(key), label, number, query.start().query_string(), current, sample)


def _one_of(asked: Params, name: str, value, label: str, number: int) -> Option:
    """A value of a filter that takes one; following its link while it is set takes it away."""
    current = getattr(asked, name) == value
    query = asked.without(name) if current else replace(asked, **{name: value})
    return _option(name if value is True else value, label, number, query, current=current)


def _one_more(asked: Params, name: str, value: str, label: str, number: int, sample: str = "") -> Option:
    current = value in getattr(asked, name)
    return _option(value, label, number, asked.toggled(name, value), current=current, sample=sample)


def _options(asked: Params, name: str, counted, label) -> list[Option]:
    return [_one_of(asked, name, value, label(value), number) for value, number in counted]


def _several(asked: Params, name: str, counted) -> list[Option]:
    return [_one_more(asked, name, value, label, number) for value, label, number in counted]


def _colors(asked: Params, counted) -> list[Option]:
    return [
        _one_more(asked, "color", value, str(FAMILIES[value][0]), number, FAMILIES[value][1])
        for value, number in counted
        if value in FAMILIES
    ]


def _sizes(asked: Params, counted) -> list[Option]:
    ordered = sorted(counted, key=lambda pair: size_order(pair[0]))
    return [_one_more(asked, "size", value, value, number) for value, number in ordered]


def _budgets(asked: Params, counted) -> list[Option]:
    return [_budget(asked, low, high, number) for low, high, number in counted if number]


def _budget(asked: Params, low: int | None, high: int | None, number: int) -> Option:
    current = (asked.price_min, asked.price_max) == (low, high)
    bounds = (None, None) if current else tuple(amount and Decimal(amount) for amount in (low, high))
    query = replace(asked, price_min=bounds[0], price_max=bounds[1])
    label = _("Up to $%(amount)s") % {"amount": high} if high else _("From $%(amount)s") % {"amount": low}
    return _option(f"{low}-{high}", label, number, query, current=current)


def _ready(asked: Params, counted) -> list[Option]:
    labels = {"in_stock": _("In stock"), "made_to_order": _("Made to order")}
    return [_one_of(asked, name, True, labels[name], number) for name, number in counted if number]


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
    return [_one_of(asked, "category", slug, labels[slug], numbers[slug]) for slug in shown]
