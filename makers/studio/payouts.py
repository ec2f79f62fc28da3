"""A maker's money: the account at Stripe, what is owed, what was paid out, what reached the bank."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from makers.permissions import can_manage_members, require
from marketplace.fulfilment.statements import payouts_of
from marketplace.payments import account_words, gateway, ledger, onboarding
from marketplace.users.second_factor import ask_second_factor, has_second_factor

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
        **_at_stripe(request.maker),
        "owed": max(0, -ledger.balance_of(ledger.MAKERS, request.maker)),
        "debt": max(0, ledger.balance_of(ledger.MAKERS, request.maker)),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_set_up": can_manage_members(request.user, request.maker),
        "studio_section": "payouts",
    }
    return render(request, "studio/payouts.html", context)


def _at_stripe(maker) -> dict:
    """What Stripe says of account and bank now; where Stripe can't be asked, the page says so."""
    try:
        account = onboarding.look_at(maker)
        payouts = onboarding.bank_payouts(maker)
    except gateway.GatewayError as error:
        logger.warning("account of maker %s: %s", maker.pk, error)
        return {"account": None, "unknown": True}
    return {
        "account": account,
        "unknown": False,
        "asked": account_words.asked_for(account.requirements) if account else [],
        "why_it_rests": account_words.why_it_rests(account.disabled_reason) if account else "",
        "bank_payouts": [_told(payout) for payout in payouts],
    }


def _told(payout: gateway.Payout) -> dict:
    words = account_words.ON_THE_WAY.get(payout.status, payout.status)
    why = account_words.why_sent_back(payout.failure_code) if payout.status == "failed" else ""
    return {"payout": payout, "status": words, "why": why}


def _start(request):
    here = request.build_absolute_uri(reverse("studio:payouts"))
    return _lead_to_stripe(
        request,
        lambda: onboarding.start_onboarding(user=request.user, maker=request.maker, return_url=here, refresh_url=here),
        _("Set up payouts"),
        _("You leave the shop for Stripe and come back when you are done. The link works once and for a few minutes."),
    )


@studio
@never_cache
@require_POST
def dashboard(request):
    """The owner's page at Stripe: bank account, tax forms, every payout."""
    return _lead_to_stripe(
        request,
        lambda: onboarding.dashboard_address(user=request.user, maker=request.maker),
        _("Your account at Stripe"),
        _("There you change your bank account and find your tax forms. The link works once and for a few minutes."),
    )


def _lead_to_stripe(request, ask, title: str, words: str):
    """Show the way to Stripe as a link: the site's policy lets no form lead elsewhere."""
    try:
        require(can_manage_members(request.user, request.maker))
        if not has_second_factor(request):
            return _ask_second_factor(request)
        address = ask()
    except PermissionDenied:
        raise Http404 from None
    except gateway.GatewayError as error:
        logger.warning("way to Stripe of maker %s: %s", request.maker.pk, error)
        messages.error(request, _("Stripe can't be reached right now. Try again in a few minutes."))
        return redirect("studio:payouts")
    context = {"address": address, "title": title, "words": words, "studio_section": "payouts"}
    return render(request, "studio/payouts_start.html", context)


def _ask_second_factor(request):
    """Whoever has the password alone could lead the payouts to another bank."""
    why = _("The way to your money needs a second factor: a one-time code or a passkey. Then press the button again.")
    return ask_second_factor(request, why=why, back=reverse("studio:payouts"))
