"""Wagtail's pages: home, makers, stories, in English and Spanish; prices, stock and badges are always live."""

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.images.models import Image
from wagtail.models import Page

from catalog.search.selectors import cards, cards_of, for_sale, newest
from certification import citymap
from makers.selectors import is_selling
from makers.training.selectors import open_places_of

from .blocks import StoryBlocks, product_ids
from .languages import language_context
from .listing import asked_page, map_of, neighborhoods_of, page_of

TILE = "fill-800x500|format-webp"
NEW_PIECES, SHOWN_MAKERS, SHOWN_STORIES, PIECES_OF_MAKER, PER_PAGE = 8, 3, 3, 24, 24
PLACES_OF_MAKER = 6


def with_tiles(pages):
    """Pages with their picture and its rendition, in a constant number of queries."""
    return pages.prefetch_related(Prefetch("picture", queryset=Image.objects.prefetch_renditions(TILE)))


def picture_field(help_text=""):
    return models.ForeignKey(
        get_image_model_string(), on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("picture"), help_text=help_text,
    )  # fmt: skip


class LanguagePage(Page):
    """A page that knows its addresses in the other language."""

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | language_context(self)


class HomePage(LanguagePage):
    hero_title = models.CharField(_("headline"), max_length=120)
    hero_text = models.TextField(_("text below it"), max_length=400, blank=True)
    picture = picture_field()
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)

    content_panels = [*Page.content_panels, *map(FieldPanel, ("hero_title", "hero_text", "picture", "picture_alt"))]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["stories.MakerIndexPage", "stories.StoryIndexPage"]
    template = "stories/home.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        makers = MakerPage.objects.live().filter(is_selling("maker__"), locale=self.locale)
        makers = makers.select_related("maker", "locale").order_by("-first_published_at", "-pk")
        stories = StoryPage.objects.live().filter(locale=self.locale).order_by("-first_published_at", "-pk")
        return super().get_context(request, *args, **kwargs) | {
            "new_pieces": cards(newest(for_sale()), NEW_PIECES),
            "makers": list(with_tiles(makers)[:SHOWN_MAKERS]),
            "stories": list(with_tiles(stories)[:SHOWN_STORIES]),
        }


class MakerIndexPage(LanguagePage):
    intro = models.TextField(_("introduction"), max_length=600, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["stories.HomePage"]
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
        number = asked_page(request.GET.get("page", ""))
        pages = pages.select_related("maker", "locale").order_by("title", "pk")
        rows, more = page_of(with_tiles(pages), number, PER_PAGE)
        return super().get_context(request, *args, **kwargs) | {
            "neighborhoods": neighborhoods, "place": place, "places": map_of(neighborhoods, place),
            "map_width": citymap.WIDTH, "map_height": citymap.HEIGHT, "makers": rows, "number": number,
            "next_number": number + 1 if more else 0, "previous_number": number - 1,
        }  # fmt: skip


class MakerPage(LanguagePage):
    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="pages", verbose_name=_("maker"))
    picture = picture_field()
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    story = StreamField(StoryBlocks(required=False), blank=True, verbose_name=_("story"))

    content_panels = [*Page.content_panels, *map(FieldPanel, ("maker", "picture", "picture_alt", "story"))]
    parent_page_types = ["stories.MakerIndexPage"]
    subpage_types = []
    template = "stories/maker.html"

    class Meta:
        verbose_name = _("maker's page")

    @property
    def about(self) -> str:
        """The maker's own words in this page's language."""
        spanish = self.locale.language_code == "es" and self.maker.about_es
        return self.maker.about_es if spanish else self.maker.about

    @property
    def maker_picture(self) -> str:
        """The address of the maker's own upload, for a page without a picture."""
        return self.maker.picture.url if self.maker.picture else ""

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "maker": self.maker,
            "workplaces": list(self.maker.workplaces.all()[:12]),
            "pieces": cards(newest(for_sale().filter(maker=self.maker_id)), PIECES_OF_MAKER),
            "piece_cards": cards_of(product_ids(self.story)) if self.story else {},
            "places_to_learn": list(open_places_of(self.maker)[:PLACES_OF_MAKER]),
        }


class StoryIndexPage(LanguagePage):
    intro = models.TextField(_("introduction"), max_length=600, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["stories.HomePage"]
    subpage_types = ["stories.StoryPage"]
    template = "stories/story_index.html"

    class Meta:
        verbose_name = _("list of stories")

    def get_context(self, request, *args, **kwargs):
        stories = StoryPage.objects.live().child_of(self).order_by("-first_published_at", "-pk")
        number = asked_page(request.GET.get("page", ""))
        rows, more = page_of(with_tiles(stories), number, PER_PAGE)
        return super().get_context(request, *args, **kwargs) | {
            "stories": rows, "number": number, "next_number": number + 1 if more else 0, "previous_number": number - 1,
        }  # fmt: skip


class StoryPage(LanguagePage):
    summary = models.CharField(_("summary"), max_length=300, help_text=_("One or two sentences for lists."))
    picture = picture_field()
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    maker = models.ForeignKey(
        "makers.Maker", on_delete=models.SET_NULL, null=True, blank=True, related_name="stories",
        verbose_name=_("maker"), help_text=_("Whom the story is about."),
    )  # fmt: skip
    body = StreamField(StoryBlocks(), verbose_name=_("story"))

    content_panels = [
        *Page.content_panels,
        *map(FieldPanel, ("summary", "picture", "picture_alt", "maker", "body")),
    ]
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types = []
    template = "stories/story.html"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    @property
    def minutes(self) -> int:
        """How long it takes to read, at 200 words a minute."""
        words = sum(len(str(block.value).split()) for block in self.body)
        return max(1, round(words / 200))

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"piece_cards": cards_of(product_ids(self.body))}
