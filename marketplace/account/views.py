"""A shopper's orders and saved cards: their own and nobody else's."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.order.models import Order
from marketplace.aftersale.access import SHOWN
from marketplace.payments import customers, gateway
from marketplace.privacy.claiming import guest_orders_of

logger = logging.getLogger(__name__)

PER_PAGE = 20


def orders_of(user):
    """What this person ordered, newest first; what was never paid is left out."""
    return Order.objects.filter(user=user, status__in=SHOWN).order_by("-date_placed", "-pk")


@login_required
@never_cache
@require_safe
def home(request):
    page = Paginator(orders_of(request.user).select_related("attempt"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "guest_orders": guest_orders_of(request.user).count()}
    return TemplateResponse(request, "shopper/home.html", context)


@login_required
@never_cache
@require_safe
def cards(request):
    """The cards kept at Stripe for the next order."""
    kept, reached = [], True
    try:
        kept = customers.cards_of(user=request.user)
    except gateway.GatewayError as error:
        logger.warning("the cards of %s can't be listed: %s", request.user.pk, error)
        reached = False
    context = {"cards": kept, "reached": reached}
    return TemplateResponse(request, "shopper/cards.html", context, status=200 if reached else 503)


@login_required
@require_POST
def remove_card(request):
    try:
        card = customers.remove_card(user=request.user, card_id=request.POST.get("card", "")[:64])
    except customers.NoSuchCard as error:
        raise Http404 from error
    except gateway.GatewayError as error:
        logger.warning("a card of %s was not removed: %s", request.user.pk, error)
        messages.error(request, _("The payment service can't be reached, so nothing was changed. Try again."))
        return redirect("account:cards")
    messages.success(request, _("The card ending in %(last4)s was removed.") % {"last4": card.last4})
    return redirect("account:cards")
