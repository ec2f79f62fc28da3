"""Appeals, complaints and surveillance at the desk: lists by the day they are due, one page for each."""

from collections.abc import Callable
from functools import partial

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.search.listing import refresh_listings
from certification.doing import do
from certification.letters import send_appeal, send_complaint
from certification.models import Appeal, Complaint, SurveillanceCheck, SurveillanceDraw
from certification.permissions import has_conflict
from certification.selectors import covered_products, history, register_rows
from certification.services import appeals as appeal_service
from certification.services import complaints as complaint_service
from certification.services import surveillance as surveillance_service
from certification.words import Action, AppealStatus, CheckStatus, ComplaintStatus, Perm
from certification.workflow import possible_actions
from marketplace.core import clock

from . import forms
from .access import case_desk, desk

PER_PAGE = 50


@desk
@require_safe
def appeals(request):
    rows = Appeal.objects.select_related("application__maker", "application__product", "hearer")
    return _list(request, rows, [AppealStatus.FILED, AppealStatus.HEARING], "appeals", _("Appeals"))


@case_desk(Appeal)
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request, pk):
    """Hear an appeal and answer it; what is undone by it is undone in the same moment."""
    row = get_object_or_404(Appeal.objects.select_related("application__maker", "certificate", "hearer"), pk=pk)

    def act(action: Action, text: str) -> None:
        if action == Action.HEAR:
            appeal_service.hear(user=request.user, appeal=row)
            return
        service = appeal_service.uphold if action == Action.UPHOLD else appeal_service.dismiss
        send_appeal(service(user=request.user, appeal=row, text=text))
        refresh_listings(covered_products(row.application))

    return _page(request, row, act, "review/appeal.html", "appeals", _("What the maker is told"))


@desk
@require_safe
def complaints(request):
    rows = Complaint.objects.select_related("certificate__maker", "handler")
    return _list(request, rows, [ComplaintStatus.RECEIVED, ComplaintStatus.LOOKING], "complaints", _("Reported badges"))


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request, pk):
    """Look at a reported badge and answer; a sanction, where one is due, is made on the certificate's page."""
    rows = Complaint.objects.select_related("certificate__maker", "certificate__application", "handler")
    row = get_object_or_404(rows, pk=pk)

    def act(action: Action, text: str) -> None:
        if action == Action.LOOK:
            complaint_service.look_at(user=request.user, complaint=row)
            return
        justified = action == Action.UPHOLD
        send_complaint(
            complaint_service.answer(user=request.user, complaint=row, justified=justified, text=text)
        )  # fmt: skip

    return _page(request, row, act, "review/complaint.html", "complaints", _("What the reporter is told"))


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def surveillance(request):
    """The checks that are due, and the draw of this year where it has not been made."""
    drawn = SurveillanceDraw.objects.filter(year=clock.today().year).first()
    may_draw = drawn is None and request.user.has_perm(Perm.DECIDE)
    form = forms.DrawForm(request.POST or None) if may_draw else None
    if request.method == "POST" and form is None:
        raise Http404
    if form and request.method == "POST" and form.is_valid():
        act = partial(surveillance_service.draw_year, user=request.user, **form.cleaned_data)
        if do(request, form, act, _("Drawn. Seed, population and result are public now.")):
            return redirect("review:surveillance")
    rows = SurveillanceCheck.objects.select_related("certificate__maker", "draw", "checker")
    page = Paginator(rows.order_by("-draw__year", "status", "position"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": page.object_list, "page": page, "form": form, "draws": SurveillanceDraw.objects.all(),
        "population": surveillance_service.population() if may_draw else [], "today": clock.today(),
        "desk_section": "surveillance",
    }  # fmt: skip
    return render(request, "review/surveillance.html", context, status=422 if form and form.errors else 200)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, pk):
    """What came of looking again at a certificate that was drawn."""
    rows = SurveillanceCheck.objects.select_related("certificate__maker", "certificate__application", "draw")
    row = get_object_or_404(rows, pk=pk)

    def act(action: Action, text: str) -> None:
        if action == Action.CLOSE:
            surveillance_service.close_check(user=request.user, check=row)
            return
        service = surveillance_service.pass_check if action == Action.PASS else surveillance_service.fail_check
        service(user=request.user, check=row, report=text)

    return _page(request, row, act, "review/check.html", "surveillance", _("What was looked at, and what was seen"))


def _list(request, rows, running: list, section: str, title: str):
    """Open ones first by the day they are due, then the answered ones."""
    is_open = request.GET.get("show") != "all"
    rows = rows.filter(status__in=running).order_by("due_on", "pk") if is_open else rows.order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": page.object_list, "page": page, "title": title, "is_open": is_open, "today": clock.today(),
        "desk_section": section,
    }  # fmt: skip
    return render(request, f"review/{section}.html", context)


def _page(request, row, act: Callable[[Action, str], None], template: str, section: str, label: str):
    """One page of a row with what this person may do with it now."""
    actions = [action for action in possible_actions(row, request.user) if action != Action.DROP]
    form = forms.ActionForm(request.POST or None, actions=actions, label=label)
    if request.method == "POST" and not actions:
        raise Http404
    if request.method == "POST" and form.is_valid():
        action, text = Action(form.cleaned_data["action"]), form.cleaned_data["text"]
        if do(request, form, partial(act, action, text), _("Done.")):
            return redirect(request.path)
    certificate = row.certificate
    context = {
        "row": row, "form": form if actions else None, "certificate": certificate, "desk_section": section,
        "record": register_rows([certificate])[0] if certificate else None,
        "has_conflict": has_conflict(request.user, row.maker),
        "history": history(row.application), "is_open": row.status in (CheckStatus.DUE, *_OPEN),
    }  # fmt: skip
    return render(request, template, context, status=422 if form.errors else 200)


_OPEN = (AppealStatus.FILED, AppealStatus.HEARING, ComplaintStatus.RECEIVED, ComplaintStatus.LOOKING)
