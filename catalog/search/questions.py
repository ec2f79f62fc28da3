"""Answers the words that a person typed: synonyms count as the word, a misspelled word as the nearest known one."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from marketplace.core.words import query_words, stem

from . import fulltext
from .fulltext import Term
from .models import Word
from .synonyms import joined, same_words

_SECONDS = 60
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """Ids of pieces, the best first. `corrected` pairs what was typed with what was looked for instead; where no
    piece has all the words, `some` says that these have at least one. `terms` are what else may be asked with."""

    ids: list[int]
    terms: list[Term]
    corrected: tuple[tuple[str, str], ...]
    some: bool = False


def answer(question: str) -> Answer:
    """The pieces that a question finds; words that say nothing find nothing."""
    terms, corrected = read(question)
    ids = fulltext.LISTINGS.find(terms)
    if ids or len(terms) < 2:
        return Answer(ids, terms, corrected)
    return Answer(fulltext.LISTINGS.find(terms, every=False), terms, corrected, some=True)


def read(question: str) -> tuple[list[Term], tuple[tuple[str, str], ...]]:
    """The terms of a question, and its misspelled words with what stands for them."""
    words = query_words(joined(question.replace('"', " ")))
    corrections = {word: near for word in words if not _is_known(word) and (near := _nearest(word))}
    terms = [_term(corrections.get(word, (word,))) for word in words]
    return terms, tuple((word, near[0]) for word, near in corrections.items())


def _term(words: tuple[str, ...]) -> Term:
    """A word with all that mean the same; of corrections the nearest first, the others as they are."""
    first, *rest = (stem(word) for word in words)
    others = {*rest, *(same for word in (first, *rest) for same in same_words(word))}
    return Term(first, frozenset(others - {first}))


def _is_known(word: str) -> bool:
    """Whether some listing or page has a word that begins so, or one that means the same."""
    return bool(same_words(stem(word))) or len(word) < 4 or Word.objects.filter(stem__startswith=stem(word)).exists()


def _nearest(word: str) -> tuple[str, ...]:
    """Known words within one slip of a short word, two of a longer one; the nearest alone if there is one."""
    key = f"search-near:{word[:60]}"
    found = cache.get(key)
    if found is None:
        found = _compare(word)
        cache.set(key, found, _SECONDS)
    return found


def _compare(word: str) -> tuple[str, ...]:
    slips = 1 if len(word) < 6 else 2
    alike = Word.objects.alias(length=Length("word")).filter(length__range=(len(word) - slips, len(word) + slips))
    known = alike.values_list("word", flat=True)
    near = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=slips, limit=_NEAREST)
    return tuple(found for found, distance, _place in near if distance == near[0][1])
