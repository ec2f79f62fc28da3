"""A parcel of the studio: its papers, a corrected tracking number, and the word that it leaves later."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalog.order.models import WAITING, Parcel
from catalog.order.workflow import WrongMoment
from marketplace.core import clock
from marketplace.core.formtools import add_service_error
from marketplace.fulfilment import carriers, dispatch, lateness
from marketplace.fulfilment.parcel_papers import label_pdf, sheets_of, slip_pdf

from .access import studio
from .orders import parts_of
from .parcel_forms import LateForm, TrackingForm

FORM_METHODS = ["GET", "HEAD", "POST"]
PAPERS = {"labels": label_pdf, "slips": slip_pdf}
MOST_AT_ONCE = 100


@studio
@never_cache
@require_http_methods(FORM_METHODS)
def tracking(request, pk):
    """Correct the tracking number of a parcel, within a day."""
    parcels = Parcel.objects.filter(maker_order__in=parts_of(request.maker)).exclude(carrier="")
    parcel = get_object_or_404(parcels.select_related("maker_order__order", "maker_order__maker"), pk=pk)
    known = parcel.carrier in carriers.KNOWN
    initial = {
        "carrier": parcel.carrier if known else carriers.OTHER, "other_carrier": "" if known else parcel.carrier,
        "tracking_number": parcel.tracking_number,
    }  # fmt: skip
    form = TrackingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            dispatch.correct_tracking(user=request.user, parcel=parcel, **form.facts())
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("Corrected. The shopper gets an e-mail."))
            return redirect("studio:order", parcel.maker_order_id)
    context = {"form": form, "parcel": parcel, "part": parcel.maker_order, "studio_section": "orders"}
    return render(request, "studio/tracking.html", context, status=422 if form.errors else 200)


@studio
@never_cache
@require_http_methods(FORM_METHODS)
def late(request, pk):
    """Tell the shopper that pieces leave later."""
    part = get_object_or_404(parts_of(request.maker).filter(status__in=WAITING).select_related("maker", "order"), pk=pk)
    form = LateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            day, reason = form.cleaned_data["new_day"], form.cleaned_data["reason"]
            lateness.say_late(user=request.user, part=part, new_day=day, reason=reason)
        except ValidationError as error:
            add_service_error(form, error)
        except WrongMoment:
            messages.warning(request, _("The shopper was asked already. Wait for the answer."))
            return redirect("studio:order", part.pk)
        else:
            messages.success(request, _("The shopper gets an e-mail and may wait or cancel."))
            return redirect("studio:order", part.pk)
    context = {"form": form, "part": part, "studio_section": "orders"}
    return render(request, "studio/late.html", context, status=422 if form.errors else 200)


@studio
@never_cache
@require_safe
def papers(request, pk, what):
    """Packing slips or address labels of one order."""
    part = get_object_or_404(parts_of(request.maker), pk=pk)
    return _pdf(what, sheets_of([part.pk]), part.order.number)


@studio
@never_cache
@require_safe
def all_papers(request, what):
    """The same for everything that waits to be shipped, the most urgent first."""
    waiting = parts_of(request.maker).filter(status__in=WAITING).order_by("promised_on", "pk")
    return _pdf(what, sheets_of(list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])), str(clock.today()))


def _pdf(what: str, sheets, name: str) -> HttpResponse:
    response = HttpResponse(PAPERS[what](sheets), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{what}-{name}.pdf"'
    return response
