"""Reads about favorites, and the pieces that a browser remembers."""

from catalog.catalogue.models import Listing
from catalog.search.selectors import cards_of

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


def seen(ids: str) -> list[Listing]:
    """Cards of pieces by ids such as "12,7,12", each once and in that order, what is not for sale left out."""
    wanted = [int(part) for part in ids.split(",")[: SEEN * 2] if part.isascii() and part.isdigit() and len(part) < 15]
    cards = cards_of(wanted)
    return [cards[pk] for pk in dict.fromkeys(wanted) if pk in cards][:SEEN]
