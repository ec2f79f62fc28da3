"""Guides: what the label means and how to read it, with the rules as they are in force."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from catalog.search.selectors import cards_of

from ..blocks import GuideBlocks, contents_of, product_ids
from ..pictures import hang_pictures, shots_in
from .base import (
    PAGE_FIELDS,
    PICTURE_FIELDS,
    LanguagePage,
    ListPage,
    panels,
    picture_alt_field,
    picture_field,
    translated,
)  # fmt: skip


class GuideIndexPage(ListPage):
    subpage_types = ["stories.GuidePage"]
    template = "stories/guide_index.html"

    class Meta:
        verbose_name = _("list of guides")

    def get_context(self, request, *args, **kwargs):
        pages = GuidePage.objects.live().child_of(self).select_related("picture", "locale").order_by("path")
        return super().get_context(request, *args, **kwargs) | self.page_context(request, pages)


class GuidePage(LanguagePage):
    summary = models.CharField(_("summary"), max_length=300, help_text=_("One or two sentences for lists."))
    picture = picture_field()
    picture_alt = picture_alt_field()
    body = StreamField(GuideBlocks(), verbose_name=_("guide"))

    content_panels = panels("summary", "picture", "picture_alt", "body")
    translatable_fields = [*PAGE_FIELDS, *PICTURE_FIELDS, *translated("summary", "body")]
    parent_page_types = ["stories.GuideIndexPage"]
    subpage_types = []
    template = "stories/guide.html"

    class Meta:
        verbose_name = _("guide")

    @property
    def blocks(self):
        return self.body

    def get_context(self, request, *args, **kwargs):
        hang_pictures([self])
        return super().get_context(request, *args, **kwargs) | {
            "piece_cards": cards_of(product_ids(self.body)), "shots": shots_in(self.body),
            "contents": contents_of(self.body),
        }  # fmt: skip
