"""Calendar files: one event, and all that are to come, in the language of the address."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import calendar
from .calendar import Entry
from .models import EventPage
from .models.events import upcoming

MOST_EVENTS = 200


@require_safe
def event(request, slug):
    """One event, over or not."""
    page = get_object_or_404(_pages(), slug=slug)
    return _answer(page.title, [page], f"{page.slug}.ics")


@require_safe
def events(request):
    """All that are to come; canceled ones too, so that calendars learn of it."""
    return _answer(_("Events of LA Original"), upcoming(_pages())[:MOST_EVENTS], "events.ics")


def _pages():
    return EventPage.objects.live().public().filter(locale__language_code=get_language()).select_related("locale")


def _answer(name: str, pages, file_name: str) -> HttpResponse:
    response = HttpResponse(calendar.write(name, map(_entry, pages)), content_type=calendar.CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response


def _entry(page: EventPage) -> Entry:
    """The same event has the same UID in both languages; its sequence is the age of its last change in seconds."""
    first, last = page.first_published_at, page.last_published_at
    return Entry(
        uid=str(page.translation_key),
        sequence=int((last - first).total_seconds()),
        changed_at=last,
        starts_at=page.starts_at,
        ends_at=page.ends_at,
        title=f"{_('Canceled')}: {page.title}" if page.is_canceled else page.title,
        text=page.summary,
        place=f"{page.place}, {page.address}",
        address=settings.SITE_ADDRESS + page.get_url(),
        is_canceled=page.is_canceled,
    )
