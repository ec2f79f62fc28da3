"""`/badge/<number>.svg`: the picture that other sites embed; it changes when the certificate does."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from .standing import recent_standing
from .svg import Style, picture

# Together with what is remembered here, an ended certificate is seen within 60 seconds wherever the badge is embedded.
MAX_AGE = 50
CACHE_CONTROL = f"public, max-age={MAX_AGE}, must-revalidate"
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


@require_safe
def badge(request: HttpRequest, number: str) -> HttpResponse:
    """Query: theme (light, dark), size (large, small), lang (en, es); what is unknown falls back to the first."""
    standing = recent_standing(number)
    if standing is None:
        return _headed(HttpResponse("No certificate has this number.\n", status=404, content_type="text/plain"))
    asked = (request.GET.get(name, "") for name in ("theme", "size", "lang"))
    body, etag = picture(standing, Style.asked(*asked))
    response = _headed(HttpResponse(body, content_type="image/svg+xml"))
    response.headers["ETag"] = etag
    response.headers["Content-Length"] = str(len(body))  # Django's own middleware for it stands further down
    # A 304 carries Cache-Control and ETag of the whole answer; the other headers are added to it again.
    return _headed(get_conditional_response(request, etag=etag, response=response) or response)


def _headed(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Frame-Options"] = "DENY"
    return response
