"""Where static/js/views.js says that a page was looked at. The answer tells nothing."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from marketplace.core.limits import passed_limit

from .counting import is_own, note_view
from .models import Kind

MOST_AN_HOUR = 240
SAME_PAGE = {"most": 3, "seconds": 1800}


@csrf_exempt  # a beacon carries no token; what it does is add one to a number
@never_cache
@require_POST
def viewed(request):
    nothing = HttpResponse(status=204)
    kind, _colon, number = request.POST.get("what", "").partition(":")
    if kind not in Kind.values or not (number.isascii() and number.isdigit() and len(number) < 10):
        return nothing
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return nothing
    if passed_limit(request, "views", most=MOST_AN_HOUR, seconds=3600):
        return nothing
    if passed_limit(request, f"view-{kind}-{int(number)}", **SAME_PAGE):
        return nothing
    if not is_own(request.user, kind=Kind(kind), number=int(number)):
        note_view(kind=Kind(kind), number=int(number))
    return nothing
