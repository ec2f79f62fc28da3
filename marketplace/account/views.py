"""A shopper's orders: their own and nobody else's."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.order.models import Order

PER_PAGE = 20
SHOWN = ("paid", "shipped", "refunded", "pending")


def orders_of(user):
    """What this person ordered, newest first; what was never paid is left out."""
    return Order.objects.filter(user=user, status__in=SHOWN).order_by("-date_placed", "-pk")


@login_required
@never_cache
@require_safe
def home(request):
    page = Paginator(orders_of(request.user).select_related("attempt"), PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "shopper/home.html", {"page": page})


@login_required
@never_cache
@require_safe
def order(request, number):
    found = get_object_or_404(orders_of(request.user).select_related("shipping_address", "attempt"), number=number)
    parts = (
        found.maker_orders.select_related("maker").prefetch_related("lines__product__parent", "parcels").order_by("pk")
    )
    return TemplateResponse(request, "shopper/order.html", {"order": found, "parts": parts})
