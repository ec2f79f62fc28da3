"""A second factor for every staff session, whichever door it came through; staff tools for staff alone."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from .doors import is_closed_door
from .second_factor import has_second_factor, page_to_show

STAFF_TOOLS = ("/cms/", "/admin/")
# Pages that a staff member without a second factor needs to get one, or to leave.
_OPEN_PREFIXES = ("/account/2fa/", "/account/logout/", "/account/reauthenticate/", "/static/", "/media/")
EDITOR = "wagtailadmin.access_admin"


class StaffSecondFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated or not request.user.is_staff:
            return self.get_response(request)
        path = request.path_info.removeprefix("/es")
        if path.startswith(_OPEN_PREFIXES) or has_second_factor(request):
            return self.get_response(request)
        return HttpResponseRedirect(reverse(page_to_show(request.user) or "mfa_activate_totp"))


class StaffToolsMiddleware:
    """Wagtail's and Django's screens know permissions of their own; here only staff get as far as that."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = request.path_info
        if request.user.is_staff and path.startswith("/cms/") and not request.user.has_perm(EDITOR):
            # Wagtail would lead them to the sign-in page, which leads people who are in back here: for ever.
            raise PermissionDenied
        if request.user.is_staff or not path.startswith(STAFF_TOOLS) or is_closed_door(path):
            return self.get_response(request)
        if request.user.is_authenticated:
            raise Http404
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
