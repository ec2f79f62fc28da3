"""Forms that save themselves: static/js/autosave.js posts them after a pause and shows when that was."""

from django.http import JsonResponse
from django.utils import timezone
from django.utils.formats import time_format

from marketplace.core import clock

HEADER = "X-Autosave"


def is_autosave(request) -> bool:
    """Whether the form posted itself, rather than a person by its button."""
    return request.method == "POST" and HEADER in request.headers


def saved_now(fields: dict[str, str] | None = None) -> JsonResponse:
    """What the page needs: when it was saved, and values of fields that the saving has set."""
    moment = timezone.localtime(clock.now(), clock.LOS_ANGELES)
    return JsonResponse({"saved": time_format(moment.time(), "TIME_FORMAT"), "fields": fields or {}})
