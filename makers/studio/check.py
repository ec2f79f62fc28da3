"""`/apply/check/…`: the self-check's pages. Its address is private: whoever knows it goes on with the answers."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.citymap import nearest
from certification.models import SelfCheck
from certification.permissions import may_edit
from makers.models import Operator
from makers.stories.services import publish_maker_page
from marketplace.core.formtools import add_service_error
from marketplace.core.limits import passed_limit

from . import selfcheck
from .access import current_maker
from .autosave import is_autosave, saved_now
from .check_forms import MOST_PLACES, GoOnForm
from .forms import SignUpForm

COOKIE = "self_check"
SECONDS = selfcheck.KEPT_DAYS * 86_400
PER_HOUR = 30


@require_POST
def new(request):
    """Begin; the cookie lets the same device come back."""
    if passed_limit(request, "selfcheck", most=PER_HOUR, seconds=3600):
        return redirect("apply:start")
    check = selfcheck.begin()
    response = redirect("apply:check_part", check.key, "what")
    response.set_cookie(
        COOKIE, str(check.key), max_age=SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@never_cache
@require_safe
def resume(request, key):
    """The private address: on to the first open question, or to the answer."""
    check = _get(key)
    part = selfcheck.first_open(check)
    return redirect("apply:check_part", key, part) if part else redirect("apply:check_answer", key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def part(request, key, part):
    """One part with its questions; what is typed is kept whether it is right or not."""
    check = _get(key)
    if part not in selfcheck.PARTS:
        raise Http404
    if check.application_id:
        return redirect("apply:check_answer", key)
    if request.method == "POST":
        selfcheck.keep(check, part, _typed(request, part))
        if is_autosave(request):
            return saved_now()
    try:
        form = selfcheck.form_of(check, part)
    except KeyError:
        return redirect("apply:check", key)
    if request.method == "POST" and "add" in request.POST:
        return redirect(reverse("apply:check_part", args=[key, part]) + "#last")
    if request.method == "POST" and form.is_valid():
        later = selfcheck.PARTS[selfcheck.PARTS.index(part) + 1 :]
        return redirect("apply:check_part", key, later[0]) if later else redirect("apply:check_answer", key)
    number = selfcheck.PARTS.index(part) + 1
    context = {
        "check": check, "form": form, "part": part, "number": number, "total": len(selfcheck.PARTS),
        "before": selfcheck.PARTS[number - 2] if number > 1 else "", "most_places": MOST_PLACES,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return _private(render(request, f"apply/check_{part}.html", context, status=status))


@never_cache
@require_safe
def answer(request, key):
    """What each claim's chances are, why, and what to bring."""
    check = _get(key)
    if selfcheck.first_open(check):
        return redirect("apply:check", key)
    answers = selfcheck.read(check)
    context = {
        "check": check, "answers": answers, "prospects": selfcheck.judge(answers),
        "address": request.build_absolute_uri(reverse("apply:check", args=[key])), "days": selfcheck.KEPT_DAYS,
        "may_open": check.application_id and may_edit(request.user, check.application),
    }  # fmt: skip
    return _private(render(request, "apply/check_answer.html", context))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request, key):
    """From the answers to the application; a person without a maker signs up on the way."""
    check = _get(key)
    if request.user.is_staff:
        raise Http404
    if selfcheck.first_open(check):
        return redirect("apply:check", key)
    answers, maker = selfcheck.read(check), current_maker(request)
    possible = [item.claim.value for item in selfcheck.judge(answers) if item.possible]
    form = GoOnForm(request.POST or None, initial={"claims": possible})
    sign_up = None if maker else SignUpForm(request.POST or None, initial=_known(request, answers))
    if request.method == "POST" and form.is_valid() and (sign_up is None or sign_up.is_valid()):
        details = {"maker": maker} if sign_up is None else {"sign_up": sign_up.details}
        case = _go_on(request, check, form, details)
        if case:
            return redirect("studio:application", case.pk)
    context = {"check": check, "answers": answers, "form": form, "sign_up": sign_up, "maker": maker}
    wrong = form.errors or (sign_up and sign_up.errors)
    return _private(render(request, "apply/check_continue.html", context, status=422 if wrong else 200))


def _go_on(request, check: SelfCheck, form: GoOnForm, details: dict):
    try:
        case = selfcheck.go_on(user=request.user, check=check, claims=form.cleaned_data["claims"], **details)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        add_service_error(form, error)
        return None
    publish_maker_page(case.maker)
    return case


def _known(request, answers: selfcheck.Answers) -> dict:
    """What the answers and the account tell of the business."""
    own = [place for place in answers.places if place.operated_by == Operator.OWN] or answers.places
    pinned = next((place for place in own if place.latitude is not None), None)
    near = nearest(pinned.latitude, pinned.longitude).name if pinned else ""
    known = {"email": request.user.email, "language": get_language(), "neighborhood": near}
    return known | {"name": answers.shop, "legal_name": answers.shop}


def _typed(request, part: str) -> dict[str, str]:
    """The posted fields; one more empty address where that was asked for."""
    typed = {name: value for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "add")}
    total = typed.get("place-TOTAL_FORMS", "")
    if part == "places" and "add" in request.POST and total.isdecimal():
        typed["place-TOTAL_FORMS"] = str(min(int(total) + 1, MOST_PLACES))
    return typed


def _get(key) -> SelfCheck:
    return get_object_or_404(SelfCheck.objects.select_related("application__maker"), key=key)


def _private(response):
    """The address is a key, so no search engine lists it; other sites never learn a path (core.headers)."""
    response["X-Robots-Tag"] = "noindex"
    return response
