"""Product feeds for Google Merchant Center and Meta's catalogs, written while they are read."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from certification.register.data import csv_response

from .offers import Offer, offers

MORE_PICTURES = 10
META_COLUMNS = (
    "id", "title", "description", "availability", "condition", "price", "link", "image_link", "additional_image_link",
    "brand", "item_group_id", "color", "size", "material", "product_type", "custom_label_0",
)  # fmt: skip


@require_safe
def google(request):
    """RSS 2.0 with Google's names; a variant is an item, its piece the group."""
    return StreamingHttpResponse(_google_lines(), content_type="application/xml; charset=utf-8")


@require_safe
def meta(request):
    return csv_response("products.csv", META_COLUMNS, (_meta_line(offer) for offer in offers()))


def _google_lines() -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
    yield f"<title>LA Original</title><link>{escape(settings.SITE_ADDRESS)}</link>"
    with translation.override("en"):
        description = str(settings.SITE_DESCRIPTION)
    yield f"<description>{_text(description)}</description>\n"
    for offer in offers():
        yield _google_item(offer)
    yield "</channel></rss>\n"


def _google_item(offer: Offer) -> str:
    first, *more = offer.pictures or ("",)
    fields = [
        ("id", offer.id), ("item_group_id", offer.group), ("title", offer.title[:150]), ("description", offer.text),
        ("link", offer.address), ("image_link", first),
        *(("additional_image_link", address) for address in more[:MORE_PICTURES]),
        ("availability", "in_stock" if offer.in_stock else "out_of_stock"), ("price", f"{offer.price} USD"),
        ("brand", offer.maker[:70]), ("condition", "new"), ("identifier_exists", "no"), ("color", offer.color),
        ("size", offer.size), ("material", offer.material), ("product_type", offer.category),
        ("ships_from_country", "US"), ("custom_label_0", _claims(offer)),
    ]  # fmt: skip
    body = "".join(f"<g:{name}>{_text(value)}</g:{name}>" for name, value in fields if value)
    return f"<item>{body}</item>\n"


def _meta_line(offer: Offer) -> list[str]:
    first, *more = offer.pictures or ("",)
    return [
        offer.id, offer.title[:150], offer.text, "in stock" if offer.in_stock else "out of stock", "new",
        f"{offer.price} USD", offer.address, first, ",".join(more[:MORE_PICTURES]), offer.maker[:70], offer.group,
        offer.color, offer.size, offer.material, offer.category, _claims(offer),
    ]  # fmt: skip


def _claims(offer: Offer) -> str:
    """The certified claims, such as "designed, assembled"; certificates say nothing else."""
    return ", ".join(offer.badge.claims)


def _text(value: str) -> str:
    """Escaped, without characters that XML 1.0 forbids."""
    return escape("".join(letter for letter in value if letter >= " " or letter in "\t\n"))
