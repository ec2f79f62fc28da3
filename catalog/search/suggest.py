"""What a question may become while it is typed: pieces, makers, stories, categories and neighborhoods."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.core.words import fold

from . import fulltext
from .facets import category_labels
from .fulltext import Term
from .models import PageEntry
from .pages import find_pages
from .params import Params
from .questions import read
from .selectors import cards_of
from .summary import address_of
from .understanding import known_places

PIECES, OTHERS = 4, 3
_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    label: str
    address: str
    note: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    options: list[Suggestion]


def suggestions(question: str, language: str) -> list[Group]:
    """Groups that have something, in the order in which they are shown."""
    terms, _corrected = read(question)
    pages = find_pages(terms, language)
    groups = [
        Group(_("Pieces"), _pieces(terms)),
        Group(_("Categories"), _categories(question)),
        Group(_("Neighborhoods"), _places(question)),
        Group(_("Makers"), [_page(row, row.maker.neighborhood) for row in pages.makers]),
        Group(_("Stories and guides"), [_page(row, row.get_kind_display()) for row in pages.stories]),
    ]
    return [group for group in groups if group.options]


def _pieces(terms: list[Term]) -> list[Suggestion]:
    best = fulltext.LISTINGS.find(terms, limit=_LOOKED_AT)
    cards = cards_of(best)
    rows = [cards[pk] for pk in best if pk in cards][:PIECES]
    return [Suggestion(row.label, row.get_absolute_url(), row.maker_name, row.picture) for row in rows]


def _categories(question: str) -> list[Suggestion]:
    """Categories with the question in their name; Women, jackets where the name alone stands more than once."""
    words, labels = fold(question).strip(), category_labels()
    found = [slug for slug, label in labels.items() if words in fold(label)][:OTHERS]
    return [
        Suggestion(labels[slug], address_of(Params(category=slug)), labels.get(slug.rpartition("/")[0], ""))
        for slug in found
    ]


def _places(question: str) -> list[Suggestion]:
    words = fold(question).strip()
    found = [(name, slug) for name, slug in sorted(known_places().items()) if name.startswith(words)][:OTHERS]
    return [Suggestion(name.title(), address_of(Params(neighborhood=(slug,)))) for name, slug in found]


def _page(row: PageEntry, note: str) -> Suggestion:
    return Suggestion(row.title, row.get_absolute_url(), note)
