"""A shopper's returns and messages, the same for guests and for people with an account."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from catalog.order.workflow import WrongMoment
from marketplace.aftersale import false_claims, thread
from marketplace.aftersale import returns as services
from marketplace.aftersale.access import Access, by_gift_key
from marketplace.aftersale.asking import REFUSALS, refusal, try_it
from marketplace.aftersale.forms import EscalateForm, MessageForm, PiecesForm, ReturnForm
from marketplace.aftersale.models import Message, Return
from marketplace.aftersale.showing import facts_of, photo_response
from marketplace.aftersale.words import Side
from marketplace.fulfilment.counting import counts_of

from .access import ACT, FORM, READ, order_page, part_of
from .order import shown


def _ask(request, access: Access, part: int):
    """Which pieces, why, with pictures."""
    row = part_of(access, part)
    left = services.returnable_of(row, counts_of(row))
    if not left:
        messages.info(request, _("Nothing of this can be returned now."))
        return redirect(access.url())
    rows = [(line, left[line.pk], 0) for line in row.lines.all() if line.pk in left]
    form = ReturnForm(request.POST or None, request.FILES or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        item = try_it(
            form,
            lambda: services.ask_return(
                access=access, part=row, pieces=form.reasons(), text=form.cleaned_data["text"],
                photos=form.cleaned_data["photos"], by_receiver=access.gift,
            ),
        )  # fmt: skip
        if item:
            return _asked(request, access, item)
    context = {"form": form, "part": row, "receiver": access.gift}
    return shown(request, access, "shopper/return_ask.html", context, status=422 if form.errors else 200)


def _asked(request, access: Access, item: Return):
    """Who got a present looks for the answer on its page: we know no e-mail address of theirs."""
    if access.gift:
        messages.success(request, _("Sent. The maker has 5 business days to answer; the answer appears here."))
        return redirect(access.url())
    messages.success(request, _("Sent. The maker has 5 business days to answer; you get an e-mail."))
    return redirect(access.url("order_return", item=item.pk))


ask = order_page(*FORM)(_ask)
ask_as_receiver = order_page(*FORM, find=by_gift_key)(_ask)


def _return_of(access: Access, pk: int) -> Return:
    return get_object_or_404(Return.objects.select_related("part__maker"), pk=pk, part__order=access.order)


@order_page(*FORM)
def item(request, access: Access, item: int):
    """How a return stands; the shopper may withdraw it or ask the staff."""
    row = _return_of(access, item)
    form = EscalateForm(request.POST if request.POST.get("action") == "escalate" else None)
    if request.method == "POST" and _act(request, access, row, form):
        return redirect(access.url("order_return", item=row.pk))

    addresses = partial(access.url, "return_photo", item=row.pk)
    context = facts_of(row, Side.SHOPPER, lambda key: addresses(photo=key)) | {"form": form}
    return shown(request, access, "shopper/return.html", context, status=422 if form.errors else 200)


def _act(request, access: Access, row: Return, form: EscalateForm) -> bool:
    action = request.POST.get("action")
    try:
        if action == "drop":
            services.drop(access=access, item=row)
            messages.success(request, _("Withdrawn. You keep the pieces."))
        elif action == "escalate":
            return form.is_valid() and _escalate(request, access, row, form)
        else:
            raise Http404
    except WrongMoment as error:
        messages.warning(request, refusal(error))
    return True


def _escalate(request, access: Access, row: Return, form: EscalateForm) -> bool:
    services.escalate(access=access, item=row, objection=form.cleaned_data["objection"])
    messages.success(request, _("Sent to the marketplace. You get an e-mail with the decision."))
    return True


@order_page(*READ)
def photo(request, access: Access, item: int, photo):
    return photo_response(_return_of(access, item), photo)


@order_page(*FORM)
def conversation(request, access: Access, part: int):
    """What shopper and maker wrote to each other."""
    row = part_of(access, part)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if try_it(form, lambda: thread.write_as_shopper(access=access, part=row, text=text)):
            messages.success(request, _("Sent."))
            return redirect(access.url("order_messages", part=row.pk))
    context = {
        "form": form, "part": row, "thread": row.messages.all(), "side": Side.SHOPPER,
        "report_address": access.url("report_message", part=row.pk),
    }  # fmt: skip
    return shown(request, access, "shopper/messages.html", context, status=422 if form.errors else 200)


@order_page(*ACT)
def report(request, access: Access, part: int):
    """Ask the staff to look at what the maker wrote."""
    row = part_of(access, part)
    message = get_object_or_404(Message, part=row, pk=_number(request.POST.get("message")))
    thread.report_message(message=message, side=Side.SHOPPER)
    messages.success(request, _("Reported. Someone of the marketplace looks at it."))
    return redirect(access.url("order_messages", part=row.pk))


def _number(text: str | None) -> int:
    if not text or not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


@order_page(*FORM)
def free(request, access: Access, part: int):
    """Pieces whose claim was false go back free of charge: choose, see the sum, confirm."""
    row = part_of(access, part)
    claims = false_claims.claims_of(access.order)
    left = false_claims.free_pieces(row, claims)
    if not left:
        messages.info(request, _("Nothing of this can be returned now."))
        return redirect(access.url())
    rows = [(line, left[line.pk], left[line.pk]) for line in row.lines.all() if line.pk in left]
    form = PiecesForm(request.POST or None, rows=rows)
    plan = None
    if request.method == "POST" and form.is_valid():
        if "seen" in request.POST:
            return _free(request, access, row, form)
        plan = try_it(
            form, lambda: false_claims.plan_free_return(access=access, part=row, pieces=form.pieces())
        )  # fmt: skip
    context = {"form": form, "part": row, "plan": plan, "claims": claims}
    return shown(request, access, "shopper/free_return.html", context, status=422 if form.errors else 200)


def _free(request, access: Access, part, form: PiecesForm):
    try:
        false_claims.return_free(access=access, part=part, pieces=form.pieces(), seen=request.POST["seen"])
    except tuple(REFUSALS) as error:
        messages.warning(request, refusal(error))
    else:
        messages.success(request, _("The money goes back to your card. Ask the maker for a prepaid label."))
    return redirect(access.url())
