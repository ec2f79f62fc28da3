"""Wagtail's pages: home, makers, stories, in English and Spanish; prices, stock and badges are always live."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page

from catalog.search.selectors import cards, cards_of, for_sale, newest
from certification import citymap
from makers.selectors import is_selling
from makers.training.selectors import open_places_of

from .blocks import StoryBlocks, product_ids
from .languages import language_context
from .listing import asked_page, map_of, neighborhoods_of, page_of
from .pictures import hang_pictures, shots_in

NEW_PIECES, SHOWN_MAKERS, SHOWN_STORIES, PIECES_OF_MAKER, PER_PAGE = 8, 3, 3, 24, 24
PLACES_OF_MAKER = 6


def newest_first(pages):
    return pages.order_by("-first_published_at", "-pk")


def picture_field(help_text=""):
    return models.ForeignKey(
        get_image_model_string(), on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("picture"), help_text=help_text,
    )  # fmt: skip


class PictureWordsForm(WagtailAdminPageForm):
    """Editors say what a picture shows."""

    def clean(self):
        data = super().clean()
        if data.get("picture") and not data.get("picture_alt", "").strip():
            self.add_error("picture_alt", _("Say what the picture shows, for people who can't see it."))
        return data


class LanguagePage(Page):
    """A page that knows its addresses in the other language."""

    base_form_class = PictureWordsForm
    picture_instead = ""  # the name of the file that stands in for a page's own picture

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
        makers = newest_first(makers.select_related("maker", "locale", "picture"))
        stories = StoryPage.objects.live().filter(locale=self.locale).select_related("picture")
        makers, stories = list(makers[:SHOWN_MAKERS]), list(newest_first(stories)[:SHOWN_STORIES])
        hang_pictures([self, *makers, *stories])
        return super().get_context(request, *args, **kwargs) | {
            "new_pieces": cards(newest(for_sale()), NEW_PIECES),
            "makers": makers,
            "stories": stories,
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
        pages = pages.select_related("maker", "locale", "picture").order_by("title", "pk")
        rows, more = page_of(pages, number, PER_PAGE)
        return super().get_context(request, *args, **kwargs) | {
            "neighborhoods": neighborhoods, "place": place, "places": map_of(neighborhoods, place),
            "map_width": citymap.WIDTH, "map_height": citymap.HEIGHT, "makers": hang_pictures(rows), "number": number,
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
        stories = newest_first(StoryPage.objects.live().child_of(self).select_related("picture"))
        number = asked_page(request.GET.get("page", ""))
        rows, more = page_of(stories, number, PER_PAGE)
        return super().get_context(request, *args, **kwargs) | {
            "stories": hang_pictures(rows), "number": number, "next_number": number + 1 if more else 0,
            "previous_number": number - 1,
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
        hang_pictures([self])
        return super().get_context(request, *args, **kwargs) | {
            "piece_cards": cards_of(product_ids(self.body)), "shots": shots_in(self.body),
        }  # fmt: skip
