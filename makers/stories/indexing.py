"""What follows when a page is published, by whatever way: the search knows it, its pictures are made."""

from collections.abc import Callable

from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from catalog.search import pages
from catalog.search.fulltext import Words
from catalog.search.models import PageEntry, PageKind

from .models import (
    CollectionPage,
    EventPage,
    GuidePage,
    LanguagePage,
    MakerPage,
    NeighborhoodPage,
    Recording,
    StoryPage,
)
from .models.recordings import forget_files
from .pictures import keep_pictures_of
from .share_pictures import order_drawing


def listen() -> None:
    post_delete.connect(_forget_files, sender=Recording, dispatch_uid="forget-recording")
    page_published.connect(_keep_pictures, dispatch_uid="keep-pictures")
    for sender in INDEXED:
        page_published.connect(_published, sender=sender, dispatch_uid=f"search-put-{sender.__name__}")
        page_unpublished.connect(_unpublished, sender=sender, dispatch_uid=f"search-forget-{sender.__name__}")


def index_page(page: Page) -> None:
    """Write what the search knows of a live page of one of the types in INDEXED."""
    entry, words = INDEXED[type(page)](page)
    entry.page_id, entry.language, entry.title = page.pk, page.locale.language_code, page.title[:255]
    pages.put_page(entry, words)


def _forget_files(sender, instance, **kwargs) -> None:
    forget_files(instance)


def _keep_pictures(sender, instance, **kwargs) -> None:
    if isinstance(instance, LanguagePage):
        keep_pictures_of(instance)
    if isinstance(instance, StoryPage):
        order_drawing(StoryPage.objects.filter(pk=instance.pk))


def _published(sender, instance, **kwargs) -> None:
    index_page(instance)


def _unpublished(sender, instance, **kwargs) -> None:
    pages.forget_page(instance.pk)


def _of_maker(page: MakerPage) -> tuple[PageEntry, Words]:
    maker, story = page.maker, _plain(page.story)
    entry = PageEntry(kind=PageKind.MAKER, maker=maker, text=page.about[:300])
    return entry, Words(f"{page.title} {maker.legal_name}", maker.neighborhood, f"{page.about} {story}")


def _of_story(page: StoryPage) -> tuple[PageEntry, Words]:
    maker = page.maker
    entry = PageEntry(kind=PageKind.STORY, maker=maker, text=page.summary)
    names = f"{maker.name} {maker.neighborhood}" if maker else ""
    return entry, Words(page.title, names, f"{page.summary} {_plain(page.body)}")


def _of_guide(page: GuidePage) -> tuple[PageEntry, Words]:
    entry = PageEntry(kind=PageKind.GUIDE, text=page.summary)
    return entry, Words(page.title, "", f"{page.summary} {_plain(page.body)}")


def _of_collection(page: CollectionPage) -> tuple[PageEntry, Words]:
    return PageEntry(kind=PageKind.COLLECTION, text=page.intro[:300]), Words(page.title, "", page.intro)


def _of_neighborhood(page: NeighborhoodPage) -> tuple[PageEntry, Words]:
    entry = PageEntry(kind=PageKind.NEIGHBORHOOD, text=page.intro[:300])
    return entry, Words(page.title, page.neighborhood, f"{page.intro} {_plain(page.body)}")


def _of_event(page: EventPage) -> tuple[PageEntry, Words]:
    entry = PageEntry(kind=PageKind.EVENT, text=page.summary, until=page.ends_at)
    makers = " ".join(page.makers.values_list("name", flat=True))
    return entry, Words(page.title, f"{page.place} {makers}", f"{page.summary} {_plain(page.body)}")


def _plain(body) -> str:
    return " ".join(body.stream_block.get_searchable_content(body)) if body else ""


# Page type -> what the search shows of it, and the words it is found by.
INDEXED: dict[type[Page], Callable[..., tuple[PageEntry, Words]]] = {
    MakerPage: _of_maker, StoryPage: _of_story, GuidePage: _of_guide, CollectionPage: _of_collection,
    NeighborhoodPage: _of_neighborhood, EventPage: _of_event,
}  # fmt: skip
