"""What all pages share: their languages, a picture with words, and what of them is translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from ..languages import language_context
from ..listing import asked_page, page_of
from ..pictures import hang_pictures

PER_PAGE = 24


def translated(*names: str) -> list:
    return [TranslatableField(name) for name in names]


def shared(*names: str) -> list:
    """Fields that are the same in every language."""
    return [SynchronizedField(name, overridable=False) for name in names]


PAGE_FIELDS = [*translated("title", "slug", "seo_title", "search_description"), *shared("show_in_menus")]
PICTURE_FIELDS = [*shared("picture"), *translated("picture_alt")]


def newest_first(pages):
    return pages.order_by("-first_published_at", "-pk")


def panels(*names: str) -> list:
    return [*Page.content_panels, *map(FieldPanel, names)]


def picture_field():
    return models.ForeignKey(
        get_image_model_string(), on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip


def picture_alt_field():
    return models.CharField(_("what the picture shows"), max_length=200, blank=True)


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

    @property
    def blocks(self):
        """The page's story, guide or text; empty where it has none."""
        return ()

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | language_context(self)


class ListPage(LanguagePage):
    """A page that lists those below it, with an introduction."""

    intro = models.TextField(_("introduction"), max_length=600, blank=True)

    content_panels = panels("intro")
    parent_page_types = ["stories.HomePage"]
    translatable_fields = [*PAGE_FIELDS, *translated("intro")]

    class Meta:
        abstract = True

    def page_context(self, request, pages) -> dict:
        """One page of these rows, with pictures, for the list's template."""
        number = asked_page(request.GET.get("page", ""))
        rows, more = page_of(pages, number, PER_PAGE)
        return {
            "items": hang_pictures(rows), "number": number, "next_number": number + 1 if more else 0,
            "previous_number": number - 1,
        }  # fmt: skip
