"""`/terms/`: the terms for shoppers and for makers in every version, and what a sale costs a maker."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from marketplace.terms.versions import Kind, in_force, version, versions_of


@require_safe
def shoppers(request, number=None):
    return _page(request, Kind.SHOPPERS, number)


@require_safe
def makers(request, number=None):
    return _page(request, Kind.MAKERS, number)


@require_safe
def fees(request):
    return render(request, "terms/fees.html")


def _page(request, kind: Kind, number: int | None):
    current = in_force(kind)
    try:
        found = current if number is None else version(kind, number)
    except LookupError as error:
        raise Http404 from error
    context = {
        "version": found, "current": current, "others": versions_of(kind), "body": found.template(get_language() or ""),
    }  # fmt: skip
    return render(request, "terms/page.html", context)
