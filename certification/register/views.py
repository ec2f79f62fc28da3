"""The public register: search, one certificate, and the criteria it was judged by."""

from dataclasses import asdict

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from catalog.catalogue.models import ProductKind
from certification import citymap, selectors
from certification.badge.badges import badge_for
from certification.models import Certificate, CriteriaVersion
from certification.passport import passport
from certification.texts import CLAIMS
from certification.words import CriteriaStatus, PublicStatus
from marketplace.core import clock

from . import criteria_words, events, search

FIRST_YEAR = 2024


@require_safe
def index(request):
    query = search.parse(request.GET)
    page = search.page(query)
    context = {
        "rows": selectors.register_rows(page.rows),
        "query": query,
        "total": page.total,
        "is_more": page.total > search.MOST_COUNTED,
        "most": search.MOST_COUNTED,
        "next_address": f"?{query.address(after=page.rows[-1].number)}" if page.more else "",
        "first_address": f"?{query.address(after='')}" if query.after else "",
        "filters_address": query.address(after=""),
        "choices": _choices(),
        "asked": asdict(query),
        "site_section": "register",
    }
    return render(request, "register/index.html", context)


def _choices() -> dict[str, list[tuple[str, str]]]:
    """The values of each filter, in the reader's language."""
    versions = CriteriaVersion.objects.filter(status=CriteriaStatus.PUBLISHED).values_list("number", flat=True)
    return {
        "status": PublicStatus.choices,
        "claim": [(claim.value, label) for claim, label in CLAIMS.items()],
        "kind": ProductKind.choices,
        "neighborhood": [(place.name, place.name) for place in citymap.neighborhoods()],
        "year": [(str(year), str(year)) for year in range(clock.today().year, FIRST_YEAR - 1, -1)],
        "criteria": [(str(number), str(number)) for number in versions],
    }


@require_safe
def verify(request, number):
    certificate = get_object_or_404(Certificate.objects.select_related("criteria", "product", "maker"), number=number)
    row = selectors.register_rows([certificate])[0]
    context = {
        "certificate": certificate,
        "row": row,
        "ended": row.status != PublicStatus.VALID,
        "spanish_name": _spanish_name(certificate),
        "area_name": gettext(certificate.criteria.area_name),
        "badge": badge_for(certificate.product_id) if certificate.product_id else None,
        "passport": passport(certificate),
        "claims": [CLAIMS[claim] for claim in certificate.claims],
        "covered": list(certificate.products.order_by("title", "pk")),
        "events": events.of_certificate(certificate),
        "site_section": "register",
    }
    response = render(request, "register/verify.html", context)
    response["Cache-Control"] = "no-cache"
    return response


def _spanish_name(certificate: Certificate) -> str:
    """The piece's name in the reader's language, where it is another than the certified one and still means that."""
    product = certificate.product
    if product is None or product.title != certificate.product_description:
        return ""
    return product.label if product.label != product.title else ""


@require_safe
def criteria(request, number):
    """A published version of the criteria in plain words; a draft is nobody's business yet."""
    version = CriteriaVersion.objects.filter(number=number, status=CriteriaStatus.PUBLISHED).first()
    if version is None:
        raise Http404
    others = CriteriaVersion.objects.filter(status=CriteriaStatus.PUBLISHED).exclude(pk=version.pk)
    context = {
        "version": version,
        "words": criteria_words.of(version.criteria),
        "others": others.order_by("number"),
        "site_section": "register",
    }
    return render(request, "register/criteria.html", context)
