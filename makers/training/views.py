"""`/training/`: places for everyone, applying without an account, the private page of an application, the counter."""

import csv

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.texts import STEPS
from marketplace.core.csv import safe_cell
from marketplace.core.formtools import add_service_error

from . import selectors
from .forms import ApplyForm
from .limits import too_many
from .models import Applicant, Place
from .services import applicants as service
from .services.places import RETENTION_MONTHS
from .targets import TARGET_YEAR, TARGETS
from .words import Action, ApplicantStatus, Kind, Language
from .workflow import APPLICANT, WrongMoment

PER_PAGE = 20
CSV_COLUMNS = ["kind", "year", "partner", "started", "completed", "ended_early"]


@require_safe
def index(request):
    """The list with its filters; whatever does not make sense is left out, never an error."""
    asked = selectors.Asked.of(request.GET)
    page = Paginator(selectors.found_places(asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "filtered": asked != selectors.Asked(),
        "kinds": Kind.choices,
        "languages": Language.choices,
        "neighborhoods": selectors.neighborhoods(),
        "paid_choices": [("yes", _("Paid")), ("no", _("Unpaid"))],
        "bars": selectors.progress(),
    }
    return render(request, "training/index.html", context)


@require_safe
def place(request, pk):
    return _show_place(request, _place(pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request, pk):
    """The form; the answer is the same whether this address had applied before or not."""
    row = _place(pk)
    if not row.is_open:
        return redirect("training:place", pk)
    form = ApplyForm(request.POST or None, place=row)
    if request.method == "POST" and form.is_valid() and _hand_in(request, row, form):
        return redirect("training:sent", pk)
    return _show_place(request, row, form)


def _hand_in(request, row: Place, form: ApplyForm) -> bool:
    if form.cleaned_data["website"]:
        return True  # a program filled in the trap: it hears the same as everyone and nothing is kept
    if too_many(request, form.cleaned_data["email"]):
        form.add_error(None, _("Many applications came from here in a short time. Please try again in an hour."))
        return False
    try:
        service.apply_for(place=row, person=form.person(get_language()))
    except ValidationError as error:
        add_service_error(form, error)
        return False
    return True


@require_safe
def sent(request, pk):
    return render(request, "training/sent.html", {"place": _place(pk), "months": RETENTION_MONTHS})


@never_cache
@require_safe
def status(request, token):
    return _show_status(request, _by_token(token))


@never_cache
@require_POST
def withdraw(request, token):
    applicant = _by_token(token)
    try:
        service.step_back(token=token)
    except ValidationError as error:
        return _show_status(request, applicant, " ".join(error.messages))
    except WrongMoment as error:
        return _show_status(request, applicant, str(error))
    return redirect("training:status", token)


@require_safe
def progress(request):
    bars = selectors.progress()
    years = sorted({year for bar in bars for year in bar.years})
    table = [(year, [bar.years.get(year, selectors.Numbers()) for bar in bars]) for year in years]
    context = {
        "bars": bars,
        "table": table,
        "since": selectors.counted_since(),
        "target_year": str(TARGET_YEAR),
        "targets": TARGETS,
    }
    return render(request, "training/progress.html", context)


@require_safe
def progress_csv(request):
    """The counter as open data: one line for each kind, year and partner organization."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="training-progress.csv"'
    writer = csv.writer(response)
    writer.writerow(CSV_COLUMNS)
    for kind, year, partner, numbers in selectors.progress_rows():
        values = (kind, year, partner, numbers.started, numbers.completed, numbers.ended)
        writer.writerow([safe_cell(value) for value in values])
    return response


def _place(pk) -> Place:
    return get_object_or_404(selectors.public_places().prefetch_related("languages"), pk=pk)


def _by_token(token: str) -> Applicant:
    applicant = Applicant.objects.select_related("place__maker").filter(token=token).first()
    if applicant is None:
        raise Http404
    return applicant


def _show_place(request, row: Place, form: ApplyForm | None):
    form = form or (ApplyForm(place=row) if row.is_open else None)
    context = {
        "place": row,
        "form": form,
        "steps": [STEPS[step] for step in row.steps],
        "months": RETENTION_MONTHS,
    }
    return render(request, "training/place.html", context, status=422 if form and form.errors else 200)


def _show_status(request, applicant: Applicant, problem: str = ""):
    context = {
        "applicant": applicant,
        "place": applicant.place,
        "problem": problem,
        "may_withdraw": (applicant.status, Action.WITHDRAW) in APPLICANT,
        "withdrawn": applicant.status == ApplicantStatus.WITHDRAWN,
        "months": RETENTION_MONTHS,
    }
    return render(request, "training/status.html", context, status=409 if problem else 200)
