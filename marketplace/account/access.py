"""Who gets to the pages of an order: its shopper, signed in, or a guest with the key from a letter."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.order.models import PAID, MakerOrder
from marketplace.aftersale.access import Access, by_key, by_user, is_in_an_account
from marketplace.core.limits import passed_limit

PAGES, WINDOW = 240, 600  # of guests from one network address, in so many seconds
READ, FORM, ACT = ("GET", "HEAD"), ("GET", "HEAD", "POST"), ("POST",)


def order_page(*methods: str, find=by_key):
    """For views (request, access, …): 404 for strangers, sign-in for visitors without a key that `find` knows."""

    def decorate(view):
        @never_cache
        @require_http_methods(methods)
        def inside(request, number, key="", **kwargs):
            if key:
                return _as_guest(view, request, find, number, key, kwargs)
            if not request.user.is_authenticated:
                query = urlencode({"next": request.get_full_path()})
                return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
            return view(request, _found(by_user(request.user, number)), **kwargs)

        @wraps(view)
        def guarded(request, **kwargs):
            response = inside(request, **kwargs)
            return _private(response) if kwargs.get("key") else response

        return guarded

    return decorate


def _as_guest(view, request, find, number: str, key: str, kwargs: dict) -> HttpResponse:
    if passed_limit(request, "order-link", most=PAGES, seconds=WINDOW):
        return TemplateResponse(request, "shopper/too_many.html", status=429)
    access = find(number, key)
    if access is None and is_in_an_account(number, key):
        return redirect("account:order", number=number)
    return view(request, _found(access), **kwargs)


def _found(access: Access | None) -> Access:
    if access is None:
        raise Http404
    return access


def _private(response: HttpResponse) -> HttpResponse:
    """The key in the address is told to no other site, and kept by no crawler.

    Not "no-referrer": browsers then send forms with `Origin: null`, which the protection against forged posts refuses.
    """
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def part_of(access: Access, pk: int) -> MakerOrder:
    """A paid part of this order, else 404."""
    return get_object_or_404(
        access.order.maker_orders.filter(status__in=PAID)
        .select_related("maker", "order")
        .prefetch_related("lines__product__parent", "parcels__contents__line__product__parent", "refunds"),
        pk=pk,
    )
