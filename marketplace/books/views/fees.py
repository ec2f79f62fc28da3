"""Fees: the common one and those of single makers, with history and what is to come."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from makers.models import Maker
from marketplace.core import clock
from marketplace.core.formtools import add_service_error
from marketplace.payments import fees
from marketplace.payments.models import FeeTerm

from ..forms import FeeForm, makers_named
from . import fee_setters, paged, show

METHODS = ["GET", "HEAD", "POST"]


@fee_setters
@require_http_methods(METHODS)
def index(request):
    """The fee for all, and whose fee is another; a search finds the rest."""
    form = FeeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _set(request, None, form):
        return redirect("books:fees")
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    own = FeeTerm.objects.filter(maker=OuterRef("pk"))
    makers = makers_named(words) if words else Maker.objects.filter(Exists(own)).order_by("name", "pk")
    page = paged(request, makers)
    points = fees.basis_points_of(list(page), clock.today())
    context = {
        "form": form, "terms": _terms(None), "today": clock.today(), "words": words, "page": page,
        "rows": [(maker, points[maker.pk]) for maker in page], "before": settings.PLATFORM_FEE_BASIS_POINTS,
    }  # fmt: skip
    return show(request, "fees.html", "fees", context, form)


@fee_setters
@require_http_methods(METHODS)
def maker(request, pk):
    """One maker's fee."""
    row = get_object_or_404(Maker, pk=pk)
    form = FeeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _set(request, row, form):
        return redirect("books:maker_fee", pk)
    context = {
        "form": form, "maker": row, "terms": _terms(row), "today": clock.today(),
        "points": fees.basis_points(row, clock.today()),
    }  # fmt: skip
    return show(request, "maker_fee.html", "fees", context, form)


def _terms(maker: Maker | None) -> list[tuple[FeeTerm, str]]:
    """Each term with whether it is coming, in force or past, newest first."""
    found, today, in_force = [], clock.today(), False
    for term in FeeTerm.objects.filter(maker=maker).select_related("set_by"):
        when = "coming" if term.from_day > today else "past" if in_force else "now"
        in_force = in_force or when == "now"
        found.append((term, when))
    return found


def _set(request, maker: Maker | None, form: FeeForm) -> bool:
    data = form.cleaned_data
    try:
        fees.set_fee(
            user=request.user, maker=maker, points=data["basis_points"], from_day=data["from_day"], note=data["note"]
        )
    except ValidationError as error:
        add_service_error(form, error)
        return False
    messages.success(request, _("The fee is set."))
    return True
