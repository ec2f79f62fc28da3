"""What narrows a list of the shop, in words, and the addresses of lists."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.catalogue.models import Listing
from makers.models import Maker

from . import facets as facet_lists
from .colors import FAMILIES
from .params import Params


def address_of(asked: Params) -> str:
    query = asked.query_string()
    return reverse("catalogue:index") + (f"?{query}" if query else "")


def chips_of(asked: Params, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """What narrows the list, each with the address without it; `labels` are those of the categories."""
    words = {
        "q": asked.q,
        "category": labels.get(asked.category, ""),
        "claim": facet_lists.claim_label(asked.claim) if asked.claim else "",
        "price_min": _("From $%(amount)s") % {"amount": _plain(asked.price_min)} if asked.price_min is not None else "",
        "price_max": _("Up to $%(amount)s") % {"amount": _plain(asked.price_max)}
        if asked.price_max is not None
        else "",
        "in_stock": _("In stock") if asked.in_stock else "",
        "made_to_order": _("Made to order") if asked.made_to_order else "",
    }
    chips = [(label, address_of(_less(asked, name))) for name, label in words.items() if label]
    for name, label_of in _labels_of(asked).items():
        chips += [(label_of(value), address_of(asked.start().toggled(name, value))) for value in getattr(asked, name)]
    return chips


def _plain(amount: Decimal) -> Decimal:
    """Whole dollars without cents."""
    return amount.to_integral_value() if amount == amount.to_integral_value() else amount


def _less(asked: Params, name: str) -> Params:
    less = asked.start().without(name)
    return replace(less, sort="newest") if name == "q" and asked.sort == "relevance" else less


def _labels_of(asked: Params) -> dict[str, Callable[[str], str]]:
    """How a value of each filter that takes several is called."""
    places = Listing.objects.filter(neighborhood_slug__in=asked.neighborhood)
    names = dict(places.values_list("neighborhood_slug", "neighborhood").distinct()) if asked.neighborhood else {}
    makers = dict(Maker.objects.filter(slug__in=asked.maker).values_list("slug", "name")) if asked.maker else {}
    return {
        "neighborhood": lambda value: names.get(value, value),
        "maker": lambda value: makers.get(value, value),
        "size": lambda value: _("Size %(size)s") % {"size": value},
        "color": lambda value: str(FAMILIES[value][0]),
    }
