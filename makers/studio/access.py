"""Who gets into a maker's studio, and which of their makers a person works on."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect

from makers.models import Maker
from makers.selectors import makers_of

SESSION_KEY = "studio_maker"


def current_maker(request) -> Maker | None:
    """The chosen maker of this person, else the first one; None for people without a maker."""
    own = makers_of(request.user).order_by("pk")
    chosen = request.session.get(SESSION_KEY)
    return (own.filter(pk=chosen).first() if chosen else None) or own.first()


def studio(view):
    """Sign-in for visitors; people without a maker are led to the application, staff get 404."""

    @wraps(view)
    @login_required
    def guarded(request, *args, **kwargs):
        request.maker = current_maker(request)
        if request.maker is not None:
            return view(request, *args, **kwargs)
        if request.user.is_staff or request.method not in ("GET", "HEAD"):
            raise Http404
        return redirect("apply:start")

    return guarded
