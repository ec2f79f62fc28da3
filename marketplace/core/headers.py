"""Response headers beyond Django's own, and the three places that need another content security policy.

Public pages: scripts and styles from our own files only. The staff's tools (/cms/, /admin/)
bring inline scripts of their libraries. The payment page also talks to Stripe.
"""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings

STAFF_TOOLS = ("/cms/", "/admin/")
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), interest-cohort=()"

_STAFF_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "media-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}


def payment_sources() -> dict[str, list[str]]:
    """What a page with the Payment Element may load besides our own files."""
    parts = urlsplit(settings.STRIPE_JS_ADDRESS)
    origin = f"{parts.scheme}://{parts.netloc}"
    if parts.netloc == "js.stripe.com":
        # as Stripe's security guide lists them; wallets and 3-D Secure open frames of the second and third
        scripts = [origin, "https://*.js.stripe.com"]
        return {
            "script-src": [SELF, *scripts],
            "connect-src": [SELF, "https://api.stripe.com"],
            "frame-src": [*scripts, "https://hooks.stripe.com"],
        }
    return {"script-src": [SELF, origin], "style-src": [SELF, origin], "connect-src": [SELF, origin]}


class HeadersMiddleware:
    """Sits below django-csp's middleware, which reads the policy that a response asks for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(STAFF_TOOLS):
            response._csp_config = _STAFF_POLICY
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


def allow_payment(response):
    """Let this response load Stripe's scripts; returns the response."""
    response._csp_update = payment_sources()
    return response
