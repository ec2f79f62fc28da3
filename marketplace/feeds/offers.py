"""Each variant that may be bought at this moment, as product feeds want it. Nothing without a badge is in here."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils import translation
from django.utils.html import strip_tags

from catalog.catalogue.models import Listing, Origin, Product
from catalog.search.selectors import for_sale, newest, with_badges
from certification.badge.badges import Badge

CHUNK = 200
_LONGEST = 4900


@dataclass(frozen=True, slots=True)
class Offer:
    """A size in a color; `group` is the piece. Texts are English, `price` is dollars before tax."""

    id: str
    group: str
    title: str
    text: str
    address: str
    pictures: tuple[str, ...]
    price: Decimal
    in_stock: bool
    maker: str
    color: str
    size: str
    material: str
    category: str
    badge: Badge


def offers() -> Iterator[Offer]:
    """The newest pieces first, read in chunks: those whose maker sells and whose certificate holds now."""
    after = None
    while True:
        rows = newest(for_sale())
        if after:
            rows = rows.filter(listed_at__lte=after[0]).exclude(listed_at=after[0], pk__gte=after[1])
        chunk = list(rows[:CHUNK])
        if not chunk:
            return
        after = chunk[-1].listed_at, chunk[-1].pk
        # The body is written after the request's language is gone, so it is set for each piece of it.
        with translation.override("en"):
            found = list(_of_chunk(with_badges(chunk)))
        yield from found


def country_of(product: Product) -> str:
    """The country of origin where it may be said: "US" needs all or virtually all (16 CFR 323); else nothing."""
    return "US" if product.origin_statement == Origin.USA else ""


def _of_chunk(rows: list[Listing]) -> Iterator[Offer]:
    found = Product.objects.filter(pk__in=[row.pk for row in rows])
    found = found.prefetch_related("children__stockrecords", "stockrecords", "categories")
    products = {product.pk: product for product in found}
    for row in rows:
        product = products.get(row.pk)
        for variant in _variants(product) if product else ():
            record = next((item for item in variant.stockrecords.all() if item.price is not None), None)
            if record is not None:
                yield _offer(row, product, variant, record)


def _variants(product: Product) -> list[Product]:
    if not product.is_parent:
        return [product]
    return sorted((child for child in product.children.all() if child.is_public), key=lambda child: child.pk)


def _offer(row: Listing, product: Product, variant: Product, record) -> Offer:
    return Offer(
        id=str(variant.pk), group=str(product.pk), title=product.title,
        text=" ".join(strip_tags(product.description).split())[:_LONGEST],
        address=settings.SITE_ADDRESS + row.get_absolute_url(), pictures=pictures_of(row, variant.color),
        price=record.price, in_stock=record.net_stock_level > 0, maker=row.maker_name, color=variant.color,
        size=variant.size, material=product.fibre_content,
        category=" > ".join(category.name for category in product.categories.all()[:1]), badge=row.badge,
    )  # fmt: skip


def pictures_of(row: Listing, color: str = "") -> tuple[str, ...]:
    """Whole addresses of a piece's pictures, those of this color first."""
    ordered = sorted(row.pictures, key=lambda picture: picture["color"] != color)
    return tuple(absolute(picture["large"]) for picture in ordered)


def absolute(address: str) -> str:
    """A picture's address as other sites need it; storage elsewhere gives whole ones already."""
    return address if not address or "://" in address else settings.SITE_ADDRESS + address
