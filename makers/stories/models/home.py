"""The home page: new pieces, a collection, makers, stories, the next events."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.search.selectors import cards, for_sale, newest
from makers.selectors import is_selling

from ..pictures import hang_pictures
from .base import (
    PAGE_FIELDS,
    PICTURE_FIELDS,
    LanguagePage,
    newest_first,
    panels,
    picture_alt_field,
    picture_field,
    translated,
)
from .collections import CollectionPage
from .events import EventPage, upcoming
from .makers import MakerPage
from .stories import StoryPage

NEW_PIECES, SHOWN_MAKERS, SHOWN_STORIES, SHOWN_EVENTS, OF_COLLECTION = 8, 3, 3, 3, 4


class HomePage(LanguagePage):
    hero_title = models.CharField(_("headline"), max_length=120)
    hero_text = models.TextField(_("text below it"), max_length=400, blank=True)
    picture = picture_field()
    picture_alt = picture_alt_field()

    content_panels = panels("hero_title", "hero_text", "picture", "picture_alt")
    translatable_fields = [*PAGE_FIELDS, *PICTURE_FIELDS, *translated("hero_title", "hero_text")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "stories.MakerIndexPage", "stories.StoryIndexPage", "stories.CollectionIndexPage", "stories.GuideIndexPage",
        "stories.NeighborhoodIndexPage", "stories.EventIndexPage",
    ]  # fmt: skip
    template = "stories/home.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        makers = MakerPage.objects.live().filter(is_selling("maker__"), locale=self.locale)
        makers = newest_first(makers.select_related("maker", "locale", "picture"))
        stories = StoryPage.objects.live().filter(locale=self.locale).select_related("picture")
        makers, stories = list(makers[:SHOWN_MAKERS]), list(newest_first(stories)[:SHOWN_STORIES])
        events = upcoming(EventPage.objects.live().filter(locale=self.locale, is_canceled=False))
        events = list(events.select_related("picture", "locale")[:SHOWN_EVENTS])
        collection = newest_first(
            CollectionPage.objects.live().filter(locale=self.locale).select_related("locale")
        ).first()
        hang_pictures([self, *makers, *stories, *events])
        return super().get_context(request, *args, **kwargs) | {
            "new_pieces": cards(newest(for_sale()), NEW_PIECES),
            "makers": makers,
            "stories": stories,
            "events": events,
            "collection": collection,
            "collection_rows": collection.cards()[:OF_COLLECTION] if collection else [],
        }
