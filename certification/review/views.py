"""The staff's desk: one case with everything about it, certificates, filing for a maker."""

import logging
from functools import partial

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.search.listing import refresh_listings
from certification import permissions, selectors
from certification.cases import carried_evidence, case_of, criteria_for, place_of_facts
from certification.differences import differences
from certification.doing import do
from certification.files import PDF
from certification.letters import send_sanction
from certification.models import Application, Certificate, Evidence, RegisterEntry
from certification.pdf_pages import page_count
from certification.programme import current_area
from certification.register.search import Query, register
from certification.rules import Case, Claim, Severity, Site, evaluate, outcomes
from certification.selectors import covered_products
from certification.services import applications
from certification.services import certificates as certificate_services
from certification.texts import merged
from certification.words import QUEUE_STATUSES, Action, ApplicationStatus, EvidenceStatus, Perm
from certification.workflow import possible_actions
from marketplace.aftersale.false_claims import can_tell, may_tell
from marketplace.aftersale.models import FalseClaim
from marketplace.core.formtools import add_service_error

from . import forms
from .access import case_desk, desk

PER_PAGE = 50
logger = logging.getLogger(__name__)
SANCTIONS = (Action.SUSPEND, Action.REINSTATE, Action.WITHDRAW)


@case_desk(Application)
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
    built, claims = case_of(application), [Claim(claim) for claim in application.claims]
    findings = evaluate(built, criteria_for(application), claims)
    rows = merged(findings)
    context = {
        "case": application,
        "findings": [row for row in rows if row[0].severity is not Severity.OK],
        "met": [row for row in rows if row[0].severity is Severity.OK],
        "outcomes": outcomes(findings, claims),
        "steps": _steps(application, built),
        "workplaces": _workplaces(application, built, bound, judge),
        **_evidence(application, request.GET.get("file", "")),
        "differences": _differences(application),
        "thread": application.messages.select_related("author"),
        "visits": application.visits.select_related("workplace", "visitor"),
        "seats": application.panel.select_related("user", "invited_by"),
        "is_waiting": application.status in QUEUE_STATUSES,
        "history": selectors.history(application),
        "others": _other_cases(application),
        "can_judge": judge,
        "actions": actions,
        "has_conflict": permissions.has_conflict(request.user, application.maker),
        "forms": _forms(application, request.user, actions, bound),
        "desk_section": "queue",
    }
    return render(request, "review/case.html", context, status=status)


def _evidence(application: Application, chosen: str) -> dict:
    """All files that count here, and the one in the viewer: the chosen one, else the first that waits."""
    files = application.evidence.select_related("step", "workplace", "visit")
    rows = [*files, *carried_evidence(application, application.facts)]
    shown = next((item for item in rows if str(item.key) == chosen), None)
    shown = shown or next((item for item in rows if item.status == EvidenceStatus.PENDING), rows[0] if rows else None)
    twins = Application.objects.filter(evidence__sha256=shown.sha256).exclude(pk=application.pk) if shown else ()
    return {"evidence": rows, "shown": shown, "pages": _pages(shown) if shown else (), "twins": twins}


def _pages(item: Evidence) -> range:
    """The numbers of a PDF's pages; none for a picture, or where the file can't be read."""
    if item.content_type != PDF:
        return range(0)
    try:
        with item.file.open("rb") as file:
            return range(1, page_count(file.read()) + 1)
    except FileNotFoundError:
        logger.error("the file of evidence %s is missing", item.pk)
        return range(0)


def _differences(application: Application) -> list:
    if application.renews is None:
        return []
    return differences(application.renews.application.facts, application.facts)


def _other_cases(application: Application):
    """What else this maker has handed in; its drafts are nobody's business."""
    rows = Application.objects.filter(maker=application.maker).exclude(pk=application.pk)
    return rows.exclude(status=ApplicationStatus.DRAFT).select_related("product")[:8]


def _forms(application, user, actions, bound) -> dict:
    shown = {"conflict": forms.ConflictForm(auto_id="conflict_%s")}
    waits = application.status in QUEUE_STATUSES
    if waits:
        shown["message"] = forms.MessageForm(auto_id="message_%s")
    if waits and permissions.is_staff_reader(user):
        shown["assign"] = forms.AssignForm(initial={"assignee": application.assignee}, auto_id="assign_%s")
        shown["seat"] = forms.PanelForm(auto_id="panel_%s")
    may_visit = permissions.may_work(user, Perm.EVALUATE, application)
    if may_visit and (waits or application.status == ApplicationStatus.GRANTED):
        shown["visit"] = forms.VisitForm(case=application, auto_id="visit_%s")
    if Action.ASK in actions:
        shown["ask"] = forms.QuestionForm(auto_id="ask_%s")
    if Action.RECOMMEND in actions:
        initial = {"claims": application.claims}
        shown["recommend"] = forms.RecommendForm(claims=application.claims, initial=initial, auto_id="recommend_%s")
    if Action.GRANT in actions:
        initial = {"claims": application.recommended_claims, "reasons": application.recommended_reasons}
        shown["decide"] = forms.DecideForm(claims=application.claims, initial=initial, auto_id="decide_%s")
    return shown | bound


def _steps(application: Application, built: Case) -> list[dict]:
    facts = {str(step["id"]): step for step in application.facts["steps"]}
    return [{"step": step, "facts": facts[step.key]} for step in built.steps]


def _workplaces(application: Application, built: Case, bound: dict, judge: bool) -> list[dict]:
    """Each workplace of the frozen facts once, with its verdict, register entry and a form for the evaluator."""
    found = {step["workplace"]: step for step in application.facts["steps"] if "workplace" in step}
    sites = {step.site.key: step.site for step in built.steps if step.site}
    accounts = {key: _account(sites[str(key)]) for key in found}
    entries = RegisterEntry.objects.in_bulk(set(accounts.values()))
    area = current_area()
    rows = []
    for key, facts in found.items():
        entry = entries.get(accounts[key])
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


def _account(site: Site) -> str:
    """The row that the rules rest the place on, else the account that the maker gave."""
    return next((match.entry.account for match in site.matches if match.same_address), site.account)


@desk
@require_safe
def certificates(request):
    query = request.GET.get("q", "")
    page = Paginator(register(Query(q=query[:80])), PER_PAGE).get_page(request.GET.get("page"))
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
    if request.method == "POST" and form.is_valid():
        act = partial(_sanction, request.user, item, form.cleaned_data)
        if do(request, form, act, _("Done. The badge follows at once.")):
            return redirect("review:certificate", number)
    context = {
        "certificate": item,
        "row": selectors.register_rows([item])[0],
        "form": form if actions else None,
        "false_claim": FalseClaim.objects.filter(certificate=item).first(),
        "can_tell": may_tell(request.user, item) and can_tell(item),
        "history": selectors.history(item.application),
        "desk_section": "certificates",
    }
    return render(request, "review/certificate.html", context, status=422 if form.errors else 200)


def _sanction(user, item: Certificate, data: dict) -> None:
    """Shop and maker learn of it in the same transaction."""
    action, words = Action(data["action"]), {"reason": data["reason"]}
    if action is not Action.REINSTATE:
        words["reasons"] = data["reasons"]
    send_sanction(getattr(certificate_services, action)(user=user, certificate=item, **words))
    refresh_listings(covered_products(item.application))


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
