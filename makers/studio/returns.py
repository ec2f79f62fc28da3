"""A maker's returns and messages: accept or decline, say that pieces arrived, write to the shopper."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.order.workflow import WrongMoment
from marketplace.aftersale import returns as services
from marketplace.aftersale import thread
from marketplace.aftersale.asking import refusal, try_it
from marketplace.aftersale.forms import AnswerForm, MessageForm, ReceiveForm
from marketplace.aftersale.models import Message, Return
from marketplace.aftersale.showing import facts_of, photo_response
from marketplace.aftersale.words import OPEN, Action, Side
from marketplace.fulfilment.refunding import Disputed, NothingLeft

from .access import studio
from .orders import parts_of

PER_PAGE = 25
ANSWERS = {Action.ACCEPT: services.accept, Action.DECLINE: services.decline}
SAID = {
    Action.ACCEPT: gettext_lazy("Accepted. The shopper gets your words by e-mail."),
    Action.DECLINE: gettext_lazy("Declined. The shopper gets your words by e-mail and may ask the marketplace."),
}


@studio
@never_cache
@require_safe
def index(request):
    """Open returns first."""
    is_open = request.GET.get("show") != "all"
    rows = Return.objects.filter(part__maker=request.maker).select_related("part__order")
    rows = rows.filter(status__in=OPEN).order_by("changed_at", "pk") if is_open else rows
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "is_open": is_open,
        "studio_section": "returns",
    }  # fmt: skip
    return render(request, "studio/returns.html", context)


def _return_of(request, pk: int) -> Return:
    rows = Return.objects.filter(part__maker=request.maker)
    return get_object_or_404(rows.select_related("part__maker", "part__order"), pk=pk)


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item(request, pk):
    """One return: what the shopper says, and what the maker does about it."""
    row = _return_of(request, pk)
    action = request.POST.get("action", "")
    answer = AnswerForm(request.POST if action in ANSWERS else None)
    arrived = ReceiveForm(request.POST if action == Action.RECEIVE else None)
    if request.method == "POST" and _act(request, row, action, answer, arrived):
        return redirect("studio:return", row.pk)
    context = facts_of(row, Side.MAKER, lambda key: reverse("studio:return_photo", args=[row.pk, key]))
    context |= {"form": answer, "arrived": arrived, "studio_section": "returns"}
    return render(request, "studio/return.html", context, status=422 if answer.errors else 200)


def _act(request, row: Return, action: str, answer: AnswerForm, arrived: ReceiveForm) -> bool:
    """Whether it is settled; else the form says what is missing."""
    if action in ANSWERS:
        return answer.is_valid() and _answer(request, row, Action(action), answer)
    if action not in (Action.RECEIVE, Action.REFUND):
        raise Http404
    try:
        if action == Action.RECEIVE:
            put_back = arrived.is_valid() and arrived.cleaned_data["put_back"]
            services.receive(user=request.user, item=row, put_back=put_back)
        else:
            services.pay_back(user=request.user, item=row)
    except (WrongMoment, Disputed, NothingLeft) as error:
        messages.warning(request, refusal(error))
    else:
        paid = row.refund_id is not None
        messages.success(request, _("The shopper gets the money back.") if paid else refusal(Disputed()))
    return True


def _answer(request, row: Return, action: Action, form: AnswerForm) -> bool:
    words = form.cleaned_data["answer"]
    if not try_it(form, lambda: ANSWERS[action](user=request.user, item=row, answer=words)):
        return False
    messages.success(request, SAID[action])
    return True


@studio
@require_safe
def photo(request, pk, photo):
    return photo_response(_return_of(request, pk), photo)


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request, pk):
    """What shopper and maker wrote to each other on this part."""
    part = get_object_or_404(parts_of(request.maker).select_related("maker", "order"), pk=pk)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if try_it(form, lambda: thread.write_as_maker(user=request.user, part=part, text=text)):
            messages.success(request, _("Sent."))
            return redirect("studio:order_messages", part.pk)
    context = {
        "form": form, "part": part, "thread": part.messages.all(), "side": Side.MAKER, "studio_section": "orders",
        "report_address": reverse("studio:report_message", args=[part.pk]),
    }  # fmt: skip
    return render(request, "studio/messages.html", context, status=422 if form.errors else 200)


@studio
@require_POST
def report(request, pk):
    """Ask the staff to look at what the shopper wrote."""
    part = get_object_or_404(parts_of(request.maker), pk=pk)
    number = request.POST.get("message", "")
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    thread.report_message(message=get_object_or_404(Message, part=part, pk=number), side=Side.MAKER)
    messages.success(request, _("Reported. Someone of the marketplace looks at it."))
    return redirect("studio:order_messages", part.pk)
