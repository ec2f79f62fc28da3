"""Neighborhoods: who works there, what they make, what is told of them, on the schematic map."""

from django import forms
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from catalog.search.selectors import cards, cards_of, for_sale, newest
from certification import citymap
from makers.selectors import is_selling

from ..blocks import StoryBlocks, product_ids
from ..listing import map_of, names_on, neighborhoods_of
from ..pictures import hang_pictures, shots_in
from .base import (
    PAGE_FIELDS,
    PICTURE_FIELDS,
    LanguagePage,
    ListPage,
    PictureWordsForm,
    newest_first,
    panels,
    picture_alt_field,
    picture_field,
    shared,
    translated,
)  # fmt: skip
from .makers import MakerPage
from .stories import StoryPage

MAKERS, PIECES, STORIES = 12, 8, 3


def map_context(pages, current: str = "") -> dict:
    """The drawing with the makers of these pages."""
    places = neighborhoods_of(pages)
    here = next((place for place in places if place.name.casefold() == current.casefold()), None)
    drawn = map_of(places, here)
    return {
        "neighborhoods": places, "places": drawn, "map_names": names_on(drawn), "map_width": citymap.WIDTH,
        "map_height": citymap.HEIGHT,
    }  # fmt: skip


def makers_in(locale) -> models.QuerySet:
    return MakerPage.objects.live().filter(is_selling("maker__"), locale=locale)


class NeighborhoodIndexPage(ListPage):
    subpage_types = ["stories.NeighborhoodPage"]
    template = "stories/neighborhood_index.html"

    class Meta:
        verbose_name = _("list of neighborhoods")

    def get_context(self, request, *args, **kwargs):
        pages = (
            NeighborhoodPage.objects.live().child_of(self).select_related("picture", "locale").order_by("title", "pk")
        )
        context = super().get_context(request, *args, **kwargs) | self.page_context(request, pages)
        return context | map_context(makers_in(self.locale))


class NeighborhoodForm(PictureWordsForm):
    neighborhood = forms.ChoiceField(
        label=_("Neighborhood"),
        choices=lambda: [("", "---"), *((item.name, item.name) for item in citymap.neighborhoods())],
    )


class NeighborhoodPage(LanguagePage):
    neighborhood = models.CharField(_("neighborhood"), max_length=80)
    intro = models.TextField(_("introduction"), max_length=600)
    picture = picture_field()
    picture_alt = picture_alt_field()
    body = StreamField(StoryBlocks(required=False), blank=True, verbose_name=_("text"))

    base_form_class = NeighborhoodForm
    content_panels = panels("neighborhood", "intro", "picture", "picture_alt", "body")
    translatable_fields = [*PAGE_FIELDS, *PICTURE_FIELDS, *translated("intro", "body"), *shared("neighborhood")]
    parent_page_types = ["stories.NeighborhoodIndexPage"]
    subpage_types = []
    template = "stories/neighborhood.html"

    class Meta:
        verbose_name = _("neighborhood")

    @property
    def blocks(self):
        return self.body

    @property
    def slug_of_place(self) -> str:
        """As the filters of the shop and of the makers' list say it."""
        return slugify(self.neighborhood)[:80]

    def get_context(self, request, *args, **kwargs):
        everywhere = makers_in(self.locale)
        here = everywhere.filter(maker__neighborhood__iexact=self.neighborhood)
        makers = list(here.select_related("maker", "locale", "picture").order_by("title", "pk")[:MAKERS])
        stories = StoryPage.objects.live().filter(locale=self.locale, maker__neighborhood__iexact=self.neighborhood)
        stories = list(newest_first(stories.select_related("picture", "locale"))[:STORIES])
        hang_pictures([self, *makers, *stories])
        context = super().get_context(request, *args, **kwargs) | map_context(everywhere, self.neighborhood)
        return context | {
            "makers": makers,
            "stories": stories,
            "pieces": cards(newest(for_sale().filter(neighborhood_slug=self.slug_of_place)), PIECES),
            "piece_cards": cards_of(product_ids(self.body)) if self.body else {},
            "shots": shots_in(self.body),
        }
