"""Views wait in the cache and are written down together; one that gets lost with the cache is not counted."""

from collections import Counter
from datetime import date

from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from catalog.catalogue.models import Product
from makers.selectors import makers_of
from makers.stories.models import StoryPage
from marketplace.core import clock

from .models import Kind, ViewCount

KEPT_SECONDS = 86_400
FLUSH_SECONDS = 60
MOST_AT_ONCE = 20_000
LAST, FLUSHED, FLUSHING, RESTING = "views-last", "views-flushed", "views-flushing", "views-resting"


def note_view(*, kind: Kind, number: int) -> None:
    """Count one more look at a page, today."""
    cache.add(LAST, 0, None)
    try:
        place = cache.incr(LAST)
    except ValueError:  # the cache was emptied between the two
        return
    cache.set(f"view-{place}", f"{kind}:{number}:{clock.today().isoformat()}", KEPT_SECONDS)
    if cache.add(RESTING, 1, FLUSH_SECONDS):
        flush()


def flush() -> None:
    """Write down what waits. Runs every few minutes, and now and then with a view: a cache may be one process's own."""
    if not cache.add(FLUSHING, 1, FLUSH_SECONDS):
        return
    try:
        _write(_taken())
    finally:
        cache.delete(FLUSHING)


def is_own(user, *, kind: Kind, number: int) -> bool:
    """Whether the page is about a maker this person works for; staff look at pages for their work too."""
    if not user.is_authenticated:
        return False
    if user.is_staff:
        return True
    pages = Product.objects if kind == Kind.PRODUCT else StoryPage.objects
    return pages.filter(pk=number, maker__in=makers_of(user)).exists()


def _taken() -> Counter[tuple[str, int, date]]:
    """The views since the last time, by page and day; they are gone from the cache then."""
    last, flushed = cache.get(LAST, 0), cache.get(FLUSHED, 0)
    if flushed > last:  # the cache was emptied and counts from the start again
        flushed = 0
    until = min(last, flushed + MOST_AT_ONCE)
    keys = [f"view-{place}" for place in range(flushed + 1, until + 1)]
    found = cache.get_many(keys)
    cache.set(FLUSHED, until, None)
    cache.delete_many(list(found))
    counts: Counter[tuple[str, int, date]] = Counter()
    for value in found.values():
        kind, number, day = value.split(":")
        counts[kind, int(number), date.fromisoformat(day)] += 1
    return counts


@transaction.atomic
def _write(counts: Counter[tuple[str, int, date]]) -> None:
    """Views of what is no piece or story of a maker are dropped here, so that a beacon asks the database nothing."""
    makers = _makers(Kind.PRODUCT, counts) | _makers(Kind.STORY, counts)
    for (kind, number, day), count in sorted(counts.items()):
        if maker := makers.get((kind, number)):
            key = {"maker_id": maker, "kind": kind, "number": number, "day": day}
            ViewCount.objects.get_or_create(**key)
            ViewCount.objects.filter(**key).update(count=F("count") + count)


def _makers(kind: Kind, counts: Counter[tuple[str, int, date]]) -> dict[tuple[str, int], int]:
    ids = {number for one, number, _day in counts if one == kind}
    if kind == Kind.PRODUCT:
        rows = Product.objects.filter(is_public=True).exclude(structure=Product.CHILD)
    else:
        rows = StoryPage.objects.live()
    return {(str(kind), pk): maker for pk, maker in rows.filter(pk__in=ids).values_list("pk", "maker_id") if maker}
