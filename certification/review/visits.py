"""Site visits, made with a phone in the hand: what is planned, photos one by one, the report."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.doing import do
from certification.models import SiteVisit
from certification.services import visits as service
from certification.words import VisitStatus
from marketplace.core import clock

from . import forms
from .access import case_desk, desk


@desk
@require_safe
def index(request):
    """What is planned, one's own visits first."""
    planned = SiteVisit.objects.filter(status=VisitStatus.PLANNED).order_by("planned_for", "pk")
    rows = planned.select_related("application__maker", "workplace", "visitor")
    context = {
        "own": rows.filter(visitor=request.user), "others": rows.exclude(visitor=request.user),
        "today": clock.today(), "desk_section": "visits",
    }  # fmt: skip
    return render(request, "review/visits.html", context)


@case_desk(SiteVisit)
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request, pk):
    """The visit's own page; its visitor writes the report here."""
    row = _visit(pk)
    form = _report_form(request, row)
    if request.method == "POST" and form is None:
        raise Http404
    if form and request.method == "POST" and form.is_valid():
        act = partial(service.report_visit, user=request.user, visit=row, **form.cleaned_data)
        if do(request, form, act, _("The visit is on record.")):
            return redirect("review:visit", pk)
    return _show(request, row, form=form)


@case_desk(SiteVisit)
@require_POST
def photo(request, pk):
    row = _visit(pk)
    form = forms.PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        act = partial(service.add_photo, user=request.user, visit=row, upload=form.cleaned_data["photo"])
        if do(request, form, act, _("The photo is here.")):
            return redirect("review:visit", pk)
    return _show(request, row, photo_form=form)


@case_desk(SiteVisit)
@require_POST
def cancel(request, pk):
    row = _visit(pk)
    form = forms.ReasonForm(request.POST)
    if form.is_valid():
        act = partial(service.cancel_visit, user=request.user, visit=row, **form.cleaned_data)
        if do(request, form, act, _("The visit is called off.")):
            return redirect("review:visit", pk)
    return _show(request, row, cancel_form=form)


def _visit(pk) -> SiteVisit:
    return get_object_or_404(SiteVisit.objects.select_related("application__maker", "workplace", "visitor"), pk=pk)


def _report_form(request, row: SiteVisit):
    if row.status != VisitStatus.PLANNED or row.visitor_id != request.user.pk:
        return None
    return forms.VisitReportForm(request.POST or None, initial={"visited_on": clock.today()})


def _show(request, row: SiteVisit, *, form=None, photo_form=None, cancel_form=None):
    own = row.status == VisitStatus.PLANNED and row.visitor_id == request.user.pk
    wrong = any(item and item.errors for item in (form, photo_form, cancel_form))
    if own and form is None:
        form = forms.VisitReportForm(initial={"visited_on": clock.today()})
    context = {
        "visit": row, "form": form, "photo_form": (photo_form or forms.PhotoForm()) if own else None,
        "cancel_form": cancel_form or forms.ReasonForm(auto_id="cancel_%s"), "photos": row.photos.all(),
        "is_planned": row.status == VisitStatus.PLANNED, "desk_section": "visits",
    }  # fmt: skip
    return render(request, "review/visit.html", context, status=422 if wrong else 200)
