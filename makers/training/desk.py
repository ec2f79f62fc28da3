"""The coordinators' desk: who was taken on, placements on record, what became of them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.models import AuditEntry
from marketplace.core.access import only
from marketplace.core.formtools import add_service_error

from . import selectors
from .forms import CorrectionForm, EndForm, PlacementForm
from .models import Placement
from .permissions import ConflictError, has_tie, is_coordinator
from .services import placements as service
from .words import Action, PlacementStatus
from .workflow import WrongMoment, possible_actions

PER_PAGE = 50
# What a coordinator may put on record about a placement, besides confirming it.
OUTCOMES = {
    Action.COMPLETE: gettext_lazy("Completed"),
    Action.END: gettext_lazy("Ended early"),
    Action.VOID: gettext_lazy("The record is wrong and must not count"),
}
VERBS = {
    "staff:placement:record": gettext_lazy("Recorded"),
    "staff:placement:confirm": gettext_lazy("Confirmed"),
    "staff:placement:complete": gettext_lazy("Completed"),
    "staff:placement:end": gettext_lazy("Ended early"),
    "staff:placement:void": gettext_lazy("Taken out of the count"),
}


coordinators = only(is_coordinator)


@coordinators
@require_safe
def index(request):
    status = request.GET.get("status", "")
    page = Paginator(selectors.placements(status), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "status": status, "statuses": PlacementStatus.choices, "desk_section": "placements"}
    return render(request, "training/desk_index.html", context)


@coordinators
@require_safe
def waiting(request):
    """People taken on through the site whose start nobody has recorded."""
    page = Paginator(selectors.not_yet_recorded(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/desk_waiting.html", {"page": page, "desk_section": "waiting"})


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def record(request, pk=None):
    """A start: of someone taken on through the site, or of someone from outside."""
    applicant = get_object_or_404(selectors.not_yet_recorded(), pk=pk) if pk else None
    form = PlacementForm(request.POST or None, applicant=applicant)
    if request.method == "POST" and form.is_valid():
        made = _try(form, service.record_placement, user=request.user, start=form)
        if made:
            messages.success(request, _("On record. It counts once someone else has confirmed it."))
            return redirect("training_desk:placement", made.pk)
    context = {"form": form, "applicant": applicant, "desk_section": "waiting" if applicant else "record"}
    return render(request, "training/desk_record.html", context, status=422 if form.errors else 200)


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def placement(request, pk):
    """One placement with its history; posting says what became of it."""
    row = _placement(pk)
    actions = possible_actions(row, request.user)
    choices = [(action.value, label) for action, label in OUTCOMES.items() if action in actions]
    form = EndForm(request.POST or None, actions=choices)
    if request.method == "POST" and form.is_valid() and _put_on_record(request, row, form):
        return redirect("training_desk:placement", pk)
    context = {
        "placement": row,
        "form": form if choices else None,
        "may_confirm": Action.CONFIRM in actions,
        "may_correct": Action.VOID in actions,
        "has_tie": has_tie(request.user, row.maker),
        "own_record": row.status == PlacementStatus.RECORDED and row.recorded_by_id == request.user.pk,
        "history": _history(row),
        "desk_section": "placements",
    }
    return render(request, "training/desk_placement.html", context, status=422 if form.errors else 200)


@coordinators
@require_POST
def confirm(request, pk):
    try:
        service.confirm_placement(user=request.user, placement=_placement(pk))
    except (ConflictError, WrongMoment) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Confirmed. It counts from now on."))
    return redirect("training_desk:placement", pk)


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, pk):
    """Replace a wrong record by a new one."""
    row = _placement(pk)
    if Action.VOID not in possible_actions(row, request.user):
        raise Http404
    known = {
        "maker": row.maker.slug, "kind": row.kind, "reference": row.reference, "partner": row.partner,
        "started_on": row.started_on,
    }  # fmt: skip
    form = CorrectionForm(request.POST or None, applicant=row.applicant, initial=known)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = _try(form, service.correct_placement, user=request.user, placement=row, start=form, reason=reason)
        if made:
            messages.success(request, _("Corrected. The new record counts once someone else has confirmed it."))
            return redirect("training_desk:placement", made.pk)
    context = {"form": form, "placement": row, "desk_section": "placements"}
    return render(request, "training/desk_correct.html", context, status=422 if form.errors else 200)


def _try(form, service_call, *, start: PlacementForm, **details) -> Placement | None:
    """The new placement, or None with the refusal in the form."""
    try:
        return service_call(start=start.start(), **details)
    except ValidationError as error:
        add_service_error(form, error)
    except (ConflictError, WrongMoment) as error:
        form.add_error(None, str(error))
    return None


def _put_on_record(request, row: Placement, form: EndForm) -> bool:
    data = form.cleaned_data
    try:
        if data["action"] == Action.COMPLETE:
            service.complete_placement(user=request.user, placement=row, day=data["day"])
        elif data["action"] == Action.END:
            service.end_placement(user=request.user, placement=row, day=data["day"], reason=data["reason"])
        else:
            service.void_placement(user=request.user, placement=row, reason=data["reason"])
    except ValidationError as error:
        add_service_error(form, error)
        return False
    except (ConflictError, WrongMoment) as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("On record."))
    return True


def _placement(pk) -> Placement:
    rows = Placement.objects.select_related(
        "maker", "recorded_by", "confirmed_by", "corrects", "corrected_by", "applicant__place__maker"
    )
    return get_object_or_404(rows, pk=pk)


def _history(row: Placement) -> list[dict]:
    entries = AuditEntry.objects.filter(subject=f"placement:{row.pk}").select_related("private__actor")
    return [{"entry": entry, "label": VERBS.get(entry.verb, entry.verb)} for entry in entries]
