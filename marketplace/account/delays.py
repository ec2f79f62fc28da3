"""The shopper waits for late pieces, or cancels them: the page that the letter about a delay links to."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from catalog.order.models import DelayAnswer, DelayNotice
from marketplace.aftersale.access import Access
from marketplace.aftersale.asking import REFUSALS, refusal
from marketplace.fulfilment.lateness import answer_delay

from .access import FORM, order_page
from .order import shown


@order_page(*FORM)
def delay(request, access: Access, notice: int):
    """Both answers as buttons: nothing happens by following a link, since mail programs follow links too."""
    found = get_object_or_404(
        DelayNotice.objects.filter(part__order=access.order).select_related("part__maker", "part__order")
        .prefetch_related("lines__product__parent"), pk=notice,
    )  # fmt: skip
    if request.method == "POST" and request.POST.get("answer") in (DelayAnswer.AGREED, DelayAnswer.CANCELED):
        return _answer(request, access, found, agree=request.POST["answer"] == DelayAnswer.AGREED)
    context = {"notice": found, "part": found.part, "prefer_cancel": request.GET.get("answer") == "canceled"}
    return shown(request, access, "shopper/delay.html", context)


def _answer(request, access: Access, notice: DelayNotice, *, agree: bool):
    try:
        answer_delay(access=access, notice=notice, agree=agree)
    except tuple(REFUSALS) as error:
        messages.warning(request, refusal(error))
    else:
        words = _("Thank you. The maker keeps working on it.")
        messages.success(request, words if agree else _("Canceled. The money goes back to your card."))
    return redirect(access.url())
