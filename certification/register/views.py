"""The public register: search, one certificate, and the whole as open data."""

import csv
from itertools import islice

from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from certification import selectors
from certification.badge.badges import badge_for
from certification.models import Certificate
from certification.texts import CLAIMS
from certification.words import PublicStatus
from marketplace.core.csv import safe_cell

PER_PAGE = 50
CSV_COLUMNS = ("number", "product", "maker", "claims", "criteria", "valid_from", "valid_until", "status", "reason")


@require_safe
def index(request):
    filters = {name: request.GET.get(name, "") for name in ("status", "claim")}
    query = request.GET.get("q", "")
    page = Paginator(selectors.register(query=query, **filters), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": selectors.register_rows(page.object_list),
        "page": page,
        "query": query,
        "filters": filters,
        "statuses": PublicStatus.choices,
        "claims": [(claim.value, label) for claim, label in CLAIMS.items()],
        "site_section": "register",
    }
    return render(request, "register/index.html", context)


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
        "passport": selectors.passport(certificate),
        "claims": [CLAIMS[claim] for claim in certificate.claims],
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
def csv_file(request):
    """The register as open data; the columns are a promise (architecture: public addresses)."""
    response = StreamingHttpResponse(_csv_lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="register.csv"'
    return response


class _Echo:
    def write(self, value):
        return value


def _csv_lines():
    writer = csv.writer(_Echo())
    yield writer.writerow(CSV_COLUMNS)
    certificates = selectors.register().iterator(chunk_size=500)
    while chunk := list(islice(certificates, 500)):
        for row in selectors.register_rows(chunk):
            yield writer.writerow([safe_cell(value) for value in _csv_values(row)])


def _csv_values(row: selectors.RegisterRow) -> list[str]:
    item = row.certificate
    return [
        item.number,
        item.product_description,
        item.maker_name,
        " ".join(item.claims),
        str(item.criteria.number),
        item.valid_from.isoformat(),
        item.valid_until.isoformat(),
        str(row.status),
        row.reason,
    ]
