"""What to take off the shelf for all orders to ship, on the screen and as a PDF."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.order.models import WAITING
from marketplace.core import clock
from marketplace.fulfilment.picking import pick_pdf, picks_for

from .access import studio
from .orders import parts_of


@studio
@never_cache
@require_safe
def pick_list(request):
    picks = picks_for(parts_of(request.maker).filter(status__in=WAITING))
    context = {
        "picks": picks, "total": sum(pick.quantity for pick in picks), "today": clock.today(),
        "studio_section": "orders",
    }  # fmt: skip
    return render(request, "studio/pick_list.html", context)


@studio
@never_cache
@require_safe
def pick_paper(request):
    picks = picks_for(parts_of(request.maker).filter(status__in=WAITING))
    response = HttpResponse(pick_pdf(request.maker.name, picks), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="pick-{clock.today()}.pdf"'
    return response
