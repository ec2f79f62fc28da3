"""`/apply/`: what the label asks for, the self-check, and signing up as a maker."""

import uuid

from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from certification.models import SelfCheck
from certification.programme import criteria_in_force
from certification.texts import CLAIMS
from makers.selectors import makers_of
from makers.services import sign_up_maker
from makers.stories.services import publish_maker_page

from .check import COOKIE
from .forms import SignUpForm


@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """Anyone reads; who is signed in and has no maker yet fills in the form."""
    if request.user.is_authenticated and makers_of(request.user).exists():
        return redirect("studio:today")
    allowed = request.user.is_authenticated and not request.user.is_staff
    initial = {"email": getattr(request.user, "email", ""), "language": get_language()}
    form = SignUpForm(request.POST or None, initial=initial) if allowed else None
    if form and request.method == "POST" and form.is_valid():
        maker = sign_up_maker(user=request.user, **form.details)
        publish_maker_page(maker)
        return redirect("studio:today")
    context = {
        "form": form,
        "claims": CLAIMS.values(),
        "own_check": _own_check(request),
        "share": criteria_in_force().criteria.share.normalize(),
    }
    return render(request, "apply/start.html", context, status=422 if form and form.errors else 200)


def _own_check(request) -> SelfCheck | None:
    """The self-check that was begun on this device and is no application yet."""
    try:
        key = uuid.UUID(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None
    return SelfCheck.objects.filter(key=key, application__isnull=True).first()
