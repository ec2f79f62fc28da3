"""The page of an order and the canceling of pieces, the same for guests and for people with an account."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from catalog.order.models import PAID
from catalog.order.workflow import WrongMoment
from marketplace.aftersale.access import Access, as_receiver, by_gift_key
from marketplace.aftersale.asking import REFUSALS, refusal, try_it
from marketplace.aftersale.canceling import cancel_pieces, plan_cancellation
from marketplace.aftersale.false_claims import claims_of
from marketplace.aftersale.forms import CancelForm
from marketplace.aftersale.picture import parts_of, picture_of

from .access import FORM, READ, order_page, part_of


@order_page(*READ)
def page(request, access: Access):
    """What became of every piece, and what can be done."""
    claims = claims_of(access.order)
    views = [picture_of(part, claims) for part in parts_of(access.order)]
    context = {
        "views": views, "claims": claims,
        "gift_address": settings.SITE_ADDRESS + as_receiver(access.order).url() if access.order.is_gift else "",
        "back": sum(refund.amount_cents for view in views for refund in view.refunds if refund.status != "failed"),
    }  # fmt: skip
    return shown(request, access, "shopper/order.html", context)


@order_page(*READ, find=by_gift_key)
def gift(request, access: Access):
    """The gift receipt: what is in the parcels, without prices, and how to return it."""
    views = [picture_of(part) for part in parts_of(access.order) if part.status in PAID]
    return shown(request, access, "shopper/gift.html", {"views": views})


def shown(request, access: Access, template: str, context: dict, *, status: int = 200) -> TemplateResponse:
    """A page of this order, with its addresses for whoever acts."""
    shared = {"access": access, "order": access.order, "guest": bool(access.key), "order_address": access.url()}
    return TemplateResponse(request, template, shared | context, status=status)


@order_page(*FORM)
def cancel(request, access: Access, part: int):
    """Choose pieces that did not leave, see the sum, confirm."""
    row = part_of(access, part)
    view = picture_of(row)
    if "cancel" not in view.can:
        messages.info(request, refusal(WrongMoment()))
        return redirect(access.url())
    rows = [(line.line, line.count.to_ship, line.count.to_ship) for line in view.lines if line.count.to_ship]
    form = CancelForm(request.POST or None, rows=rows)
    plan = None
    if request.method == "POST" and form.is_valid():
        if "seen" in request.POST:
            return _cancel(request, access, row, form)
        plan = try_it(form, lambda: plan_cancellation(access=access, part=row, pieces=form.pieces()))
    context = {"form": form, "view": view, "part": row, "plan": plan}
    return shown(request, access, "shopper/cancel.html", context, status=422 if form.errors else 200)


def _cancel(request, access: Access, part, form: CancelForm):
    """A second click finds another sum and does nothing."""
    try:
        cancel_pieces(
            access=access, part=part, pieces=form.pieces(), reason=form.cleaned_data["reason"],
            seen=request.POST["seen"],
        )  # fmt: skip
    except tuple(REFUSALS) as error:
        messages.warning(request, refusal(error))
    else:
        messages.success(request, _("Canceled. The money goes back to your card; banks take 5 to 10 days to show it."))
    return redirect(access.url())
