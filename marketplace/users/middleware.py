"""A second factor for every staff session, whichever door it came through."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponseRedirect
from django.urls import reverse

# Pages that a staff member without a second factor needs to get one, or to leave.
_OPEN_PREFIXES = ("/account/2fa/", "/account/logout/", "/account/reauthenticate/", "/static/", "/media/")
SECOND_FACTOR_METHODS = {"mfa"}


def has_second_factor(request) -> bool:
    """Whether this session, not merely this account, has shown a second factor."""
    if not is_mfa_enabled(request.user):
        return False
    return any(record.get("method") in SECOND_FACTOR_METHODS for record in get_authentication_records(request))


class StaffSecondFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if not user.is_authenticated or not user.is_staff:
            return self.get_response(request)
        path = request.path_info.removeprefix("/es")
        if path.startswith(_OPEN_PREFIXES) or has_second_factor(request):
            return self.get_response(request)
        name = "mfa_reauthenticate" if is_mfa_enabled(user) else "mfa_activate_totp"
        return HttpResponseRedirect(reverse(name))
