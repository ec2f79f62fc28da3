"""Writes the listing read model: one row per product, its facets and its words.

Call after the write that changed a product, its stock, its maker or its certificate.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import translation
from django.utils.text import slugify

from catalog.catalogue.models import Category, FacetName, Listing, ListingFacet, Product
from catalog.catalogue.pictures import pictures_of
from catalog.partner.models import StockRecord
from certification.listing_words import held_words
from certification.models import Certificate
from marketplace.pictures.selectors import shots

from . import fulltext
from .colors import FAMILIES, family_of
from .share_pictures import drawn_of, order_drawing


def refresh_listing(product_id: int) -> Listing | None:
    """Bring the row of this product (or of the parent of this variant) up to date.

    A product that is not public, has no maker or no priced variant, or is held for its words, has no row: None.
    """
    with transaction.atomic():
        product = _locked(product_id)
        offers = _offers(product) if product is not None and not _hold(product) else []
        if not offers:
            remove_listing(product.pk if product is not None else product_id)
            return None
        categories = _categories(product)
        row = _write_row(product, offers)
        if row.shot:
            order_drawing(product, row.shot, row.pictures[0]["drawn"])
        _write_facets(row, offers, categories)
        fulltext.LISTINGS.put(product.pk, _words(product, offers, categories))
        return row


def _hold(product: Product) -> bool:
    """Whether the listing is held because its words claim too much; written down for bag, checkout and studio."""
    held = bool(held_words(product))
    if held != product.is_held:
        product.is_held = held
        Product.objects.filter(pk=product.pk).update(is_held=held)
    return held


def refresh_listings(product_ids: Iterable[int]) -> None:
    for product_id in sorted(set(product_ids)):
        refresh_listing(product_id)


def refresh(payload: dict) -> None:
    """Handles `search.refresh`: the rows of many pieces, outside of the request that changed what they share."""
    refresh_listings(payload["products"])


def refresh_after_commit(pieces: Iterable[Product | None]) -> None:
    """Once the transaction is through, bring the rows of these pieces, or variants, up to date."""
    products = {piece.parent_id or piece.pk for piece in pieces if piece is not None}
    if products:
        transaction.on_commit(lambda: refresh_listings(products), robust=True)


def refresh_held(product_ids: Iterable[int]) -> None:
    """After pieces were set aside: what is left, to the piece; the whole row only where a variant has none left.

    `product_ids` are of listed products, not of variants.
    """
    left: dict[int, list[int]] = {pk: [] for pk in product_ids}
    records = StockRecord.objects.filter(
        Q(product__in=left) | Q(product__parent__in=left, product__is_public=True), price__isnull=False
    )
    for record in records.annotate(parent=F("product__parent")):
        left[record.parent or record.product_id].append(max(record.net_stock_level, 0))
    sold_out = [pk for pk, levels in left.items() if 0 in levels]
    sums = [When(pk=pk, then=Value(sum(left[pk]))) for pk in sorted(left.keys() - set(sold_out))]
    if sums:
        Listing.objects.filter(pk__in=left.keys() - set(sold_out)).update(in_stock=Case(*sums))
    refresh_listings(sold_out)


def refresh_maker(maker_id: int) -> None:
    """After a maker changed its name or neighborhood."""
    refresh_listings(
        Product.objects.filter(maker=maker_id).exclude(structure=Product.CHILD).values_list("pk", flat=True)
    )


def remove_listing(product_id: int) -> None:
    Listing.objects.filter(pk=product_id).delete()
    fulltext.LISTINGS.forget(product_id)


def _locked(product_id: int) -> Product | None:
    """The parent or standalone product, locked, so that two refreshes write one after the other."""
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        return None
    parent = product.parent_id or product.pk
    return Product.objects.select_for_update(of=("self",)).select_related("maker").filter(pk=parent).first()


class _Offer:
    """A variant with its price and the pieces that are left."""

    def __init__(self, variant: Product, price: Decimal, left: int):
        self.size, self.color, self.sample = variant.size, variant.color, variant.color_hex
        self.family = family_of(variant.color_hex)
        self.price, self.left = price, left


def _offers(product: Product) -> list[_Offer]:
    if not product.is_public or product.maker_id is None:
        return []
    variants = product.children.filter(is_public=True) if product.is_parent else Product.objects.filter(pk=product.pk)
    offers = []
    for variant in variants.prefetch_related("stockrecords").order_by("pk"):
        record = next((item for item in variant.stockrecords.all() if item.price is not None), None)
        if record is not None:
            offers.append(_Offer(variant, record.price, max(record.net_stock_level, 0)))
    return offers


def _categories(product: Product) -> list[Category]:
    """The product's categories with everything above them."""
    paths = set()
    for path in product.categories.values_list("path", flat=True):
        paths.update(path[:end] for end in range(Category.steplen, len(path) + 1, Category.steplen))
    return list(Category.objects.filter(path__in=paths).order_by("path"))


