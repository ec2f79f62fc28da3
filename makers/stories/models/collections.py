"""Collections: pieces that staff put together by hand, or by a search of the shop."""

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from catalog.search import browse, params
from catalog.search.params import Params
from catalog.search.questions import answer
from catalog.search.selectors import cards_of
from catalog.search.summary import address_of

from ..blocks import ChosenPieces
from ..pictures import hang_pictures
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


class CollectionIndexPage(ListPage):
    subpage_types = ["stories.CollectionPage"]
    template = "stories/collection_index.html"

    class Meta:
        verbose_name = _("list of collections")

    def get_context(self, request, *args, **kwargs):
        pages = newest_first(CollectionPage.objects.live().child_of(self).select_related("picture", "locale"))
        return super().get_context(request, *args, **kwargs) | self.page_context(request, pages)


class CollectionForm(PictureWordsForm):
    """A collection has pieces, or a rule that finds them; the rule is kept as the shop itself would write it."""

    def clean(self):
        data = super().clean()
        rule = data.get("rule", "").strip()
        if rule:
            asked = read_rule(rule)
            if not asked.query_string():
                self.add_error("rule", _("Nothing of this is a filter of the shop. Copy the address of a list there."))
            data["rule"] = asked.query_string()
        elif not data.get("pieces"):
            self.add_error("pieces", _("Choose pieces, or give the address of a list in the shop."))
        return data


class CollectionPage(LanguagePage):
    intro = models.TextField(_("introduction"), max_length=600)
    picture = picture_field()
    picture_alt = picture_alt_field()
    pieces = StreamField(ChosenPieces(required=False, max_num=48), blank=True, verbose_name=_("pieces in order"))
    rule = models.CharField(
        _("or all that a list of the shop shows"), max_length=300, blank=True,
        help_text=_("Filter the shop, then copy its address here. Pieces chosen above come first."),
    )  # fmt: skip

    base_form_class = CollectionForm
    content_panels = panels("intro", "picture", "picture_alt", "pieces", "rule")
    translatable_fields = [*PAGE_FIELDS, *PICTURE_FIELDS, *translated("intro"), *shared("pieces", "rule")]
    parent_page_types = ["stories.CollectionIndexPage"]
    subpage_types = []
    template = "stories/collection.html"

    class Meta:
        verbose_name = _("collection")

    def cards(self) -> list:
        """The chosen pieces in their order, then what the rule finds; what is not for sale is left out."""
        chosen = [block.value.pk for block in self.pieces if block.value is not None]
        found = cards_of(chosen) if chosen else {}
        rows = [found[pk] for pk in dict.fromkeys(chosen) if pk in found]
        return rows + [row for row in self._by_rule() if row.pk not in found]

    def _by_rule(self) -> list:
        if not self.rule:
            return []
        asked = read_rule(self.rule)
        hits = answer(asked.q).ids if asked.q else None
        return browse.page(browse.matching(asked, hits), asked, hits).rows

    def get_context(self, request, *args, **kwargs):
        hang_pictures([self])
        return super().get_context(request, *args, **kwargs) | {
            "rows": self.cards(),
            "shop_address": address_of(read_rule(self.rule)) if self.rule else "",
        }


def read_rule(text: str) -> Params:
    """What an address of the shop, or its part behind the question mark, asks for."""
    return params.parse(QueryDict(text.rpartition("?")[2].partition("#")[0])).start()
