"""What the page of one piece shows: choice, pictures, badge, passport, delivery, sizes, pieces beside it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.text import slugify

from catalog.catalogue.color_words import color_word
from catalog.catalogue.models import FacetName, Listing, ListingFacet, Product
from catalog.catalogue.sizing import SizeTable, size_table
from catalog.shipping.calendar import business_days_after
from catalog.shipping.terms import terms_of
from certification.badge.badges import Badge, badges_for
from certification.passport import Passport, passport_of
from marketplace.core import clock
from marketplace.core.words import stems
from marketplace.pictures.selectors import Shot, shots

from .facets import category_labels, size_order
from .fulltext import LISTINGS, Term
from .listing import category_slugs
from .selectors import for_sale, newest

RELATED, FEW = 4, 4
ALIKE_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """A variant one can put into the bag."""

    pk: int
    size: str
    price: Decimal
    left: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Color:
    name: str
    sample: str
    slug: str
    current: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A color and its variant in each size of the matrix, None where it is not made."""

    color: Color
    cells: list[Choice | None]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the page says of shipping if it is ordered today; amounts in cents."""

    from_cents: int
    free_above_cents: int | None
    making_days: int
    ships_on: date
    back_until: date
    is_closed: bool


@dataclass(frozen=True, slots=True)
class ProductPage:
    product: Product
    listing: Listing | None
    badge: Badge | None
    passport: Passport | None
    colors: list[Color]
    color: str
    choices: list[Choice]
    sizes: list[str]
    matrix: list[MatrixRow]
    size_table: SizeTable | None
    pictures: list[dict]
    makers_shot: Shot | None
    trail: list[tuple[str, str]]
    related: list[Listing]
    similar: list[Listing]
    alike: list[Listing]
    delivery: Delivery

    @property
    def can_buy(self) -> bool:
        product = self.product
        offered = self.badge is not None and product.maker.is_selling and not product.is_held
        return offered and any(choice.left for choice in self.choices)

    @property
    def low(self) -> Decimal | None:
        return min((choice.price for choice in self.choices), default=None)

    @property
    def high(self) -> Decimal | None:
        return max((choice.price for choice in self.choices), default=None)

    @property
    def has_sizes(self) -> bool:
        return any(choice.size for choice in self.choices)

    @property
    def some_sold_out(self) -> bool:
        return any(not choice.left for choice in self.choices)

    @property
    def few_left(self) -> list[Choice]:
        return [choice for choice in self.choices if 0 < choice.left < FEW]

    @property
    def only_choice(self) -> Choice | None:
        return self.choices[0] if len(self.choices) == 1 else None


def public_product(pk: int) -> Product:
    """A parent or standalone product that is public; Http404 otherwise."""
    rows = Product.objects.exclude(structure=Product.CHILD).filter(is_public=True, maker__isnull=False)
    product = rows.select_related("maker", "listing", "shipping_profile", "notice").filter(pk=pk).first()
    if product is None:
        raise Http404
    return product


def product_page(
    product: Product, color_slug: str = "", size: str = "", *, pictures: list[dict] | None = None
) -> ProductPage:
    """Everything for the page in a constant number of queries; color and size are those that a link chose.

    `pictures` are those of a piece that has no listing yet.
    """
    variants = list(_variants(product))
    colors, color = _colors(variants, color_slug)
    sizes = sorted({variant.size for variant in variants}, key=size_order)
    listing = getattr(product, "listing", None)
    trail = _trail(product)
    others = list(newest(for_sale().filter(maker=product.maker_id)).exclude(pk=product.pk)[:RELATED])
    similar = _similar(product, trail)
    alike = _alike(product, {product.pk, *(row.pk for row in (*others, *similar))})
    beside = [*others, *similar, *alike]
    badges = badges_for([product.pk, *(row.pk for row in beside)])
    for row in beside:
        row.badge = badges.get(row.pk)
    badge = badges.get(product.pk)
    return ProductPage(
        product=product,
        listing=listing,
        badge=badge,
        passport=passport_of(product) if badge else None,
        colors=colors,
        color=color_word(color),
        choices=_choices(variants, color, size),
        sizes=sizes,
        matrix=_matrix(variants, colors, sizes),
        size_table=size_table(product, sizes),
        pictures=_pictures((listing.pictures if listing else []) if pictures is None else pictures, color),
        makers_shot=shots([product.maker.picture.name]).get(product.maker.picture.name),
        trail=trail,
        related=[row for row in others if row.badge],
        similar=[row for row in similar if row.badge],
        alike=[row for row in alike if row.badge],
        delivery=_delivery(product),
    )


def _similar(product: Product, trail: list[tuple[str, str]]) -> list[Listing]:
    """The newest pieces of the same craft by other makers."""
    if not trail:
        return []
    facets = ListingFacet.objects.filter(name=FacetName.CATEGORY, value=trail[-1][1], listing=OuterRef("pk"))
    return list(newest(for_sale().filter(Exists(facets)).exclude(maker=product.maker_id))[:RELATED])


def _alike(product: Product, shown: set[int]) -> list[Listing]:
    """Pieces of its kind that a search for the words of its name finds, the best first, without those shown already."""
    terms = [Term(word) for word in dict.fromkeys(stems(product.title))]
    ids = [pk for pk in LISTINGS.find(terms, every=False, limit=ALIKE_LOOKED_AT) if pk not in shown]
    rows = for_sale().filter(pk__in=ids, kind=product.kind).in_bulk() if ids else {}
    return [rows[pk] for pk in ids if pk in rows][:RELATED]


def _delivery(product: Product) -> Delivery:
    terms = terms_of([product])[product.pk]
    days, today = terms.dispatch_days + product.made_to_order_days, clock.today()
    ships_on = business_days_after(today, days, terms.closed)
    return Delivery(
        from_cents=terms.least_cents, free_above_cents=terms.free_above_cents, making_days=product.made_to_order_days,
        ships_on=ships_on, back_until=ships_on + timedelta(days=product.maker.return_days),
        is_closed=any(first <= today <= last for first, last in terms.closed),
    )  # fmt: skip


def _variants(product: Product):
    rows = product.children.filter(is_public=True) if product.is_parent else Product.objects.filter(pk=product.pk)
    return rows.prefetch_related("stockrecords").order_by("pk")


def _left(variant: Product) -> int:
    record = _record(variant)
    return max(record.net_stock_level, 0) if record else 0


def _record(variant: Product):
    return next((item for item in variant.stockrecords.all() if item.price is not None), None)


def _colors(variants: list[Product], asked: str) -> tuple[list[Color], str]:
    """The colors, and the one in view: the one asked for, else the first with stock, else the first."""
    samples = {variant.color: variant.color_hex for variant in reversed(variants) if variant.color}
    names = list(dict.fromkeys(variant.color for variant in variants if variant.color))
    wanted = [name for name in names if slugify(name) == asked]
    stocked = [variant.color for variant in variants if variant.color and _left(variant)]
    current = next(iter([*wanted, *stocked, *names]), "")
    return [Color(color_word(name), samples[name], slugify(name), name == current) for name in names], current


def _choices(variants: list[Product], color: str, size: str = "") -> list[Choice]:
    found = [
        Choice(variant.pk, variant.size, _record(variant).price, _left(variant), bool(size) and variant.size == size)
        for variant in variants
        if variant.color == color and _record(variant)
    ]
    return sorted(found, key=lambda choice: size_order(choice.size))


def _matrix(variants: list[Product], colors: list[Color], sizes: list[str]) -> list[MatrixRow]:
    """Every color in every size with what is left of it; empty where there is only one of either."""
    if len(colors) < 2 or len(sizes) < 2:
        return []
    found = {}
    for variant in variants:
        if record := _record(variant):
            place = (slugify(variant.color), variant.size)
            found[place] = Choice(variant.pk, variant.size, record.price, _left(variant))
    return [MatrixRow(color, [found.get((color.slug, size)) for size in sizes]) for color in colors]


def _pictures(pictures: list[dict], color: str) -> list[dict]:
    """Pictures of the color in view come first, those of no color next."""
    shown = [picture | {"shot": Shot.of(picture)} for picture in pictures]
    return sorted(shown, key=lambda picture: (picture["color"] != color, bool(picture["color"])))


def _trail(product: Product) -> list[tuple[str, str]]:
    """Labels and full slugs from the shop down to the product's deepest category."""
    paths = list(product.categories.order_by("-depth", "path")[:1])
    if not paths:
        return []
    labels = category_labels()
    slug = category_slugs([*paths[0].get_ancestors(), paths[0]])[-1]
    steps = slug.split("/")
    slugs = ["/".join(steps[: end + 1]) for end in range(len(steps))]
    return [(labels[item], item) for item in slugs if item in labels]
