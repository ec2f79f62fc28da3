"""Which letters a person wants: one page for all that can be chosen, which names those that can't."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.search.facets import category_labels
from catalog.search.saved import choose_letters, words_of
from marketplace.core.formtools import ids_in
from marketplace.users.services import verified_addresses
from marketplace.wishes.models import StockAlert
from marketplace.wishes.services import keep_alerts


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """A row that another tab added since is not in the form, and stays as it is."""
    emails = verified_addresses(request.user)
    if request.method == "POST":
        sent = {name: ids_in(request.POST.getlist(name)) for name in ("search_shown", "search", "alert_shown", "alert")}
        with transaction.atomic():
            choose_letters(user=request.user, shown=sent["search_shown"], wanted=sent["search"])
            keep_alerts(emails=emails, shown=sent["alert_shown"], wanted=sent["alert"])
        messages.success(request, _("Saved."))
        return redirect("account:letters")
    labels = category_labels()
    searches = [(saved, words_of(saved, labels)) for saved in request.user.saved_searches.all()]
    alerts = StockAlert.objects.filter(email__in=emails).select_related("variant__parent").order_by("-pk")
    return TemplateResponse(request, "shopper/letters.html", {"searches": searches, "alerts": alerts})
