"""What other sites show of a piece: which words are drawn beside its cover, in which languages, and when."""

import uuid

from catalog.catalogue.models import Product
from marketplace.core import outbox
from marketplace.pictures.drawing import Words
from marketplace.pictures.selectors import Shot

LANGUAGES = ("en", "es")


def owner_of(product_id: int, language: str) -> str:
    return f"piece:{product_id}:{language}"


def words_of(product: Product) -> dict[str, Words]:
    """The words by language; Spanish only where the title differs."""
    titles = {"en": product.title}
    if product.title_es not in ("", product.title):
        titles["es"] = product.title_es
    maker = product.maker
    return {language: Words(title, maker.name, maker.neighborhood) for language, title in titles.items()}


def drawn_of(product: Product, cover: Shot) -> dict[str, str]:
    """By language the key of what was drawn from this cover with today's words; empty where it is to be drawn anew."""
    words, found = words_of(product), {}
    for language in LANGUAGES:
        owner = owner_of(product.pk, language)
        if language in words:
            found[language] = cover.drawn_for(owner, words[language])
        elif owner in cover.shares:
            found[language] = ""
    return found


def order_drawing(product: Product, cover: Shot, drawn: dict[str, str]) -> None:
    """Have the worker draw what is missing; a cover without renditions waits for them."""
    if cover.key and not all(drawn.values()):
        outbox.post(
            topic="pictures.draw_piece", key=f"draw:{product.pk}:{uuid.uuid4().hex}", payload={"product": product.pk}
        )
