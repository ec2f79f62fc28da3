"""Another word for one that finds nothing: the nearest among the titles and makers for sale."""

import re
from difflib import get_close_matches

from django.core.cache import cache

from marketplace.core.words import fold

from .selectors import for_sale, newest

_WORD = re.compile(r"\w{3,}")
_ROWS = 2000
_SECONDS = 60


def suggestion(question: str) -> str:
    """The question with its unknown words replaced, or "" where nothing is near."""
    known = _vocabulary()
    words = [_nearest(word, known) for word in _WORD.findall(fold(question))[:8]]
    better = " ".join(word for word in words if word)
    return better if better and better != fold(question).strip() else ""


def _nearest(word: str, known: list[str]) -> str:
    matches = get_close_matches(word, known, n=1, cutoff=0.72)
    return matches[0] if matches else ""


def _vocabulary() -> list[str]:
    words = cache.get("search-vocabulary")
    if words is None:
        rows = newest(for_sale()).values_list("title", "title_es", "maker_name", "neighborhood")[:_ROWS]
        words = sorted({word for row in rows for text in row for word in _WORD.findall(fold(text))})
        cache.set("search-vocabulary", words, _SECONDS)
    return words
