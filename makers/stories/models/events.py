"""Events: open workshops, markets and talks, in Los Angeles time, for people's own calendars too."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField

from catalog.search.selectors import cards_of
from marketplace.core import clock

from ..blocks import StoryBlocks, product_ids
from ..pictures import hang_pictures, shots_in
from .base import (
    PAGE_FIELDS,
    PICTURE_FIELDS,
    LanguagePage,
    ListPage,
    PictureWordsForm,
    panels,
    picture_alt_field,
    picture_field,
    shared,
    translated,
)  # fmt: skip

SHOWN_PAST = 12


def upcoming(pages) -> models.QuerySet:
    """Those that are not over yet, the next first."""
    return pages.filter(ends_at__gt=clock.now()).order_by("starts_at", "pk")


class EventIndexPage(ListPage):
    subpage_types = ["stories.EventPage"]
    template = "stories/event_index.html"

    class Meta:
        verbose_name = _("list of events")

    def get_context(self, request, *args, **kwargs):
        pages = EventPage.objects.live().child_of(self).select_related("picture", "locale")
        past = hang_pictures(pages.filter(ends_at__lte=clock.now()).order_by("-starts_at", "-pk")[:SHOWN_PAST])
        return (
            super().get_context(request, *args, **kwargs) | self.page_context(request, upcoming(pages)) | {"past": past}
        )


class EventForm(PictureWordsForm):
    def clean(self):
        data = super().clean()
        if data.get("starts_at") and data.get("ends_at") and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends_at", _("An event ends after it starts."))
        return data


class EventPage(LanguagePage):
    """Moments are typed and shown in Los Angeles time."""

    summary = models.CharField(_("summary"), max_length=300, help_text=_("One or two sentences for lists."))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=120, help_text=_("Such as the name of a workshop."))
    address = models.CharField(_("address"), max_length=200)
    makers = ParentalManyToManyField(
        "makers.Maker", blank=True, related_name="+", verbose_name=_("makers who take part")
    )
    is_canceled = models.BooleanField(
        _("canceled"), default=False, help_text=_("The page stays, and calendars learn of it.")
    )
    picture = picture_field()
    picture_alt = picture_alt_field()
    body = StreamField(StoryBlocks(required=False), blank=True, verbose_name=_("text"))

    base_form_class = EventForm
    content_panels = panels(
        "summary", "starts_at", "ends_at", "place", "address", "makers", "is_canceled", "picture", "picture_alt", "body"
    )
    translatable_fields = [
        *PAGE_FIELDS, *PICTURE_FIELDS, *translated("summary", "place", "body"),
        *shared("starts_at", "ends_at", "address", "makers", "is_canceled"),
    ]  # fmt: skip
    parent_page_types = ["stories.EventIndexPage"]
    subpage_types = []
    template = "stories/event.html"

    class Meta:
        verbose_name = _("event")

    @property
    def blocks(self):
        return self.body

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def is_one_day(self) -> bool:
        return clock.day_of(self.starts_at) == clock.day_of(self.ends_at)

    def get_context(self, request, *args, **kwargs):
        hang_pictures([self])
        return super().get_context(request, *args, **kwargs) | {
            "makers": list(self.makers.order_by("name", "pk")),
            "piece_cards": cards_of(product_ids(self.body)) if self.body else {},
            "shots": shots_in(self.body),
        }
