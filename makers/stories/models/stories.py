"""Stories and their list."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from catalog.search.selectors import cards, cards_of, for_sale, newest
from marketplace.pictures.drawing import Words, writable
from marketplace.pictures.selectors import drawn_address

from ..blocks import StoryBlocks, contents_of, product_ids
from ..pictures import hang_pictures, shots_in
from .base import (
    PAGE_FIELDS,
    PICTURE_FIELDS,
    LanguagePage,
    ListPage,
    newest_first,
    panels,
    picture_alt_field,
    picture_field,
    shared,
    translated,
)

MORE_STORIES, MORE_PIECES = 2, 4


class Cover(models.TextChoices):
    UNDER = "under", _("Title above the picture")
    OVER = "over", _("Title on the picture")


class StoryIndexPage(ListPage):
    subpage_types = ["stories.StoryPage"]
    template = "stories/story_index.html"

    class Meta:
        verbose_name = _("list of stories")

    def get_context(self, request, *args, **kwargs):
        stories = newest_first(StoryPage.objects.live().child_of(self).select_related("picture"))
        context = super().get_context(request, *args, **kwargs) | self.page_context(request, stories)
        return context | {"stories": context["items"]}


class StoryPage(LanguagePage):
    summary = models.CharField(_("summary"), max_length=300, help_text=_("One or two sentences for lists."))
    standfirst = models.TextField(
        _("opening"), max_length=500, blank=True, help_text=_("Stands below the title; without it, the summary does.")
    )
    cover = models.CharField(_("cover"), max_length=8, choices=Cover, default=Cover.UNDER)
    picture = picture_field()
    picture_alt = picture_alt_field()
    maker = models.ForeignKey(
        "makers.Maker", on_delete=models.SET_NULL, null=True, blank=True, related_name="stories",
        verbose_name=_("maker"), help_text=_("Whom the story is about."),
    )  # fmt: skip
    body = StreamField(StoryBlocks(), verbose_name=_("story"))

    content_panels = panels("summary", "standfirst", "picture", "picture_alt", "cover", "maker", "body")
    translatable_fields = [
        *PAGE_FIELDS, *PICTURE_FIELDS, *translated("summary", "standfirst", "body"), *shared("maker", "cover"),
    ]  # fmt: skip
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

    @property
    def title_on_picture(self) -> bool:
        """Whether the title stands on the picture."""
        return self.cover == Cover.OVER

    @property
    def blocks(self):
        return self.body

    @staticmethod
    def share_owner(pk: int) -> str:
        return f"page:{pk}"

    @property
    def share_words(self) -> Words:
        """What is drawn beside its picture for other sites: the title, else whom it is about."""
        if writable(self.title) or self.maker is None:
            return Words(self.title, is_story=True)
        return Words(self.maker.name, is_story=True)

    @property
    def drawn(self) -> str:
        """The address of what other sites show of it; empty until it was drawn."""
        return drawn_address(self.shot.drawn_for(self.share_owner(self.pk), self.share_words)) if self.shot else ""

    def get_context(self, request, *args, **kwargs):
        told = product_ids(self.body)
        more, following = self._more(), self._next()
        hang_pictures([self, *more, *([following] if following else ())])
        return super().get_context(request, *args, **kwargs) | {
            "piece_cards": cards_of(told), "shots": shots_in(self.body), "contents": contents_of(self.body),
            "more": more, "following": following, "more_pieces": self._more_pieces(told),
        }  # fmt: skip

    def _others(self):
        return (
            StoryPage.objects.live().filter(locale=self.locale).exclude(pk=self.pk).select_related("picture", "locale")
        )

    def _more(self) -> list:
        """The newest other stories of this maker."""
        return list(newest_first(self._others().filter(maker=self.maker_id))[:MORE_STORIES]) if self.maker_id else []

    def _next(self):
        """The story before this one; the first of all is followed by the newest. None where there is no other."""
        others = newest_first(self._others())
        told_at = self.first_published_at
        return (others.filter(first_published_at__lte=told_at).first() if told_at else None) or others.first()

    def _more_pieces(self, told: set[int]) -> list:
        """Pieces of this maker that the story does not show."""
        if not self.maker_id:
            return []
        return cards(newest(for_sale().filter(maker=self.maker_id).exclude(pk__in=told)), MORE_PIECES)
