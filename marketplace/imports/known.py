"""The pieces of a shop that a file speaks of, as they are now."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Q

from catalog.catalogue.models import Product, ProductImage
from certification.selectors import valid_certificates
from makers.models import Maker

from .models import Format, Source, SourcePicture
from .pieces import Piece, variant_key

_OWN = "-la"


@dataclass(frozen=True)
class KnownVariant:
    id: int
    size: str
    color: str
    sample: str
    price: Decimal
    stock: int
    held: int
    is_public: bool

    @property
    def key(self) -> str:
        return variant_key(self.size, self.color)


@dataclass(frozen=True)
class Known:
    """`last` is what the file said of it last time; `addresses` are those of pictures that it has or had."""

    product: Product
    last: dict[str, Any]
    variants: list[KnownVariant]
    addresses: set[str]
    is_certified: bool


def own_handle(product: Product) -> str:
    """The handle under which our own export names a piece that came from nowhere else."""
    return f"{product.slug}{_OWN}{product.pk}"


def public_address(image: ProductImage) -> str:
    """The whole address of a picture of ours."""
    address = image.original.url
    return address if address.startswith("http") else settings.SITE_ADDRESS + address


def titles_of(maker: Maker) -> set[str]:
    """The names of all pieces in small letters."""
    rows = Product.objects.filter(maker=maker).exclude(structure=Product.CHILD)
    return {title.casefold() for title in rows.values_list("title", flat=True)}


def known_pieces(maker: Maker, format_: str, pieces: Iterable[Piece]) -> dict[str, Known]:
    """By the key of the file's piece; pieces that the shop does not know are missing."""
    pieces = list(pieces)
    sources = {
        row.key: row
        for row in Source.objects.filter(maker=maker, format=format_, key__in={k for p in pieces for k in p.keys})
    }
    found: dict[str, tuple[int, dict[str, Any]]] = {}
    for piece in pieces:
        source = next((sources[key] for key in piece.keys if key in sources), None)
        if source is not None:
            found[piece.key] = (source.product_id, source.last)
        elif format_ == Format.SHOPIFY and (pk := _own_pk(piece.key)):
            found[piece.key] = (pk, {})
    products = _products(maker, {pk for pk, _last in found.values()})
    addresses = _addresses(products)
    certified = set(valid_certificates().filter(product__in=products).values_list("product_id", flat=True))
    return {
        key: Known(products[pk], last, _variants(products[pk]), addresses.get(pk, set()), pk in certified)
        for key, (pk, last) in found.items()
        if pk in products
    }


def _own_pk(handle: str) -> int | None:
    digits = handle.rpartition(_OWN)[2]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 16 else None


def _products(maker: Maker, pks: set[int]) -> dict[int, Product]:
    rows = Product.objects.filter(maker=maker, pk__in=pks).exclude(structure=Product.CHILD)
    return {row.pk: row for row in rows.prefetch_related("children__stockrecords")}


def _variants(product: Product) -> list[KnownVariant]:
    return [
        KnownVariant(
            child.pk, child.size, child.color, child.color_hex, record.price, record.num_in_stock,
            record.num_allocated or 0, child.is_public,
        )
        for child in sorted(product.children.all(), key=lambda item: item.pk)
        for record in child.stockrecords.all()
        if record.price is not None
    ]  # fmt: skip


def _addresses(products: dict[int, Product]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {pk: set() for pk in products}
    for pk, address in SourcePicture.objects.filter(product__in=products).values_list("product_id", "address"):
        found[pk].add(address)
    images = ProductImage.objects.filter(Q(product__in=products) | Q(product__parent__in=products))
    for image in images.select_related("product"):
        found[image.product.parent_id or image.product_id].add(public_address(image))
    return found
