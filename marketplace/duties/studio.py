"""The maker's side: what the law asks of it, what buyers will see, its figures for the year, the terms."""

import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from catalog.order.workflow import WrongMoment
from makers.permissions import can_manage_members
from makers.studio.access import studio
from marketplace.core.formtools import add_service_error
from marketplace.payments import gateway
from marketplace.terms.services import accept_terms, has_accepted
from marketplace.terms.versions import Kind, in_force

from . import sellers, tax_forms, workflow
from .disclosure import disclosure_from
from .fee_example import points_of_today
from .forms import AcceptForm, SellerForm
from .models import SellerCheck
from .watching import windows_of
from .windows import DISCLOSED_CENTS, LEAST_CENTS, LEAST_SALES, nearest
from .words import Side

logger = logging.getLogger(__name__)


@studio
@never_cache
@require_http_methods(["GET", "HEAD"])
def index(request):
    """Everything in plain words, with what is to do first."""
    maker, check = request.maker, sellers.check_of(request.maker)
    shown = check and (check.verified_answer or check.answer)
    context = {
        "check": check, "can": workflow.possible(check, Side.MAKER) if check else (),
        "is_owner": can_manage_members(request.user, maker),
        "window": nearest(windows_of([maker.pk])[maker.pk]),
        "least_sales": LEAST_SALES, "least_cents": LEAST_CENTS, "disclosed_cents": DISCLOSED_CENTS,
        "seller": disclosure_from(shown, maker.legal_name) if shown else None,
        "changes": check.changes.order_by("-pk")[:20] if check else (),
        "terms": in_force(Kind.MAKERS), "accepted": maker.terms.order_by("-version").first(),
        "must_accept": not has_accepted(maker), "years": tax_forms.years_with_sales(), "studio_section": "duties",
    }  # fmt: skip
    return render(request, "duties/studio_index.html", context)


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    """The form with what the marketplace must know; nothing of it is shown before it was verified."""
    check = _open_check(request, "answer")
    form = SellerForm(request.POST or None, initial=_known(request.maker, check))
    if request.method == "POST" and form.is_valid() and _give(request, check, form):
        messages.success(request, _("We have it, and write to you within ten days."))
        return redirect("duties_studio:index")
    context = {"form": form, "check": check, "studio_section": "duties"}
    return render(request, "duties/studio_verify.html", context, status=422 if form.errors else 200)


def _open_check(request, action: str) -> SellerCheck:
    """The check of the maker at work, where its owner may do this now; 404 otherwise."""
    check = sellers.check_of(request.maker)
    if check is None or action not in workflow.possible(check, Side.MAKER):
        raise Http404
    if not can_manage_members(request.user, request.maker):
        raise Http404
    return check


def _known(maker, check: SellerCheck) -> dict:
    """What was given before, else what the studio knows already."""
    if check.answer:
        return {name: getattr(check.answer, name) for name in sellers.FACTS}
    place = maker.workplaces.order_by("-operated_by", "pk").first()
    known = {"email": maker.email, "phone": maker.phone}
    names = ("line1", "line2", "city", "state", "zip_code")
    return known | ({name: getattr(place, name) for name in names} if place else {})


def _give(request, check: SellerCheck, form: SellerForm) -> bool:
    """Ask Stripe, then the service; a refusal is shown in the form."""
    try:
        seen = sellers.seen_at_stripe(request.maker)
        sellers.give_facts(user=request.user, check=check, seen=seen, **form.cleaned_data)
    except gateway.GatewayError as error:
        logger.warning("account of maker %s: %s", request.maker.pk, error)
        form.add_error(None, _("Stripe can't be reached right now. Try again in a few minutes."))
    except ValidationError as error:
        add_service_error(form, error)
    except WrongMoment:
        form.add_error(None, _("This was answered in another tab already."))
    else:
        return True
    return False


@studio
@require_POST
def confirm(request):
    """Nothing changed since last year."""
    check = _open_check(request, "confirm")
    try:
        sellers.confirm_facts(user=request.user, check=check)
    except WrongMoment:
        messages.error(request, _("This was answered in another tab already."))
    else:
        messages.success(request, _("Confirmed. We ask again in a year."))
    return redirect("duties_studio:index")


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request):
    """An owner accepts the version in force."""
    version = in_force(Kind.MAKERS)
    is_owner = can_manage_members(request.user, request.maker)
    if request.method == "POST" and not is_owner:
        raise Http404
    form = AcceptForm(request.POST or None, initial={"terms": version.number})
    if request.method == "POST" and form.is_valid() and _accept(request, form):
        messages.success(request, _("Accepted. New pieces go on sale again."))
        return redirect("duties_studio:index")
    context = {
        "form": form, "version": version, "is_owner": is_owner, "must_accept": not has_accepted(request.maker),
        "studio_section": "duties",
    }  # fmt: skip
    return render(request, "duties/studio_terms.html", context, status=422 if form.errors else 200)


def _accept(request, form: AcceptForm) -> bool:
    try:
        accept_terms(
            user=request.user, maker=request.maker, number=form.cleaned_data["terms"], fee_points=points_of_today()
        )
    except ValidationError as error:
        add_service_error(form, error)
        return False
    return True


@studio
@never_cache
@require_http_methods(["GET", "HEAD"])
def year(request, year):
    """The figures of Form 1099-K for a year."""
    if year not in tax_forms.years_with_sales():
        raise Http404
    (figures,) = tax_forms.figures_of([request.maker], year)
    context = {
        "figures": figures, "threshold": tax_forms.threshold_of(year), "months": figures.by_month,
        "studio_section": "duties",
    }  # fmt: skip
    return render(request, "duties/studio_year.html", context)
