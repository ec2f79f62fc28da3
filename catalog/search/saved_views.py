"""The shopper's saved searches: keep one from the shop, see them all, take one away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import params
from .browse import known
from .facets import category_labels
from .models import SavedSearch
from .saved import asked_of, forget_search, of_stop_token, save_search, stop_letters, words_of
from .summary import address_of, chips_of


@login_required
@never_cache
@require_safe
def index(request):
    labels = category_labels()
    asked = [(saved, asked_of(saved)) for saved in request.user.saved_searches.all()]
    rows = [(saved, address_of(wanted), chips_of(wanted, labels)) for saved, wanted in asked]
    return TemplateResponse(request, "shopper/searches.html", {"rows": rows})


@login_required
@require_POST
def save(request):
    asked = known(params.parse(QueryDict(request.POST.get("query", "")[:2000])))
    try:
        saved = save_search(
            user=request.user, asked=asked, language=get_language(), tell=request.POST.get("tell") == "1"
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(address_of(asked))
    messages.success(
        request, _("Saved. We write to you when something new fits.") if saved.tell else _("Saved in your account.")
    )
    return redirect(address_of(asked))


@login_required
@require_POST
def forget(request, pk):
    try:
        forget_search(user=request.user, pk=pk)
    except SavedSearch.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The saved search was removed."))
    return redirect("saved_searches:index")


@csrf_exempt  # a mail program posts here for its reader (RFC 8058): the token in the address says that it may
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """End the letters of one search; a visit alone ends nothing, since programs follow the links of letters too."""
    try:
        saved = of_stop_token(token)
    except SavedSearch.DoesNotExist as error:
        raise Http404 from error
    if request.method == "POST":
        stop_letters(saved)
        saved.tell = False
    words = words_of(saved, category_labels())
    return TemplateResponse(request, "shopper/letters_stop.html", {"saved": saved, "words": words})
