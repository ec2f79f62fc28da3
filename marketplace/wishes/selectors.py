"""Reads about favorites, and the pieces that a browser remembers."""

from catalog.catalogue.models import Listing
from catalog.search.selectors import cards_of
from marketplace.core.formtools import ids_in

from .models import Favorite

SEEN = 8


def is_favorite(user, product_id: int) -> bool:
    return user.is_authenticated and Favorite.objects.filter(user=user, product=product_id).exists()


def favorites_of(user) -> tuple[list[Listing], list[Favorite]]:
    """Cards of what is for sale, the newest favorite first, and the favorites that are not for sale now."""
    rows = list(Favorite.objects.filter(user=user).select_related("product__maker"))
    cards = cards_of(row.product_id for row in rows)
    return (
        [cards[row.product_id] for row in rows if row.product_id in cards],
        [row for row in rows if row.product_id not in cards],
    )


def favorite_ids(user) -> list[int]:
    return list(Favorite.objects.filter(user=user).values_list("product_id", flat=True))


def remembered(ids: str, most: int = SEEN) -> list[Listing]:
    """Cards of pieces by ids such as "12,7,12", each once and in that order, what is not for sale left out."""
    cards = cards_of(wanted := listed(ids, most * 2))
    return [cards[pk] for pk in wanted if pk in cards][:most]


def listed(ids: str, most: int) -> list[int]:
    """The first ids of a list such as "12,7,12", each once."""
    return ids_in(ids[: most * 16].split(",")[:most])
