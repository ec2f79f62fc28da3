"""What the desk's buttons do: each takes a form, calls one service, and comes back to the case."""

from collections.abc import Callable
from functools import wraps

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from catalog.search.listing import refresh_listings
from certification.letters import send_decision, send_question
from certification.models import Application
from certification.permissions import ConflictError
from certification.selectors import covered_products
from certification.services import evidence, panel, thread, visits
from certification.services import review as service
from certification.workflow import WrongMoment

from . import forms
from .access import case_desk
from .views import get_case, show_case


def case_action(*, form: Callable, done: str, key: Callable = lambda name, kwargs: name):
    """A view around `function(user, case, data, **kwargs)`; its refusals are shown on the case's own screen.

    `form(post, case)` makes the bound form, `done` is said when it worked.
    """

    def wrapper(function):
        @case_desk(Application)
        @require_POST
        @wraps(function)
        def view(request, pk, **kwargs):
            case = get_case(request, pk)
            sent = form(request.POST, case)
            shown = {key(function.__name__, kwargs): sent}
            if not sent.is_valid():
                return show_case(request, case, bound=shown, status=422)
            try:
                function(request.user, case, sent.cleaned_data, **kwargs)
            except ValidationError as error:
                sent.add_error(None, error)
                return show_case(request, case, bound=shown, status=422)
            except (ConflictError, WrongMoment) as error:
                messages.error(request, str(error))
            else:
                messages.success(request, done)
            return redirect("review:case", pk)

        return view

    return wrapper


def _no_form(post, case) -> django_forms.Form:
    return django_forms.Form(post)


@case_action(form=_no_form, done=_("You are the evaluator of this case now."))
def start(user, case: Application, data: dict) -> None:
    service.start_evaluation(user=user, application=case)


@case_action(
    form=lambda post, case: forms.ConflictForm(post, auto_id="conflict_%s"),
    done=_("Your tie is on record. You take no part in this maker's cases."),
)
def conflict(user, case: Application, data: dict) -> None:
    service.declare_conflict(user=user, maker=case.maker, application=case, **data)


@case_action(form=lambda post, case: forms.QuestionForm(post, auto_id="ask_%s"), done=_("The maker has been asked."))
def ask(user, case: Application, data: dict) -> None:
    with transaction.atomic():
        send_question(service.ask_maker(user=user, application=case, **data))


@case_action(
    form=lambda post, case: forms.RecommendForm(post, claims=case.claims, auto_id="recommend_%s"),
    done=_("Recommended. Someone else decides now."),
)
def recommend(user, case: Application, data: dict) -> None:
    service.recommend(user=user, application=case, **data)


@case_action(
    form=lambda post, case: forms.DecideForm(post, claims=case.claims, auto_id="decide_%s"),
    done=_("Done. The maker is told."),
)
def decide(user, case: Application, data: dict) -> None:
    """Grant, refuse or return; shop and maker learn of it in the same transaction."""
    words = {"reason": data["reason"], "reasons": data["reasons"]}
    with transaction.atomic():
        if data["decision"] == "return":
            service.return_case(user=user, application=case, reason=data["reason"])
            return
        if data["decision"] == "grant":
            decided = service.grant(user=user, application=case, claims=data["claims"], **words)
        else:
            decided = service.refuse(user=user, application=case, **words)
        refresh_listings(covered_products(case))
        send_decision(decided)


@case_action(form=lambda post, case: forms.JudgeForm(post), done=_("Noted."))
def judge(user, case: Application, data: dict, key) -> None:
    item = get_object_or_404(case.evidence, key=key)
    evidence.judge_evidence(user=user, evidence=item, **data)


@case_action(
    form=lambda post, case: forms.WorkplaceForm(post),
    done=_("The workplace check is on record."),
    key=lambda name, kwargs: f"workplace_{kwargs['workplace']}",
)
def workplace(user, case: Application, data: dict, workplace: int) -> None:
    service.check_workplace(user=user, application=case, workplace_id=workplace, **data)


@case_action(form=lambda post, case: forms.MessageForm(post, auto_id="message_%s"), done=_("Sent."))
def message(user, case: Application, data: dict) -> None:
    thread.write(user=user, application=case, **data)


@case_action(form=lambda post, case: forms.AssignForm(post, auto_id="assign_%s"), done=_("Noted."))
def assign(user, case: Application, data: dict) -> None:
    service.assign(user=user, application=case, **data)


@case_action(
    form=lambda post, case: forms.VisitForm(post, case=case, auto_id="visit_%s"),
    done=_("The visit is planned."),
    key=lambda name, kwargs: "visit",
)
def case_visit(user, case: Application, data: dict) -> None:
    visits.plan_visit(user=user, application=case, **data)


@case_action(form=lambda post, case: forms.PanelForm(post, auto_id="panel_%s"), done=_("The seat is given."))
def seat(user, case: Application, data: dict) -> None:
    panel.invite(user=user, application=case, member=data["member"], role=data["role"], reason=data["reason"])
