"""The tax desk: which rate holds where and why, files of rates, other states, the quarter's report."""

import csv

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.checkout.states import NAMES
from marketplace.core import clock
from marketplace.core.access import only
from marketplace.core.csv import safe_cell
from marketplace.core.formtools import add_service_error

from . import files, loading, obligations
from . import report as reports
from .finding import rate_for
from .forms import AddressForm, ApplyForm, EndForm, LoadForm, ObligationForm, seal, today_initial
from .models import Obligation, RateLoad, TaxRate
from .permissions import LOAD, OBLIGE, is_reader, may
from .providers import STRIPE, provider_name
from .rates import Destination, TaxUnknown, Why

PER_PAGE = 100
SHOWN_LOADS = 12
REASONS = {
    Why.TYPED_CITY: gettext_lazy("The city as typed has a rate of its own, or is known to be in no city."),
    Why.ZIP_CITY: gettext_lazy("The ZIP code's own city has a rate of its own; what was typed names no city there."),
    Why.HIGHER_OF_TWO: gettext_lazy(
        "The Postal Service does not use the typed city for this ZIP code: the higher rate of the two places holds."
    ),
    Why.COUNTY: gettext_lazy("The ZIP code belongs to no city with a rate: the county's rate for such places holds."),
    Why.STATE: gettext_lazy("Neither city nor county has a rate in the table: the state's base rate holds."),
    Why.NO_OBLIGATION: gettext_lazy("No tax is collected in this state on this day."),
}


bookkeepers = only(is_reader)


def _page(request, template: str, section: str, context: dict, form=None):
    shared = {
        "desk_section": section, "may_load": may(request.user, LOAD), "may_oblige": may(request.user, OBLIGE),
        "missing": "" if provider_name() == STRIPE else loading.what_is_missing(),
    }  # fmt: skip
    return render(request, template, shared | context, status=422 if form is not None and form.errors else 200)


@bookkeepers
@require_safe
def index(request):
    """Which rate for this address, and why."""
    asked = "zip_code" in request.GET
    form = AddressForm(request.GET if asked else None, initial=today_initial())
    context = {"form": form, "by_stripe": provider_name() == STRIPE}
    if asked and form.is_valid():
        context |= _answer(form.cleaned_data)
    return _page(request, "tax/index.html", "address", context, form)


def _answer(data: dict) -> dict:
    destination = Destination(data["state"], data["zip_code"], city=data["city"])
    try:
        rate = rate_for(destination, data["day"])
    except TaxUnknown:
        return {"unknown": True}
    answer = {"rate": rate, "why": REASONS[rate.why]}
    if rate.rate_id is None:
        return answer
    row = TaxRate.objects.select_related("load").get(pk=rate.rate_id)
    same = TaxRate.objects.filter(state=row.state, county=row.county, city=row.city)
    return answer | {"row": row, "history": same.exclude(until__lt=F("from_day")).order_by("-from_day")}


@bookkeepers
@require_safe
def rates(request):
    """Rates in force today, by place."""
    today, words = clock.today(), " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    found = TaxRate.objects.filter(Q(until=None) | Q(until__gte=today), from_day__lte=today)
    if words:
        found = found.filter(Q(place__icontains=words) | Q(county__icontains=words) | Q(code__iexact=words))
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "words": words,
        "loads": RateLoad.objects.select_related("loaded_by")[:SHOWN_LOADS],
    }  # fmt: skip
    return _page(request, "tax/rates.html", "rates", context)


@bookkeepers
@require_http_methods(["GET", "HEAD", "POST"])
def load(request):
    """A file is read and compared; what it would change is shown, nothing is changed."""
    if not may(request.user, LOAD):
        raise PermissionDenied
    form = LoadForm(request.POST or None, request.FILES or None)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        context |= _preview(request.user, form)
    return _page(request, "tax/load.html", "load", context, form)


def _preview(user, form: LoadForm) -> dict:
    upload, state, from_day = (form.cleaned_data[name] for name in ("file", "state", "from_day"))
    try:
        places = files.read(upload.read(files.LARGEST_FILE + 1), state=state)
        plan = loading.plan(places, state=state, from_day=from_day)
    except ValidationError as error:
        in_file = ValidationError({"file": error.messages}) if not hasattr(error, "error_dict") else error
        add_service_error(form, in_file)
        return {}
    sealed = seal(user, state=state, from_day=from_day, name=upload.name, places=places)
    return {"plan": plan, "apply_form": ApplyForm(initial={"looked_at": sealed}, user=user), "file_name": upload.name}


@bookkeepers
@require_POST
def apply(request):
    """What was looked at is taken over."""
    form, again = ApplyForm(request.POST, user=request.user), LoadForm()
    if form.is_valid():
        state, from_day, name, places = form.cleaned_data["looked_at"]
        try:
            found = loading.load_rates(user=request.user, places=places, file_name=name, state=state, from_day=from_day)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            count = len(found.changes)
            said = ngettext("Loaded: %(count)s rate changed.", "Loaded: %(count)s rates changed.", count)
            messages.success(request, said % {"count": count})
            return redirect("tax:rates")
    return _page(request, "tax/load.html", "load", {"form": again, "failed": form}, form)


@bookkeepers
@require_http_methods(["GET", "HEAD", "POST"])
def states(request):
    """Where tax is collected besides California."""
    form = ObligationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = obligations.begin_obligation(user=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("Tax is collected there from that day: %(state)s.") % {"state": made.state})
            return redirect("tax:states")
    rows = [(row, NAMES.get(row.state, row.state)) for row in Obligation.objects.select_related("set_by", "ended_by")]
    return _page(request, "tax/states.html", "states", {"form": form, "rows": rows}, form)


@bookkeepers
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, pk):
    """Tax is collected in a state no more."""
    row = get_object_or_404(Obligation, pk=pk, until=None)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            obligations.end_obligation(user=request.user, obligation=row, **form.cleaned_data)
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("Tax is collected there until that day."))
            return redirect("tax:states")
    context = {"form": form, "row": row, "state_name": NAMES.get(row.state, row.state)}
    return _page(request, "tax/end.html", "states", context, form)


def _asked_quarter(request) -> reports.Quarter:
    return reports.Quarter.parse(request.GET.get("quarter", "")) or reports.Quarter.of(clock.today())


@bookkeepers
@require_safe
def report(request):
    """A quarter by district, beside the ledger."""
    quarter = _asked_quarter(request)
    context = {"report": reports.report_of(quarter), "quarters": reports.quarters()}
    return _page(request, "tax/report.html", "report", context)


@bookkeepers
@require_safe
def report_csv(request):
    """The same as a file for the return."""
    found = reports.report_of(_asked_quarter(request))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sales-tax-{found.quarter}.csv"'
    plain = csv.writer(response)
    for row in reports.csv_rows(found):
        plain.writerow([*map(safe_cell, row[:3]), *row[3:]])
    return response
