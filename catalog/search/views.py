"""The shop: browsing and searching, and the page of one piece."""

from functools import partial

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.catalogue.models import Category
from marketplace.aftersale.reviews import reviews_of

from . import browse as browsing
from . import facets as facet_lists
from . import params as shop_params
from .pages import find_pages
from .params import Params
from .product_page import product_page, public_product
from .questions import answer
from .saved import is_saved
from .selectors import cards, for_sale, newest
from .suggest import suggestions
from .summary import address_of, chips_of
from .understanding import understand

SORT_LABELS = {
    "relevance": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest"),
    "price": gettext_lazy("Price, low to high"),
    "-price": gettext_lazy("Price, high to low"),
}


FILTER_LABELS = {
    "category": gettext_lazy("Without the category"),
    "claim": gettext_lazy("Whatever is certified"),
    "neighborhood": gettext_lazy("From all of Los Angeles"),
    "maker": gettext_lazy("From all makers"),
    "price": gettext_lazy("At any price"),
    "color": gettext_lazy("In any color"),
    "size": gettext_lazy("In any size"),
    "in_stock": gettext_lazy("Sold out ones too"),
    "made_to_order": gettext_lazy("Ready made ones too"),
}


@require_safe
def browse(request):
    asked = browsing.known(shop_params.parse(request.GET))
    understood = understand(asked)
    if understood != asked:
        return redirect(address_of(understood))
    found = answer(asked.q) if asked.q else None
    hits = found.ids if found else None
    rows = browsing.matching(asked, hits)
    page = browsing.page(rows, asked, hits)
    labels = facet_lists.category_labels()
    number = browsing.count(rows)
    chips = chips_of(asked, labels)
    context = {
        "asked": asked,
        "rows": page.rows,
        "next_address": address_of(page.next) if page.next else "",
        "first_address": address_of(asked.start()) if asked.after or asked.page else "",
        "number": number,
        "many": number > browsing.COUNT_LIMIT,
        "facets": partial(facet_lists.facets, asked, hits),
        "facets_key": asked.start().query_string(),
        "chips": chips,
        "filters_on": len(chips) - bool(asked.q),
        "heading": _heading(asked, labels),
        "above": "" if asked.q else labels.get(asked.category.rpartition("/")[0], ""),
        "trail": _trail(asked.category, labels),
        "top": [(label, slug) for slug, label in labels.items() if "/" not in slug],
        "sorts": [(key, label) for key, label in SORT_LABELS.items() if key != "relevance" or asked.q],
        "kept": _kept(asked),
        "clear_address": (shop_address := reverse("catalogue:index")),
        "shop_address": shop_address,
        "canonical_address": _canonical(asked),
        "found": found,
        "pages": find_pages(found.terms, get_language()) if found and not asked.after and not asked.page else None,
        "saved": request.user.is_authenticated and is_saved(request.user, asked),
        "search_query": asked.start().query_string(),
    }
    if not page.rows:
        context |= _help_for_nothing(asked, hits)
    return TemplateResponse(request, "catalogue/browse.html", context)


@require_safe
def suggest(request):
    """What a question may become while it is typed; a part of a page for the search field."""
    question = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    groups = suggestions(question, get_language()) if len(question) > 1 else []
    return TemplateResponse(request, "catalogue/suggestions.html", {"groups": groups, "question": question})


@require_safe
def category(request, category_slug, pk):
    """Oscar's address of a category leads to the shop's."""
    found = get_object_or_404(Category.objects.browsable(), pk=pk)
    return redirect(address_of(Params(category=found.full_slug)), permanent=True)


@require_safe
def product(request, product_slug, pk):
    found = public_product(int(pk))
    if product_slug != found.slug:
        return redirect(found, permanent=True)
    page = product_page(found, slugify(request.GET.get("color", "")), request.GET.get("size", ""))
    context = {"page": page, "product": found, "maker": found.maker, "reviews": reviews_of(found)}
    return TemplateResponse(request, "catalogue/product.html", context)


def _canonical(asked: Params) -> str:
    """Search engines need one address for a category and its pages, not one for each combination."""
    kept = Params(category=asked.category, after=asked.after if asked.sort == "newest" else "")
    return settings.SITE_ADDRESS + address_of(kept)


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
    trail += [(labels[item], address_of(Params(category=item))) for item in slugs if item in labels]
    return [*trail[:-1], (trail[-1][0], "")]


def _kept(asked: Params) -> list[tuple[str, str]]:
    """The values that the forms for sorting and prices carry along."""
    return [(name, value) for name, value in asked.start().pairs() if name != "sort"]


def _help_for_nothing(asked: Params, hits: list[int] | None) -> dict:
    """Ways out of an empty list: each filter that can be left alone with what is then found, and what is new."""
    names = [name for name in shop_params.FILTERS if asked.narrows(name)]
    if not asked.q and len(names) < 2:
        names = []
    labels = {"price_min": "price", "price_max": "price"}
    ways = []
    for name in dict.fromkeys(labels.get(name, name) for name in names):
        less = asked.start().without(*(("price_min", "price_max") if name == "price" else (name,)))
        if number := browsing.count(browsing.matching(less, hits)):
            ways.append((FILTER_LABELS[name], number, address_of(less)))
    return {"ways": ways, "instead": cards(newest(for_sale()), 6)}
