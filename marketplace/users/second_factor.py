"""The second factor of a session: whether it was shown, and the page on which it is shown or set up."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

# allauth's word for one-time codes, recovery codes and passkeys; a code by e-mail is "code" and does not count.
SECOND_FACTOR_METHODS = {"mfa"}
GO_ON = "after_second_factor"


def has_second_factor(request) -> bool:
    """Whether this session, not merely this account, has shown a second factor."""
    if not is_mfa_enabled(request.user):
        return False
    return any(
        record.get("method") in SECOND_FACTOR_METHODS for record in get_authentication_records(request, request.user)
    )


def page_to_show(user) -> str:
    """The name of the page where `user` shows a second factor; "" where none is set up."""
    if is_mfa_enabled(user, types=[Authenticator.Type.TOTP]):
        return "mfa_reauthenticate"
    return "mfa_reauthenticate_webauthn" if is_mfa_enabled(user) else ""


def ask_second_factor(request, *, why: str, back: str) -> HttpResponseRedirect:
    """To where a second factor is shown, or first set up, and from there to `back`; `why` is told on the way."""
    messages.info(request, why)
    if name := page_to_show(request.user):
        request.session.pop(GO_ON, None)
        return HttpResponseRedirect(f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: back})}")
    request.session[GO_ON] = back
    return HttpResponseRedirect(reverse("mfa_index"))
