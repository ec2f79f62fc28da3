"""The badge's short way: answered before session, language and account are looked at, so it never sets a cookie."""

import re

from certification.converters import CertificateNumber

from .views import badge

ADDRESS = re.compile(rf"/badge/({CertificateNumber.regex})\.svg")


class BadgeMiddleware:
    """Stands below the middleware that adds security headers and above everything that knows people."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        match = ADDRESS.fullmatch(request.path_info)
        if match is None:
            return self.get_response(request)
        request.get_host()  # a forged host is refused here as on every page
        return badge(request, CertificateNumber().to_python(match[1]))
