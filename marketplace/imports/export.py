"""A maker's pieces as Shopify's file of products, which our own import takes back unchanged."""

import csv
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Prefetch

from catalog.catalogue.models import Product, ProductImage
from makers.models import Maker

from .cells import escaped, grams_of
from .html_text import as_html
from .known import own_handle, public_address
from .models import Format, Source
from .pieces import Piece, variant_key

COLUMNS = (
    "Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Option1 Name", "Option1 Value",
    "Option2 Name", "Option2 Value", "Variant SKU", "Variant Grams", "Variant Inventory Tracker",
    "Variant Inventory Qty", "Variant Inventory Policy", "Variant Fulfillment Service", "Variant Price",
    "Variant Requires Shipping", "Variant Taxable", "Image Src", "Image Position", "Image Alt Text", "Gift Card",
    "Variant Image", "Status",
)  # fmt: skip
_FIXED = {
    "Variant Inventory Tracker": "shopify", "Variant Inventory Policy": "deny",
    "Variant Fulfillment Service": "manual", "Variant Requires Shipping": "TRUE", "Variant Taxable": "TRUE",
}  # fmt: skip
_AT_ONCE = 200


class _Echo:
    def write(self, value: str) -> str:
        return value


def csv_lines(maker: Maker) -> Iterator[str]:
    """The file line by line, cells that would be formulas kept as text."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    sources = {row.product_id: row for row in Source.objects.filter(maker=maker, format=Format.SHOPIFY).order_by("-pk")}
    for product in _products(maker).iterator(chunk_size=_AT_ONCE):
        for row in _rows(product, sources.get(product.pk)):
            yield writer.writerow([escaped(str(row.get(name, ""))) for name in COLUMNS])


def _products(maker: Maker):
    children = Product.objects.filter(is_public=True).order_by("pk").prefetch_related("stockrecords", "images")
    rows = Product.objects.filter(maker=maker, children__is_public=True).exclude(structure=Product.CHILD).distinct()
    rows = rows.select_related("maker").order_by("pk")
    return rows.prefetch_related(Prefetch("children", queryset=children), "images", "categories")


def _rows(product: Product, source: Source | None) -> Iterator[dict[str, object]]:
    """One row for each variant or picture, whichever are more; the first one describes the piece.

    What came from Shopify goes back under its own handle and SKUs.
    """
    handle = source.key if source else own_handle(product)
    skus = {row.key: row.sku for row in Piece.from_json(source.last).variants} if source else {}
    variants = [(child, record) for child in product.children.all() for record in child.stockrecords.all()]
    pictures = _pictures(product)
    of_color = {color: address for address, _alt, color in reversed(pictures) if color}
    for number in range(max(len(variants), len(pictures))):
        row: dict[str, object] = {"Handle": handle}
        if number == 0:
            row |= _description(product)
        if number < len(variants):
            child, record = variants[number]
            row |= _variant(product, child, record.price, record.num_in_stock)
            row["Variant SKU"] = skus.get(variant_key(child.size, child.color), record.partner_sku)
            row["Variant Image"] = of_color.get(child.color, "")
        if number < len(pictures):
            address, alt, _color = pictures[number]
            row |= {"Image Src": address, "Image Position": number + 1, "Image Alt Text": alt}
        yield row


def _description(product: Product) -> dict[str, object]:
    category = next(iter(product.categories.all()), None)
    return {
        "Title": product.title, "Body (HTML)": as_html(product.description), "Vendor": product.maker.name,
        "Type": category.name if category else "", "Published": "TRUE" if product.is_public else "FALSE",
        "Gift Card": "FALSE", "Status": "active" if product.is_public else "draft",
    }  # fmt: skip


def _variant(product: Product, child: Product, price: Decimal, stock: int) -> dict[str, object]:
    """Color and size as options; a piece without either has Shopify's placeholder."""
    options = [(name, value) for name, value in (("Size", child.size), ("Color", child.color)) if value]
    row: dict[str, object] = {"Variant Price": price, "Variant Inventory Qty": stock, **_FIXED}
    for number, (name, value) in enumerate(options or [("Title", "Default Title")], 1):
        row |= {f"Option{number} Name": name, f"Option{number} Value": value}
    if product.weight_oz:
        row["Variant Grams"] = grams_of(product.weight_oz)
    return row


def _pictures(product: Product) -> list[tuple[str, str, str]]:
    """Address, words and color of each picture, those of the piece itself first."""
    found: dict[str, tuple[str, str, str]] = {}
    images: list[tuple[ProductImage, str]] = [(image, "") for image in product.images.all()]
    images += [(image, child.color) for child in product.children.all() for image in child.images.all()]
    for image, color in images:
        address = public_address(image)
        found.setdefault(address, (address, image.caption, color))
    return list(found.values())
