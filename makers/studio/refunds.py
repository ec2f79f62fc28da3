"""A maker gives money back: pieces, a part of a price, or everything; the sum is shown before it happens."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.order.models import MakerOrder
from marketplace.aftersale.asking import REFUSALS, refusal, try_it
from marketplace.aftersale.forms import RefundForm
from marketplace.core.money import to_cents
from marketplace.fulfilment.counting import counts_of
from marketplace.fulfilment.refunding import (
    Plan,
    a_part_of_the_price,
    everything,
    plan_refund,
    refund_amount,
    refund_part,
    refund_pieces,
    these,
)

from .access import studio
from .orders import parts_of


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request, pk):
    """Choose, see the sum, confirm; a second click changes nothing."""
    part = get_object_or_404(parts_of(request.maker).select_related("maker", "order"), pk=pk)
    counts = counts_of(part)
    rows = [(count.line, left, 0) for count in counts if (left := count.to_ship + count.with_shopper)]
    lines = [count.line for count in counts if count.net_left]
    form = RefundForm(request.POST or None, rows=rows, lines=lines)
    plan = None
    if request.method == "POST" and form.is_valid():
        if "seen" in request.POST:
            return _refund(request, part, form)
        plan = try_it(form, lambda: _plan(part, form))
    context = {"part": part, "form": form, "plan": plan, "studio_section": "orders"}
    return render(request, "studio/order_refund.html", context, status=422 if form.errors else 200)


def _plan(part: MakerOrder, form: RefundForm) -> Plan:
    what = form.cleaned_data["what"]
    if what == "whole":
        return plan_refund(part, everything, with_shipping=True)
    if what == "price":
        line, cents = _price(form)
        return plan_refund(part, lambda counts: a_part_of_the_price(counts, line, cents))
    pieces = form.pieces()
    if not pieces:
        raise ValidationError(_("Choose how many pieces you refund."))
    return plan_refund(part, lambda counts: these(counts, pieces))


def _price(form: RefundForm) -> tuple[int, int]:
    return int(form.cleaned_data["priced"]), to_cents(form.cleaned_data["amount"])


def _refund(request, part: MakerOrder, form: RefundForm):
    shared = {
        "user": request.user, "maker_order": part, "reason": form.cleaned_data["reason"],
        "seen": request.POST["seen"],
    }  # fmt: skip
    what = form.cleaned_data["what"]
    try:
        if what == "whole":
            refund_part(**shared)
        elif what == "price":
            line, cents = _price(form)
            refund_amount(line_id=line, net_cents=cents, **shared)
        else:
            refund_pieces(pieces=form.pieces(), **shared)
    except tuple(REFUSALS) as error:
        messages.warning(request, refusal(error))
    else:
        messages.success(request, _("The shopper gets the money back and an e-mail."))
    return redirect("studio:order", part.pk)
