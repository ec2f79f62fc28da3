"""Strangers get 404: a refusal by a service never tells that the thing exists."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views.decorators.cache import never_cache
from django.views.defaults import page_not_found

_STAFF_TOOLS = ("/cms/", "/admin/")


def only(may_enter: Callable) -> Callable:
    """For a desk's views: sign-in for visitors, 404 for everyone whom `may_enter(user)` refuses; kept by no cache."""

    def decorate(view):
        @wraps(view)
        @login_required
        @never_cache
        def guarded(request, *args, **kwargs):
            if not may_enter(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


class StrangersGet404Middleware:
    """Turns PermissionDenied into 404, except in the staff's tools, whose own pages explain it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, PermissionDenied) and not request.path_info.startswith(_STAFF_TOOLS):
            return page_not_found(request, Http404())
        return None
