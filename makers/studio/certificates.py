"""A maker's certificate: the badge for the own site, hangtags and shelf cards to print, the signed credential."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from certification.badge.badges import badges_for
from certification.mark.prints import NotValidNow, hangtags, shelf_cards
from certification.mark.snippet import embeds
from certification.mark.standing import Standing, standing_of
from certification.mark.svg import LANGUAGES
from certification.models import Certificate, CertifiedProduct
from certification.selectors import register_rows

from .access import studio

PRINTS = {"hangtags": hangtags, "shelf-cards": shelf_cards}


@studio
@require_safe
def certificate(request, number):
    return _show(request, _own(request, number))


@studio
@require_safe
def prints(request, number, what):
    """A sheet as PDF; `?paper=a4|letter&lang=en|es&piece=<id>`. Refused while the certificate is not valid."""
    if what not in PRINTS:
        raise Http404
    found = _own(request, number)
    paper, lang = request.GET.get("paper", ""), request.GET.get("lang", "")
    try:
        body = PRINTS[what](_standing(found, request.GET.get("piece", "")), paper=paper, lang=lang)
    except NotValidNow as refusal:
        return _show(request, found, refusal=str(refusal), status=409)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.number}-{what}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _own(request, number) -> Certificate:
    """A certificate of the maker at work; 404 for everyone else's."""
    rows = Certificate.objects.filter(maker=request.maker).select_related("criteria", "product")
    return get_object_or_404(rows, number=number)


def _pieces(found: Certificate) -> list[CertifiedProduct]:
    """The products of its line that carry its badge now."""
    rows = list(found.products.all())
    badges = badges_for(row.product_id for row in rows)
    return [row for row in rows if row.product_id in badges and badges[row.product_id].number == found.number]


def _standing(found: Certificate, piece: str) -> Standing:
    """The standing in the name of one piece of the line; of the one applied for where none is named."""
    standing = standing_of(found)
    if not piece or not standing.valid:
        return standing
    titles = {str(row.product_id): row.title for row in _pieces(found)}
    if piece not in titles:
        raise Http404
    return replace(standing, product=titles[piece])


def _show(request, found: Certificate, *, refusal: str = "", status: int = 200):
    asked = request.GET.get("lang", "")
    lang = asked if asked in LANGUAGES else translation.get_language()
    standing = standing_of(found)
    context = {
        "certificate": found,
        "row": register_rows([found])[0],
        "standing": standing,
        "embeds": embeds(standing, lang),
        "badge_language": lang,
        "languages": LANGUAGES,
        "pieces": _pieces(found) if standing.valid else [],
        "refusal": refusal,
        "studio_section": "applications",
    }
    return render(request, "studio/certificate.html", context, status=status)
