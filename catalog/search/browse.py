"""Finds the pieces that an address of the shop asks for, and one page of them without counting or skipping."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.catalogue.models import FacetName, Listing, ListingFacet
from certification.selectors import is_certified
from makers.models import Maker

from . import params
from .listing import variant_value
from .params import DEEPEST, PER_PAGE, Params
from .selectors import for_sale, with_badges

COUNT_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """Cards, and the parameters of the next page, if there is one."""

    rows: list[Listing]
    next: Params | None


def known(asked: Params) -> Params:
    """Without values that name nothing we have: one small query for each filter that was asked for."""
    places = Listing.objects.filter(neighborhood_slug__in=asked.neighborhood).values_list(
        "neighborhood_slug", flat=True
    )
    makers = Maker.objects.filter(slug__in=asked.maker).values_list("slug", flat=True)
    sizes = _facets(FacetName.SIZE, asked.size).values_list("value", flat=True)
    return replace(
        asked,
        category=asked.category if asked.category and _facets(FacetName.CATEGORY, [asked.category]).exists() else "",
        neighborhood=_held(asked.neighborhood, places),
        maker=_held(asked.maker, makers),
        size=_held(asked.size, sizes),
    )


def _held(values: tuple[str, ...], rows: QuerySet) -> tuple[str, ...]:
    if not values:
        return ()
    there = set(rows.distinct())
    return tuple(value for value in values if value in there)


def matching(asked: Params, hits: list[int] | None, *, but: str = "") -> QuerySet[Listing]:
    """Rows for sale that fit; `but` names one filter to leave out (a facet counts as if it were not set)."""
    if but:
        asked = asked.without(*(("price_min", "price_max") if but == "price" else (but,)))
    rows = for_sale()
    if hits is not None:
        rows = rows.filter(pk__in=hits)
    if asked.claim:
        rows = rows.filter(is_certified(claim=asked.claim))
    return _with_facets(rows.filter(_row_conditions(asked)), asked)


def _row_conditions(asked: Params) -> Q:
    conditions = Q()
    if asked.neighborhood:
        conditions &= Q(neighborhood_slug__in=asked.neighborhood)
    if asked.maker:
        conditions &= Q(maker_slug__in=asked.maker)
    if asked.price_min is not None:
        conditions &= Q(price_max__gte=asked.price_min)
    if asked.price_max is not None:
        conditions &= Q(price__lte=asked.price_max)
    if asked.in_stock:
        conditions &= Q(in_stock__gt=0)
    if asked.made_to_order:
        conditions &= Q(making_days__gt=0)
    return conditions


def _with_facets(rows: QuerySet[Listing], asked: Params) -> QuerySet[Listing]:
    """Size and color are asked of the same variant, which must be there if only stock is wanted."""
    wanted = [(FacetName.CATEGORY, [asked.category])] if asked.category else []
    if asked.size and asked.color:
        pairs = [variant_value(size, color) for size in asked.size for color in asked.color]
        wanted.append((FacetName.VARIANT, pairs))
    elif asked.size:
        wanted.append((FacetName.SIZE, asked.size))
    elif asked.color:
        wanted.append((FacetName.COLOR, asked.color))
    for name, values in wanted:
        facets = _facets(name, values).filter(listing=OuterRef("pk"))
        if asked.in_stock and name != FacetName.CATEGORY:
            facets = facets.filter(in_stock=True)
        rows = rows.filter(Exists(facets))
    return rows


def _facets(name: str, values: Iterable[str]) -> QuerySet[ListingFacet]:
    return ListingFacet.objects.filter(name=name, value__in=values)


def count(rows: QuerySet[Listing]) -> int:
    """How many there are; 1001 stands for "more than 1,000"."""
    return rows[: COUNT_LIMIT + 1].count()


def page(rows: QuerySet[Listing], asked: Params, hits: list[int] | None) -> Page:
    """One page in the order asked for."""
    if asked.sort == "relevance":
        return _best_page(rows, asked, hits or [])
    ordered = _after(_ordered(rows, asked.sort), asked)
    skip = (asked.page - 1) * PER_PAGE if asked.page else 0
    found = list(ordered[skip : skip + PER_PAGE + 1])
    shown, more = found[:PER_PAGE], len(found) > PER_PAGE
    cursor = params.newest_cursor if asked.sort == "newest" else params.price_cursor
    following = replace(asked, after=cursor(shown[-1]), page=0) if more else None
    return Page(with_badges(shown), following)


def _ordered(rows: QuerySet[Listing], sort: str) -> QuerySet[Listing]:
    if sort == "newest":
        return rows.order_by("-listed_at", "-product_id")
    return rows.order_by(sort, "-product_id")


def _after(rows: QuerySet[Listing], asked: Params) -> QuerySet[Listing]:
    """Rows behind the cursor; the first condition is what an index can use."""
    if not asked.after:
        return rows
    if asked.sort == "newest":
        moment, pk = params.read_newest(asked.after)
        return rows.filter(listed_at__lte=moment).filter(Q(listed_at__lt=moment) | Q(product_id__lt=pk))
    price, pk = params.read_price(asked.after)
    if asked.sort == "price":
        return rows.filter(price__gte=price).filter(Q(price__gt=price) | Q(product_id__lt=pk))
    return rows.filter(price__lte=price).filter(Q(price__lt=price) | Q(product_id__lt=pk))


def _best_page(rows: QuerySet[Listing], asked: Params, hits: list[int]) -> Page:
    """The order of the words' hits; a place in it is an offset, at most 40 pages deep."""
    start = int(asked.after[1:]) if asked.after else max(asked.page - 1, 0) * PER_PAGE
    start = min(start, DEEPEST - PER_PAGE)
    fitting = set(rows.values_list("pk", flat=True))
    order = [pk for pk in hits if pk in fitting]
    shown = order[start : start + PER_PAGE]
    by_id = {row.pk: row for row in Listing.objects.filter(pk__in=shown)}
    end = start + PER_PAGE
    following = replace(asked, after=f"r{end}", page=0) if len(order) > end and end < DEEPEST else None
    return Page(with_badges(by_id[pk] for pk in shown if pk in by_id), following)