def _write_row(product: Product, offers: list[_Offer]) -> Listing:
    maker, pictures = product.maker, pictures_for(product)
    first = pictures[0] if pictures else {"card": "", "alt": ""}
    prices = [offer.price for offer in offers]
    row, _ = Listing.objects.update_or_create(
        product_id=product.pk,
        defaults={
            "maker": maker,
            "title": product.title,
            "title_es": product.title_es,
            "slug": product.slug,
            "maker_name": maker.name,
            "maker_slug": maker.slug,
            "neighborhood": maker.neighborhood,
            "neighborhood_slug": slugify(maker.neighborhood)[:80],
            "kind": product.kind,
            "price": min(prices),
            "price_max": max(prices),
            "in_stock": sum(offer.left for offer in offers),
            "making_days": product.made_to_order_days,
            "picture": first["card"],
            "picture_alt": first["alt"],
            "pictures": pictures,
            "swatches": _swatches(offers),
            "listed_at": _listed_at(product),
        },
    )
    return row


def pictures_for(product: Product) -> list[dict]:
    """All its pictures in the maker's order, the cover first, with what was drawn from the cover for other sites.

    No file is opened, since every order refreshes the row; it is written again when the renditions are there.
    """
    images = list(pictures_of(product))
    known = shots(image.original.name for image in images)
    found: dict[str, dict] = {}
    for image in images:
        name = image.original.name
        color = image.product.color if image.product.is_child else ""
        alt = image.caption or (f"{product.title}, {color}" if color else product.title)
        shot = known[name]
        addresses = {"card": shot.address("card"), "large": shot.address("large")}
        found.setdefault(name, shot.facts | addresses | {"alt": alt[:255], "color": color})
    pictures = list(found.values())
    if pictures:
        pictures[0]["drawn"] = drawn_of(product, known[pictures[0]["name"]])
    return pictures


def _swatches(offers: list[_Offer]) -> list[list[str]]:
    return [[color, sample] for color, sample in dict.fromkeys((o.color, o.sample) for o in offers) if color]


def _listed_at(product: Product):
    """A piece is new on the day its first certificate was issued."""
    first = Certificate.objects.filter(product=product).order_by("issued_at").values_list("issued_at", flat=True)
    return first.first() or product.date_created


def _write_facets(row: Listing, offers: list[_Offer], categories: list[Category]) -> None:
    found: dict[tuple[str, str], bool] = {}

    def note(name: str, value: str, left: bool) -> None:
        found[name, value] = found.get((name, value), False) or left

    for value in category_slugs(categories):
        note(FacetName.CATEGORY, value, any(offer.left for offer in offers))
    for offer in offers:
        left = offer.left > 0
        if offer.family:
            note(FacetName.COLOR, offer.family, left)
        if offer.size:
            note(FacetName.SIZE, offer.size, left)
        if offer.size and offer.family:
            note(FacetName.VARIANT, variant_value(offer.size, offer.family), left)
    ListingFacet.objects.filter(listing=row).delete()
    ListingFacet.objects.bulk_create(
        ListingFacet(listing=row, name=name, value=value, in_stock=left) for (name, value), left in found.items()
    )


def variant_value(size: str, family: str) -> str:
    """One value for a size in a color, so that both are asked of the same variant."""
    return f"{size}|{family}"


def category_slugs(categories: Iterable[Category]) -> list[str]:
    """The full slugs, such as women and women/dresses; parents come first, as ordered by path."""
    slugs: dict[str, str] = {}
    for category in categories:
        parent = slugs.get(category.path[: -Category.steplen], "")
        slugs[category.path] = f"{parent}/{category.slug}" if parent else category.slug
    return list(slugs.values())


def _words(product: Product, offers: list[_Offer], categories: list[Category]) -> fulltext.Words:
    colors = {offer.color for offer in offers}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            colors.update(str(FAMILIES[offer.family][0]) for offer in offers if offer.family)
    labels = [name for category in categories for name in (category.name, category.name_es)]
    return fulltext.Words(
        title=f"{product.title} {product.title_es}",
        names=" ".join([product.maker.name, product.maker.neighborhood, *labels, *sorted(colors)]),
        body=f"{product.description} {product.description_es} {product.fibre_content}",
    )
