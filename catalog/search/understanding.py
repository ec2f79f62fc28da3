"""Reads filters out of typed words: "jacket M under $150 Boyle Heights" asks for a size, a price and a place.

Words in quotation marks are left as they are.
"""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.core.cache import cache as shared
from django.utils import translation

from catalog.catalogue.models import FacetName, Listing, ListingFacet
from marketplace.core.words import fold, query_words, stem

from .browse import matching
from .colors import FAMILIES
from .params import Params
from .questions import answer
from .synonyms import joined, same_words

_SECONDS = 300
_AMOUNT = r"\$?\s?(\d{1,5})(?:\s?(?:dollars|dolares|usd))?"
_BELOW = re.compile(rf"\b(?:under|below|less than|up to|at most|menos de|hasta|maximo|por debajo de)\s+{_AMOUNT}")
_ABOVE = re.compile(rf"\b(?:over|above|more than|at least|from|mas de|desde|minimo|a partir de)\s+{_AMOUNT}")
_BETWEEN = re.compile(r"\$\s?(\d{1,5})\s?(?:-|–|to|a)\s?\$?\s?(\d{1,5})")
_SIZED = re.compile(r"\b(?:size|talla)\s+([\w/.]{1,12})")
_LETTERS = {"xxs", "xs", "s", "m", "l", "xl", "xxl", "2xl", "3xl"}
_PLACES = {"dtla": "downtown"}


def understand(asked: Params) -> Params:
    """The same question with filters in place of words that name them, if that finds anything; else unchanged."""
    if not asked.q or '"' in asked.q:
        return asked
    text, read = _prices(fold(joined(asked.q)), asked)
    text, read = _places(text, read)
    text, read = _sizes(text, read)
    text, read = _colors(text, read)
    if read == asked:
        return asked
    rest = " ".join(text.split())
    rest = rest if query_words(rest) else ""
    sort = asked.sort if rest or asked.sort != "relevance" else "newest"
    read = replace(read.start(), q=rest, sort=sort)
    hits = answer(rest).ids if rest else None
    return read if matching(read, hits).exists() else asked


def _prices(text: str, read: Params) -> tuple[str, Params]:
    if found := _BETWEEN.search(text):
        low, high = sorted((Decimal(found[1]), Decimal(found[2])))
        return _cut(text, found), replace(read, price_min=low, price_max=high)
    if found := _BELOW.search(text):
        text, read = _cut(text, found), replace(read, price_max=Decimal(found[1]))
    if found := _ABOVE.search(text):
        text, read = _cut(text, found), replace(read, price_min=Decimal(found[1]))
    return text, read


def _cut(text: str, found: re.Match) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _places(text: str, read: Params) -> tuple[str, Params]:
    """The longest names first, so that West Adams is not read as Adams."""
    known = known_places()
    names = known | {short: slug for short, slug in _PLACES.items() if slug in known.values()}
    for name in sorted(names, key=len, reverse=True):
        if found := re.search(rf"\b(?:in |en |from |de )?{re.escape(name)}\b", text):
            text, read = _cut(text, found), replace(read, neighborhood=(*read.neighborhood, names[name]))
    return text, replace(read, neighborhood=tuple(sorted(set(read.neighborhood))))


def _sizes(text: str, read: Params) -> tuple[str, Params]:
    """A size by its word, or a letter size beside other words; only sizes that some piece has."""
    sizes = _known_sizes()
    if (found := _SIZED.search(text)) and found[1] in sizes:
        return _cut(text, found), replace(read, size=(sizes[found[1]],))
    words = text.split()
    letters = [word for word in words if word in _LETTERS and word in sizes]
    if not letters or len(words) == len(letters):
        return text, read
    kept = " ".join(word for word in words if word not in letters)
    return kept, replace(read, size=tuple(sorted({*read.size, *(sizes[word] for word in letters)})))


def _colors(text: str, read: Params) -> tuple[str, Params]:
    """A color beside other words; alone it stays a word, which is found in titles too."""
    families, words = _color_words(), text.split()
    named = [word for word in words if stem(word) in families]
    if not named or len(words) == len(named):
        return text, read
    kept = " ".join(word for word in words if word not in named)
    return kept, replace(read, color=tuple(sorted({*read.color, *(families[stem(word)] for word in named)})))


@cache
def _color_words() -> dict[str, str]:
    """The families by the stems of their names, in all languages and forms."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {stem(fold(str(label))): family for family, (label, _sample) in FAMILIES.items()}
    return found | {other: family for word, family in found.items() for other in same_words(word)}


def known_places() -> dict[str, str]:
    def read():
        rows = Listing.objects.order_by().values_list("neighborhood", "neighborhood_slug").distinct()
        return {fold(name): slug for name, slug in rows if name}

    return shared.get_or_set("search-places", read, _SECONDS)


def _known_sizes() -> dict[str, str]:
    def read():
        values = ListingFacet.objects.filter(name=FacetName.SIZE).order_by().values_list("value", flat=True).distinct()
        return {fold(value): value for value in values}

    return shared.get_or_set("search-sizes", read, _SECONDS)
