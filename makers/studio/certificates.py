"""A maker's certificate: the badge for the own site, hangtags and shelf cards to print, the signed credential."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from certification.mark.prints import NotValidNow, hangtags, shelf_cards
from certification.mark.snippet import embeds
from certification.mark.standing import standing_of
from certification.mark.svg import LANGUAGES
from certification.models import Certificate
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
    """A sheet as PDF; `?paper=a4|letter&lang=en|es`. Refused while the certificate is not valid."""
    if what not in PRINTS:
        raise Http404
    found = _own(request, number)
    paper, lang = request.GET.get("paper", ""), request.GET.get("lang", "")
    try:
        body = PRINTS[what](standing_of(found), paper=paper, lang=lang)
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
        "refusal": refusal,
        "studio_section": "applications",
    }
    return render(request, "studio/certificate.html", context, status=status)
