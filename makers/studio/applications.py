"""Applying for the label: claims, evidence, what the criteria say, handing it in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.catalogue.models import Product
from certification import selectors
from certification.cases import findings_for
from certification.differences import differences
from certification.facts import facts_of, line_of
from certification.models import Application, LineMember
from certification.permissions import may_apply_for, may_edit
from certification.rules import Claim, Severity, outcomes
from certification.services import applications as service
from certification.services import evidence as evidence_service
from certification.services.lines import candidates, set_line
from certification.texts import merged
from certification.words import EDITABLE_STATUSES, OPEN_STATUSES
from certification.workflow import WrongMoment
from makers.models import FormDraft
from marketplace.core.formtools import add_service_error

from . import aftercare, timeline
from .access import studio
from .completeness import completeness
from .forms import ClaimsForm, EvidenceForm, LineForm


@studio
@require_safe
def index(request):
    rows = Application.objects.filter(maker=request.maker).select_related("product", "certificate")
    return render(request, "studio/applications.html", {"rows": rows, "studio_section": "applications"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request, pk):
    """Choose claims for a piece and open the application."""
    product = get_object_or_404(products_with_maker(), pk=pk)
    if not may_apply_for(request.user, product.maker):
        raise Http404
    existing = service.open_application(product)
    if existing:
        return redirect("studio:application", existing.pk)
    if product.maker.closed_at:
        messages.error(request, _("This business is closed."))
        return redirect("studio:applications")
    form = ClaimsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = service.start_application(user=request.user, product=product, **form.cleaned_data)
        except ValidationError as error:
            add_service_error(form, error)
        else:
            return redirect("studio:application", case.pk)
    context = {"product": product, "form": form, "studio_section": "applications"}
    return render(request, "studio/application_start.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def application(request, pk):
    return show(request, get_application(request, pk))


@login_required
@require_POST
def claims(request, pk):
    case = get_application(request, pk)
    form = ClaimsForm(request.POST)
    if not form.is_valid():
        return show(request, case, claims_form=form)
    try:
        service.change_claims(user=request.user, application=case, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return show(request, case, claims_form=form)
    return redirect("studio:application", pk)


@login_required
@require_POST
def add_evidence(request, pk):
    case = get_application(request, pk)
    about = request.POST.get("about", "")
    form = EvidenceForm(request.POST, request.FILES, targets=timeline.targets(case), auto_id=timeline.auto_id(about))
    if not form.is_valid():
        return show(request, case, evidence_form=form)
    data = form.cleaned_data
    try:
        evidence_service.add_evidence(
            user=request.user, application=case, kind=data["kind"], upload=data["file"], **data["target"]
        )
    except ValidationError as error:
        form.add_error("file", error)
        return show(request, case, evidence_form=form)
    messages.success(request, _("The file is here."))
    return redirect(reverse("studio:application", args=[pk]) + f"#{about}")


@login_required
@require_POST
def line(request, pk):
    """Say which other pieces are made the same way, so that one certificate covers them all."""
    case = get_application(request, pk)
    form = _line_form(case, request.POST)
    if form.is_valid():
        try:
            set_line(user=request.user, lead=case.product, products=list(form.cleaned_data["products"]))
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(reverse("studio:application", args=[pk]) + "#line")
    return show(request, case, line_form=form)


@login_required
@require_POST
def submit(request, pk):
    case = get_application(request, pk)
    try:
        service.submit(user=request.user, application=case)
    except ValidationError as error:
        return show(request, case, missing=error.messages)
    except WrongMoment as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Handed in. We answer by e-mail within 14 days."))
    return redirect("studio:application", pk)


@login_required
@require_POST
def withdraw(request, pk):
    case = get_application(request, pk)
    try:
        service.withdraw_application(user=request.user, application=case)
    except WrongMoment as error:
        messages.error(request, str(error))
    return redirect("studio:application", pk)


def products_with_maker():
    return Product.objects.select_related("maker").filter(maker__isnull=False)


def get_application(request, pk) -> Application:
    """The application, for the maker's people and staff who filed it; 404 for everyone else."""
    case = get_object_or_404(Application.objects.select_related("product", "maker", "criteria"), pk=pk)
    if not may_edit(request.user, case):
        raise Http404
    return case


def _line_form(case: Application, *args) -> LineForm | None:
    """None where the piece belongs to another line, or no other piece is made of the same kind."""
    choices = candidates(case.product)
    if not choices or LineMember.objects.filter(product=case.product).exists():
        return None
    members = LineMember.objects.filter(lead=case.product).values_list("product_id", flat=True)
    return LineForm(*args, products=choices, initial={"products": list(members)}, auto_id="line_%s")


def show(request, case: Application, *, claims_form=None, evidence_form=None, line_form=None, missing=(), after=None):
    """The one screen of an application in the maker's hands; forms come back with what was typed."""
    editable = case.status in EDITABLE_STATUSES
    findings = findings_for(case)
    rows = merged(findings)
    certificate = getattr(case, "certificate", None)
    back = [form for form in (claims_form, evidence_form, line_form) if form is not None]
    context = {
        "case": case,
        "product": case.product,
        "editable": editable,
        "is_open": case.status in OPEN_STATUSES,
        "findings": [row for row in rows if row[0].severity is not Severity.OK],
        "met": [row for row in rows if row[0].severity is Severity.OK],
        "outcomes": outcomes(findings, [Claim(claim) for claim in case.claims]),
        "missing": missing,
        "to_do": service.what_is_missing(case, facts_of([case.product_id])[case.product_id]) if editable else [],
        "meter": completeness(findings, case.claims) if editable else None,
        "timeline": timeline.steps_of(case, evidence_form, editable=editable),
        "workplaces": timeline.workplaces_of(case, evidence_form, editable=editable),
        "other_files": timeline.files_without_place(case),
        "typed_steps": FormDraft.objects.filter(maker=case.maker, form=f"steps:{case.product_id}").first(),
        "line": line_of(case.product),
        "line_form": (line_form or _line_form(case)) if editable else None,
        "stray_form": evidence_form if evidence_form and not evidence_form.targets_known() else None,
        "claims_form": claims_form or ClaimsForm(initial={"claims": case.claims}),
        "certificate": certificate,
        "record": selectors.register_rows([certificate])[0] if certificate else None,
        "differences": _differences(case),
        "studio_section": "applications",
        **aftercare.context(request.user, case, after or {}),
    }
    wrong = missing or after or any(form.errors for form in back)
    return render(request, "studio/application.html", context, status=422 if wrong else 200)


def _differences(case: Application) -> list:
    """What is not as it was when the certificate that this one renews was given."""
    if case.renews is None:
        return []
    live = case.facts or facts_of([case.product_id])[case.product_id] | {"line": line_of(case.product)}
    return differences(case.renews.application.facts, live)
