"""A maker's money: the account at Stripe, what is owed, what was paid out."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from makers.permissions import can_manage_members
from marketplace.fulfilment.statements import payouts_of
from marketplace.payments import gateway, ledger
from marketplace.payments.onboarding import account_of, start_onboarding

from .access import studio

logger = logging.getLogger(__name__)
PER_PAGE = 25


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    if request.method == "POST":
        return _start(request)
    rows = payouts_of(request.maker)
    context = {
        **_account(request.maker),
        "owed": max(0, -ledger.balance_of(ledger.MAKERS, request.maker)),
        "debt": max(0, ledger.balance_of(ledger.MAKERS, request.maker)),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_set_up": can_manage_members(request.user, request.maker),
        "studio_section": "payouts",
    }
    return render(request, "studio/payouts.html", context)


def _account(maker) -> dict:
    """What Stripe says of the account now; where Stripe can't be asked, the page says so."""
    try:
        return {"account": account_of(maker), "unknown": False}
    except gateway.GatewayError as error:
        logger.warning("account of maker %s: %s", maker.pk, error)
        return {"account": None, "unknown": True}


def _start(request):
    """Show the way to Stripe as a link: the site's policy lets no form lead elsewhere."""
    here = request.build_absolute_uri(reverse("studio:payouts"))
    try:
        address = start_onboarding(user=request.user, maker=request.maker, return_url=here, refresh_url=here)
    except PermissionDenied:
        raise Http404 from None
    except gateway.GatewayError as error:
        logger.warning("onboarding of maker %s: %s", request.maker.pk, error)
        messages.error(request, _("Stripe can't be reached right now. Try again in a few minutes."))
        return redirect("studio:payouts")
    context = {"address": address, "studio_section": "payouts"}
    return render(request, "studio/payouts_start.html", context)
