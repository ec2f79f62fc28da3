"""The staff's desk: what waits, one case with everything about it, certificates."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.search.listing import refresh_listings
from certification import permissions, selectors
from certification.cases import case_of, findings_for, place_of_facts
from certification.models import Application, Certificate, RegisterEntry
from certification.permissions import ConflictError
from certification.programme import current_area
from certification.rules import Claim, outcomes
from certification.selectors import covered_products
from certification.services import applications
from certification.services import certificates as certificate_services
from certification.texts import merged
from certification.words import QUEUE_STATUSES, Action, ApplicationStatus, Perm
from certification.workflow import WrongMoment, possible_actions
from marketplace.core import clock
from marketplace.core.formtools import add_service_error

from . import forms
from .access import desk

PER_PAGE = 50
SERVICE_LEVEL_DAYS = 14
SANCTIONS = (Action.SUSPEND, Action.REINSTATE, Action.WITHDRAW)


@desk
@require_safe
def queue(request):
    status = request.GET.get("status", "")
    page = Paginator(selectors.queue(status=status), PER_PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    rows = [
        {"case": case, "days": (now - case.submitted_at).days if case.submitted_at else None}
        for case in page.object_list
    ]
    context = {
        "rows": rows,
        "page": page,
        "status": status,
        "statuses": [(item.value, item.label) for item in QUEUE_STATUSES],
        "late_after": SERVICE_LEVEL_DAYS,
        "desk_section": "queue",
    }
    return render(request, "review/queue.html", context)


@desk
@require_safe
def case(request, pk):
    return show_case(request, get_case(request, pk))


def get_case(request, pk) -> Application:
    """A submitted application; drafts belong to their makers alone."""
    rows = Application.objects.select_related("product", "maker", "criteria", "evaluator", "decider", "created_by")
    return get_object_or_404(rows.exclude(status=ApplicationStatus.DRAFT), pk=pk)


def show_case(request, application: Application, *, bound=None, status: int = 200):
    """The one screen of a case; `bound` is {name: form} for a form that came back with errors."""
    bound = bound or {}
    actions = possible_actions(application, request.user)
    judge = Action.RECOMMEND in actions
    findings = findings_for(application)
    context = {
        "case": application,
        "findings": merged(findings),
        "outcomes": outcomes(findings, [Claim(claim) for claim in application.claims]),
        "steps": _steps(application),
        "workplaces": _workplaces(application, bound, judge),
        "evidence": application.evidence.select_related("step", "workplace"),
        "history": selectors.history(application),
        "others": _other_cases(application),
        "can_judge": judge,
        "actions": actions,
        "has_conflict": permissions.has_conflict(request.user, application.maker),
        "forms": _forms(application, actions, bound),
        "desk_section": "queue",
    }
    return render(request, "review/case.html", context, status=status)


def _other_cases(application: Application):
    """What else this maker has handed in; its drafts are nobody's business."""
    rows = Application.objects.filter(maker=application.maker).exclude(pk=application.pk)
    return rows.exclude(status=ApplicationStatus.DRAFT).select_related("product")[:8]


def _forms(application, actions, bound) -> dict:
    shown = {"conflict": forms.ConflictForm(auto_id="conflict_%s")}
    if Action.ASK in actions:
        shown["ask"] = forms.QuestionForm(auto_id="ask_%s")
    if Action.RECOMMEND in actions:
        initial = {"claims": application.claims}
        shown["recommend"] = forms.RecommendForm(claims=application.claims, initial=initial, auto_id="recommend_%s")
    if Action.GRANT in actions:
        initial = {"claims": application.recommended_claims}
        shown["decide"] = forms.DecideForm(claims=application.claims, initial=initial, auto_id="decide_%s")
    return shown | bound


def _steps(application: Application) -> list[dict]:
    facts = {str(step["id"]): step for step in application.facts["steps"]}
    return [{"step": step, "facts": facts[step.key]} for step in case_of(application).steps]


def _workplaces(application: Application, bound: dict, judge: bool) -> list[dict]:
    """Each workplace of the frozen facts once, with its verdict, register entry and a form for the evaluator."""
    found = {step["workplace"]: step for step in application.facts["steps"] if "workplace" in step}
    entries = RegisterEntry.objects.in_bulk({facts["register_account"] for facts in found.values()})
    sites = {step.site.key: step.site for step in case_of(application).steps if step.site}
    area = current_area()
    rows = []
    for key, facts in found.items():
        entry = entries.get(facts["register_account"])
        form = bound.get(f"workplace_{key}") or forms.WorkplaceForm(auto_id=f"workplace_{key}_%s")
        rows.append(
            {
                "id": key,
                "facts": facts,
                "site": sites[str(key)],
                "automatic": place_of_facts(facts, entry, area),
                "entry": entry,
                "form": form if judge else None,
            }
        )
    return rows


@desk
@require_safe
def certificates(request):
    query = request.GET.get("q", "")
    page = Paginator(selectors.register(query=query), PER_PAGE).get_page(request.GET.get("page"))
    rows = selectors.register_rows(page.object_list)
    context = {"rows": rows, "page": page, "query": query, "desk_section": "certificates"}
    return render(request, "review/certificates.html", context)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request, number):
    """One certificate with what may be done to it."""
    item = get_object_or_404(Certificate.objects.select_related("maker", "product", "application"), number=number)
    actions = [action for action in possible_actions(item, request.user) if action in SANCTIONS]
    form = forms.SanctionForm(request.POST or None, actions=actions)
    if request.method == "POST" and not actions:
        raise Http404
    if request.method == "POST" and form.is_valid() and _sanction(request, item, form):
        return redirect("review:certificate", number)
    context = {
        "certificate": item,
        "row": selectors.register_rows([item])[0],
        "form": form if actions else None,
        "history": selectors.history(item.application),
        "desk_section": "certificates",
    }
    return render(request, "review/certificate.html", context, status=422 if form.errors else 200)


def _sanction(request, item: Certificate, form) -> bool:
    action, words = Action(form.cleaned_data["action"]), {"reason": form.cleaned_data["reason"]}
    if action is not Action.REINSTATE:
        words["reasons"] = form.cleaned_data["reasons"]
    try:
        with transaction.atomic():
            getattr(certificate_services, action)(user=request.user, certificate=item, **words)
            refresh_listings(covered_products(item.application))
    except ValidationError as error:
        add_service_error(form, error)
        return False
    except (ConflictError, WrongMoment) as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Done. The badge follows at once."))
    return True


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def file_for_maker(request):
    """Start an application on a maker's behalf; it goes on in the studio's screens, marked as filed by staff."""
    if not request.user.has_perm(Perm.FILE):
        raise Http404
    form = forms.FileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            application = applications.start_application(user=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_service_error(form, error)
        else:
            return redirect("studio:application", application.pk)
    context = {"form": form, "desk_section": "file"}
    return render(request, "review/file.html", context, status=422 if form.errors else 200)
