"""The bag: what is in it by maker, what can't be paid and why."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.catalogue.models import Listing, Product
from catalog.checkout.access import left_attempt, open_attempt
from marketplace.fulfilment import quote_of

from . import services
from .forms import QuantityForm

LARGEST_ID = 2**62


def pictures_of(quote) -> dict[int, Listing]:
    """Pictures of the pieces, from their cards."""
    products = {line.product.pk for line in [*quote.lines, *quote.blocked]}
    return Listing.objects.only("pk", "pictures", "picture_alt").in_bulk(products)


@never_cache
@require_safe
def summary(request):
    quote = quote_of(request.basket)
    unfinished = open_attempt(request)
    context = {
        "quote": quote,
        "pictures": pictures_of(quote),
        "unfinished": unfinished,
        "left": None if unfinished else left_attempt(request),
    }
    return TemplateResponse(request, "basket/summary.html", context)


@require_POST
def add(request, pk):
    """Put a piece into the bag, its price never from the form; asked by a script, answer with the drawer alone."""
    if pk > LARGEST_ID:
        raise Http404
    form = QuantityForm(request.POST)
    try:
        variant = services.variant_of(pk, _whole(request.POST.get("variant")))
    except Product.DoesNotExist:
        raise Http404 from None
    except services.NotAdded as error:
        return _not_added(request, Product.objects.get(pk=pk), str(error))
    if not form.is_valid() or form.cleaned_data["quantity"] < 1:
        return _not_added(request, variant, _("How many? Give a whole number from 1 to 99."))
    try:
        added = services.add_piece(basket=request.basket, variant=variant, quantity=form.cleaned_data["quantity"])
    except services.NotAdded as error:
        return _not_added(request, variant, str(error))
    level, words = _said(added, _("“%(title)s” is in your bag.") % {"title": variant.label})
    if "HX-Request" in request.headers:
        return _drawer(request, words, variant)
    messages.add_message(request, level, words)
    return redirect("basket:summary")


def _not_added(request, product: Product, why: str):
    if "HX-Request" in request.headers:
        return _drawer(request, why, status=422)
    messages.warning(request, why)
    return redirect(product)


def _drawer(request, words: str, variant: Product | None = None, status: int = 200):
    """The bag in short, beside the page on which a piece was put into it."""
    quote = quote_of(request.basket)
    listing = Listing.objects.filter(pk=variant.parent_id or variant.pk).first() if variant else None
    context = {"words": words, "variant": variant, "listing": listing, "quote": quote}
    context["bag_count"] = request.basket.num_items  # a first bag has no cookie yet by which it could be found
    return TemplateResponse(request, "basket/drawer.html", context, status=status)


@require_POST
def change(request, pk):
    line = request.basket.lines.filter(pk=pk).select_related("product__parent", "stockrecord").first() if (
        request.basket.id and pk <= LARGEST_ID
    ) else None  # fmt: skip
    if line is None:
        raise Http404
    form = QuantityForm(request.POST)
    quantity = 0 if "remove" in request.POST else None
    if quantity is None and not form.is_valid():
        messages.warning(request, _("How many? Give a whole number from 1 to 99."))
        return redirect("basket:summary")
    title = line.product.label
    try:
        changed = services.change_quantity(
            basket=request.basket, line=line, quantity=form.cleaned_data["quantity"] if quantity is None else quantity
        )
    except services.NotAdded as error:
        messages.warning(request, str(error))
        return redirect("basket:summary")
    if changed is None:
        messages.info(request, _("“%(title)s” was taken out.") % {"title": title})
    else:
        _tell(request, changed, _("Your bag was changed."))
    return redirect("basket:summary")


@require_POST
def tidy(request):
    """Take out what can't be paid and go on with the rest."""
    try:
        services.take_out_blocked(basket=request.basket, quote=quote_of(request.basket))
    except services.NotAdded as error:
        messages.warning(request, str(error))
    after = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
        return redirect(after)
    return redirect("basket:summary")


def _tell(request, added: services.Added, words: str) -> None:
    level, words = _said(added, words)
    messages.add_message(request, level, words)


def _said(added: services.Added, words: str) -> tuple[int, str]:
    """How loudly and in which words a change of the bag is told."""
    if not added.capped:
        return messages.SUCCESS, words
    words = _("Only %(number)d are left, so your bag holds %(number)d.") % {"number": added.line.quantity}
    return messages.WARNING, words


def _whole(text: str | None) -> int | None:
    """A row id from a form, or None for anything that is none; 0 for one that can't exist."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
