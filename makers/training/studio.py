"""A maker's places and the people who applied for them; nobody sees another maker's."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.texts import STEPS
from makers.studio.access import studio
from marketplace.core import clock
from marketplace.core.formtools import add_service_error

from . import rules, selectors
from .forms import AnswerForm, PlaceForm, ReasonForm
from .models import Applicant, Place
from .services import applicants as applicant_service
from .services import places as service
from .words import Action, ApplicantStatus, PlaceStatus
from .workflow import WrongMoment, possible_actions

PER_PAGE = 25
SECTION = {"studio_section": "training"}
ANSWERS = {
    Action.INVITE: (gettext_lazy("Invite"), applicant_service.invite),
    Action.TAKE_ON: (gettext_lazy("Take on"), applicant_service.take_on),
    Action.DECLINE: (gettext_lazy("Decline"), applicant_service.decline),
}


@studio
@never_cache
@require_safe
def index(request):
    page = Paginator(selectors.places_of(request.maker), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/studio_index.html", SECTION | {"page": page})


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk=None):
    """A new draft, or a change to a draft or a published place."""
    row = _place(request, pk) if pk else Place(maker=request.maker, neighborhood=request.maker.neighborhood)
    form = PlaceForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = service.save_place(
                user=request.user, place=form.instance, languages=form.cleaned_data["languages"]
            )  # fmt: skip
        except ValidationError as error:
            add_service_error(form, error)
        except WrongMoment as error:
            messages.warning(request, str(error))
            return redirect("training_studio:place", pk)
        else:
            messages.success(request, _("Saved."))
            return redirect("training_studio:place", saved.pk)
    since, least = rules.minimum_wage(clock.today())
    context = SECTION | {"form": form, "place": row, "least_wage": least, "least_since": since}
    return render(request, "training/studio_edit.html", context, status=422 if form.errors else 200)


@studio
@never_cache
@require_safe
def place(request, pk):
    return _show(request, _place(request, pk))


@studio
@require_POST
def publish(request, pk):
    row = _place(request, pk)
    try:
        service.publish_place(user=request.user, place=row)
    except ValidationError as error:
        return _show(request, row, problems=error.messages)
    except WrongMoment as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Published. We write to you when someone applies."))
    return redirect("training_studio:place", pk)


@studio
@require_POST
def close(request, pk):
    try:
        service.close_place(user=request.user, place=_place(request, pk))
    except WrongMoment as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Closed. Please answer everyone who still waits."))
    return redirect("training_studio:place", pk)


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, pk):
    """Ask once more, with a reason for those who applied."""
    row = _place(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.withdraw_place(user=request.user, place=row, reason=form.cleaned_data["reason"])
        except WrongMoment as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Withdrawn. Everyone who waited gets your reason by e-mail."))
        return redirect("training_studio:place", pk)
    context = SECTION | {"form": form, "place": row}
    return render(request, "training/studio_withdraw.html", context, status=422 if form.errors else 200)


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def applicant(request, pk):
    """One person's application, with the answer."""
    rows = Applicant.objects.select_related("place__maker").exclude(status=ApplicantStatus.WITHDRAWN)
    row = get_object_or_404(rows, pk=pk, place__maker=request.maker)
    actions = [action for action in possible_actions(row, request.user) if action in ANSWERS]
    form = AnswerForm(request.POST or None, actions=[(action.value, ANSWERS[action][0]) for action in actions])
    if request.method == "POST" and form.is_valid() and _answer(request, row, form):
        return redirect("training_studio:place", row.place_id)
    context = SECTION | {"applicant": row, "place": row.place, "form": form if actions else None}
    return render(request, "training/studio_applicant.html", context, status=422 if form.errors else 200)


def _answer(request, row: Applicant, form: AnswerForm) -> bool:
    _label, answer = ANSWERS[Action(form.cleaned_data["action"])]
    try:
        answer(user=request.user, applicant=row, answer=form.cleaned_data["answer"])
    except ValidationError as error:
        add_service_error(form, error)
        return False
    except WrongMoment as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Sent. The person gets your words by e-mail."))
    return True


def _place(request, pk) -> Place:
    return get_object_or_404(selectors.places_of(request.maker).prefetch_related("languages"), pk=pk)


def _show(request, row: Place, *, problems=()):
    page = Paginator(selectors.applicants_of(row), PER_PAGE).get_page(request.GET.get("page"))
    context = SECTION | {
        "place": row,
        "page": page,
        "problems": problems,
        "actions": possible_actions(row, request.user),
        "editable": row.status in (PlaceStatus.DRAFT, PlaceStatus.PUBLISHED),
        "steps": [STEPS[step] for step in row.steps],
        "months": service.RETENTION_MONTHS,
    }
    return render(request, "training/studio_place.html", context, status=422 if problems else 200)
