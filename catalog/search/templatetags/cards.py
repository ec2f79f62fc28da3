"""`{% card row %}` draws a piece's card; cards that show the same are rendered once per process."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from catalog.catalogue.color_words import color_word
from catalog.catalogue.models import Listing
from certification.badge.badges import Badge
from marketplace.pictures.selectors import Shot

register = template.Library()


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that a card shows: the key of its rendering, so that no card can be out of date."""

    language: str
    eager: bool
    pk: int
    address: str
    label: str
    maker_name: str
    neighborhood: str
    price: Decimal
    price_max: Decimal
    left: int
    made_to_order: bool
    shot: Shot | None
    picture_alt: str
    swatches: tuple[tuple[str, str], ...]
    claims: str


@register.simple_tag
def card(row: Listing, eager: bool = False) -> SafeString:
    """A list item with the piece; `row.badge` must hold its badge, for nothing else is shown in the shop."""
    if not isinstance(row.badge, Badge):
        raise TypeError("a card is only drawn for a piece with a badge")
    return _html(
        Shown(
            language=get_language() or "",
            eager=eager,
            pk=row.pk,
            address=row.get_absolute_url(),
            label=row.label,
            maker_name=row.maker_name,
            neighborhood=row.neighborhood,
            price=row.price,
            price_max=row.price_max,
            left=min(row.in_stock, 4),
            made_to_order=row.making_days > 0,
            shot=row.shot,
            picture_alt=row.picture_alt,
            swatches=tuple((color_word(name), sample) for name, sample in row.swatches),
            claims=row.badge.claims_label,
        )
    )


@lru_cache(maxsize=4096)
def _html(shown: Shown) -> SafeString:
    return get_template("components/card.html").render({"card": shown})
