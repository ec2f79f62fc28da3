"""One door: every sign-in, sign-out and password page of Wagtail, Oscar and Django's admin leads to allauth's."""

import re

from django.http import HttpResponseRedirect
from django.urls import path, re_path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

_ELSEWHERE = {
    r"^(?:cms|admin)/login/$": "account_login",
    r"^(?:cms|admin)/logout/$": "account_logout",
    r"^(?:es/)?_util/login/$": "account_login",
    r"^cms/password_reset/": "account_reset_password",
    r"^cms/account/change_password/$": "account_change_password",
    r"^cms/account/change_email/$": "account_email",
    r"^admin/password_change/": "account_change_password",
}


def to_the_door(name: str):
    """A view that redirects to allauth's page `name`, keeping a safe `next`."""

    def view(request):
        address = reverse(name)
        after = request.GET.get("next", "")
        if after and url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
            address = f"{address}?{urlencode({'next': after})}"
        return HttpResponseRedirect(address)

    return view


def is_closed_door(path: str) -> bool:
    """Whether a path (with its leading slash) is one of the other doors."""
    return any(re.match(pattern, path.removeprefix("/")) for pattern in _ELSEWHERE)


closed_doors = [re_path(pattern, to_the_door(name)) for pattern, name in _ELSEWHERE.items()]

# Names that Oscar's templates and middleware reverse; its customer pages themselves are not mounted.
oscar_customer_urls = [
    path("login/", to_the_door("account_login"), name="login"),
    path("logout/", to_the_door("account_logout"), name="logout"),
    path("register/", to_the_door("account_signup"), name="register"),
    path("", to_the_door("account:home"), name="summary"),
]
