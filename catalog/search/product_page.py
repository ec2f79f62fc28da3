"""What the page of one piece shows: choice, pictures, badge, passport, delivery, more from its maker."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.text import slugify

from catalog.catalogue.color_words import color_word
from catalog.catalogue.models import FacetName, Listing, ListingFacet, Product
from catalog.shipping.calendar import business_days_after
from catalog.shipping.terms import terms_of
from certification.badge.badges import Badge, badges_for
from certification.passport import Passport, passport_of
from marketplace.core import clock
from marketplace.pictures.selectors import Shot, shots

from .facets import category_labels, size_order
from .listing import category_slugs
from .selectors import for_sale, newest

RELATED = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A variant one can put into the bag."""

    pk: int
    size: str
    price: Decimal
    left: int


@dataclass(frozen=True, slots=True)
class Color:
    name: str
    sample: str
    slug: str
    current: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the page says of shipping if it is ordered today; amounts in cents."""

    from_cents: int
    free_above_cents: int | None
    making_days: int
    ships_on: date
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
    pictures: list[dict]
    makers_shot: Shot | None
    trail: list[tuple[str, str]]
    related: list[Listing]
    similar: list[Listing]
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
    def only_choice(self) -> Choice | None:
        return self.choices[0] if len(self.choices) == 1 else None


def public_product(pk: int) -> Product:
    """A parent or standalone product that is public; Http404 otherwise."""
    rows = Product.objects.exclude(structure=Product.CHILD).filter(is_public=True, maker__isnull=False)
    product = rows.select_related("maker", "listing", "shipping_profile", "notice").filter(pk=pk).first()
    if product is None:
        raise Http404
    return product


def product_page(product: Product, color_slug: str, pictures: list[dict] | None = None) -> ProductPage:
    """Everything for the page in a constant number of queries; `pictures` of a piece that has no listing yet."""
    variants = list(_variants(product))
    colors, color = _colors(variants, color_slug)
    listing = getattr(product, "listing", None)
    trail = _trail(product)
    others = list(newest(for_sale().filter(maker=product.maker_id)).exclude(pk=product.pk)[:RELATED])
    similar = _similar(product, trail)
    badges = badges_for([product.pk, *(row.pk for row in (*others, *similar))])
    for row in (*others, *similar):
        row.badge = badges.get(row.pk)
    badge = badges.get(product.pk)
    return ProductPage(
        product=product,
        listing=listing,
        badge=badge,
        passport=passport_of(product) if badge else None,
        colors=colors,
        color=color_word(color),
        choices=_choices(variants, color),
        pictures=_pictures((listing.pictures if listing else []) if pictures is None else pictures, color),
        makers_shot=shots([product.maker.picture.name]).get(product.maker.picture.name),
        trail=trail,
        related=[row for row in others if row.badge],
        similar=[row for row in similar if row.badge],
        delivery=_delivery(product),
    )


def _similar(product: Product, trail: list[tuple[str, str]]) -> list[Listing]:
    """The newest pieces of the same craft by other makers."""
    if not trail:
        return []
    facets = ListingFacet.objects.filter(name=FacetName.CATEGORY, value=trail[-1][1], listing=OuterRef("pk"))
    return list(newest(for_sale().filter(Exists(facets)).exclude(maker=product.maker_id))[:RELATED])


def _delivery(product: Product) -> Delivery:
    terms = terms_of([product])[product.pk]
    days, today = terms.dispatch_days + product.made_to_order_days, clock.today()
    return Delivery(
        from_cents=terms.least_cents, free_above_cents=terms.free_above_cents, making_days=product.made_to_order_days,
        ships_on=business_days_after(today, days, terms.closed),
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


def _choices(variants: list[Product], color: str) -> list[Choice]:
    found = [
        Choice(variant.pk, variant.size, _record(variant).price, _left(variant))
        for variant in variants
        if variant.color == color and _record(variant)
    ]
    return sorted(found, key=lambda choice: size_order(choice.size))


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
