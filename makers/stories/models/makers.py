"""Makers: their list with the map, and each maker's page with workplaces, story and pieces for sale."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from catalog.search.selectors import cards, cards_of, for_sale, newest
from certification import citymap
from makers.selectors import is_selling
from makers.training.selectors import open_places_of

from ..blocks import StoryBlocks, TimelineBlocks, product_ids
from ..listing import map_of, names_on, neighborhoods_of
from ..pictures import hang_pictures, shots_in
from .base import (
    PICTURE_FIELDS,
    LanguagePage,
    ListPage,
    panels,
    picture_alt_field,
    picture_field,
    shared,
    translated,
)

PIECES_OF_MAKER, PLACES_OF_MAKER = 24, 6


class MakerIndexPage(ListPage):
    subpage_types = ["stories.MakerPage"]
    template = "stories/maker_index.html"

    class Meta:
        verbose_name = _("list of makers")

    def get_context(self, request, *args, **kwargs):
        pages = MakerPage.objects.live().child_of(self).filter(is_selling("maker__"))
        neighborhoods = neighborhoods_of(pages)
        asked = request.GET.get("neighborhood", "")
        place = next((item for item in neighborhoods if item.slug == asked), None)
        if place:
            pages = pages.filter(maker__neighborhood=place.name)
        pages = pages.select_related("maker", "locale", "picture").order_by("title", "pk")
        context = super().get_context(request, *args, **kwargs) | self.page_context(request, pages)
        places = map_of(neighborhoods, place)
        return context | {
            "neighborhoods": neighborhoods, "place": place, "places": places, "map_names": names_on(places),
            "map_width": citymap.WIDTH, "map_height": citymap.HEIGHT, "makers": context["items"],
        }  # fmt: skip


class MakerPage(LanguagePage):
    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="pages", verbose_name=_("maker"))
    picture = picture_field()
    picture_alt = picture_alt_field()
    story = StreamField(StoryBlocks(required=False), blank=True, verbose_name=_("story"))

    timeline = StreamField(TimelineBlocks(required=False), blank=True, verbose_name=_("year by year"))

    content_panels = panels("maker", "picture", "picture_alt", "story", "timeline")
    # Its name and address are the maker's own; services keep them in step.
    translatable_fields = [
        *shared("title", "slug", "show_in_menus", "maker"), *translated("seo_title", "search_description"),
        *PICTURE_FIELDS, *translated("story", "timeline"),
    ]  # fmt: skip
    parent_page_types = ["stories.MakerIndexPage"]
    subpage_types = []
    template = "stories/maker.html"

    class Meta:
        verbose_name = _("maker's page")

    @property
    def blocks(self):
        return self.story

    @property
    def about(self) -> str:
        """The maker's own words in this page's language."""
        spanish = self.locale.language_code == "es" and self.maker.about_es
        return self.maker.about_es if spanish else self.maker.about

    @property
    def picture_instead(self) -> str:
        return self.maker.picture.name

    def get_context(self, request, *args, **kwargs):
        hang_pictures([self])
        return super().get_context(request, *args, **kwargs) | {
            "maker": self.maker,
            "workplaces": list(self.maker.workplaces.all()[:12]),
            "pieces": cards(newest(for_sale().filter(maker=self.maker_id)), PIECES_OF_MAKER),
            "piece_cards": cards_of(product_ids(self.story)) if self.story else {},
            "shots": shots_in(self.story),
            "timeline": sorted((block.value for block in self.timeline), key=lambda moment: moment["year"]),
            "places_to_learn": list(open_places_of(self.maker)[:PLACES_OF_MAKER]),
        }
