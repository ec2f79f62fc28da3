"""The shop: browsing and searching, and the page of one piece."""

from dataclasses import replace
from functools import partial

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from catalog.catalogue.models import Category
from makers.models import Maker
from marketplace.aftersale.reviews import reviews_of

from . import browse as browsing
from . import facets as facet_lists
from . import params as shop_params
from .colors import FAMILIES
from .params import Params
from .product_page import product_page, public_product
from .selectors import cards, for_sale, newest
from .suggest import suggestion

SORT_LABELS = {
    "relevance": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest"),
    "price": gettext_lazy("Price, low to high"),
    "-price": gettext_lazy("Price, high to low"),
}


@require_safe
def browse(request):
    asked = browsing.known(shop_params.parse(request.GET))
    hits = browsing.find_words(asked)
    rows = browsing.matching(asked, hits)
    page = browsing.page(rows, asked, hits)
    labels = facet_lists.category_labels()
    number = browsing.count(rows)
    context = {
        "asked": asked,
        "rows": page.rows,
        "next_address": _address(page.next) if page.next else "",
        "first_address": _address(asked.start()) if asked.after or asked.page else "",
        "number": number,
        "many": number > browsing.COUNT_LIMIT,
        "facets": partial(facet_lists.facets, asked, hits),
        "facets_key": asked.start().query_string(),
        "chips": _chips(asked, labels),
        "heading": _heading(asked, labels),
        "trail": _trail(asked.category, labels),
        "top": [(label, slug) for slug, label in labels.items() if "/" not in slug],
        "sorts": [(key, label) for key, label in SORT_LABELS.items() if key != "relevance" or asked.q],
        "kept": _kept(asked),
        "clear_address": (shop_address := reverse("catalogue:index")),
        "shop_address": shop_address,
        "canonical_address": _canonical(asked),
    }
    if not page.rows:
        context |= _help_for_nothing(asked)
    return TemplateResponse(request, "catalogue/browse.html", context)


@require_safe
def category(request, category_slug, pk):
    """Oscar's address of a category leads to the shop's."""
    found = get_object_or_404(Category, pk=pk, is_public=True)
    return redirect(_address(Params(category=found.full_slug)), permanent=True)


@require_safe
def product(request, product_slug, pk):
    found = public_product(int(pk))
    if product_slug != found.slug:
        return redirect(found, permanent=True)
    page = product_page(found, slugify(request.GET.get("color", "")))
    context = {"page": page, "product": found, "maker": found.maker, "reviews": reviews_of(found)}
    return TemplateResponse(request, "catalogue/product.html", context)


def _address(asked: Params) -> str:
    query = asked.query_string()
    return reverse("catalogue:index") + (f"?{query}" if query else "")


def _canonical(asked: Params) -> str:
    """Search engines need one address for a category and its pages, not one for each combination."""
    kept = Params(category=asked.category, after=asked.after if asked.sort == "newest" else "")
    return settings.SITE_ADDRESS + _address(kept)


def _heading(asked: Params, labels: dict[str, str]) -> str:
    if asked.q:
        return _("Results for “%(words)s”") % {"words": asked.q}
    if asked.category:
        return labels.get(asked.category, _("Shop"))
    return _("Shop")


def _trail(slug: str, labels: dict[str, str]) -> list[tuple[str, str]]:
    """From the shop to this category; the last step has no address."""
    if not slug:
        return []
    steps = slug.split("/")
    slugs = ["/".join(steps[: end + 1]) for end in range(len(steps))]
    trail = [(_("Shop"), reverse("catalogue:index"))]
    trail += [(labels[item], _address(Params(category=item))) for item in slugs if item in labels]
    return [*trail[:-1], (trail[-1][0], "")]


def _chips(asked: Params, labels: dict[str, str]) -> list[tuple[str, str]]:
    """What narrows the list, each with the address without it."""
    words = {
        "q": asked.q,
        "category": labels.get(asked.category, ""),
        "claim": facet_lists.claim_label(asked.claim) if asked.claim else "",
        "neighborhood": _neighborhood_label(asked.neighborhood),
        "maker": _maker_label(asked.maker),
        "price_min": _("From $%(amount)s") % {"amount": asked.price_min} if asked.price_min is not None else "",
        "price_max": _("Up to $%(amount)s") % {"amount": asked.price_max} if asked.price_max is not None else "",
        "size": _("Size %(size)s") % {"size": asked.size} if asked.size else "",
        "color": str(FAMILIES[asked.color][0]) if asked.color else "",
        "in_stock": _("In stock") if asked.in_stock else "",
    }
    return [(label, _address(_less(asked, name))) for name, label in words.items() if label]


def _less(asked: Params, name: str) -> Params:
    less = asked.start().without(name)
    return replace(less, sort="newest") if name == "q" and asked.sort == "relevance" else less


def _neighborhood_label(slug: str) -> str:
    if not slug:
        return ""
    return for_sale().filter(neighborhood_slug=slug).values_list("neighborhood", flat=True).first() or slug


def _maker_label(slug: str) -> str:
    return Maker.objects.filter(slug=slug).values_list("name", flat=True).first() or "" if slug else ""


def _kept(asked: Params) -> list[tuple[str, str]]:
    """The values that the forms for sorting and prices carry along."""
    pairs = [(name, getattr(asked, name)) for name in ("q", *shop_params.FILTERS)]
    return [(name, "1" if value is True else value) for name, value in pairs if value not in ("", None, False)]


def _help_for_nothing(asked: Params) -> dict:
    better = suggestion(asked.q) if asked.q else ""
    return {
        "better": better,
        "better_address": _address(Params(q=better, sort="relevance")) if better else "",
        "instead": cards(newest(for_sale()), 6),
    }
