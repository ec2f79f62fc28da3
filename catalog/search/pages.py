"""Makers' pages and stories as the search finds them; makers.stories writes them when a page is published."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from makers.selectors import is_selling
from marketplace.core import clock

from . import fulltext
from .fulltext import Term, Words
from .models import PageEntry, PageKind

SHOWN = 3


@dataclass(frozen=True, slots=True)
class FoundPages:
    """What fits a question beside pieces; `stories` holds guides, collections, neighborhoods and events too."""

    makers: list[PageEntry]
    stories: list[PageEntry]

    def __bool__(self) -> bool:
        return bool(self.makers or self.stories)


@transaction.atomic
def put_page(entry: PageEntry, words: Words) -> None:
    """Write an entry for its page, in place of what was there."""
    PageEntry.objects.filter(pk=entry.page_id).delete()
    entry.save(force_insert=True)
    fulltext.PAGES.put(entry.page_id, words)


@transaction.atomic
def forget_page(page_id: int) -> None:
    PageEntry.objects.filter(pk=page_id).delete()
    fulltext.PAGES.forget(page_id)


def find_pages(terms: list[Term], language: str) -> FoundPages:
    """Open makers and what is told in this language that fit every word, the best first; two queries at most."""
    order = fulltext.PAGES.find(terms)
    if not order:
        return FoundPages([], [])
    rows = PageEntry.objects.filter(
        Q(maker=None) | ~Q(kind=PageKind.MAKER) | is_selling("maker__"),
        Q(until=None) | Q(until__gt=clock.now()),
        language=language,
    )
    found = {row.pk: row for row in rows.filter(pk__in=order).select_related("maker", "page__locale")}
    best = [found[pk] for pk in order if pk in found]
    return FoundPages(
        makers=[row for row in best if row.kind == PageKind.MAKER][:SHOWN],
        stories=[row for row in best if row.kind != PageKind.MAKER][:SHOWN],
    )
