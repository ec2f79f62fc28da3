"""What waits for a person: failed refunds, payments that do not match, refused payouts, debts, stuck work."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.order.workflow import WrongMoment
from marketplace.aftersale.asking import refusal
from marketplace.core.models import OutboxMessage
from marketplace.fulfilment import Disputed, look_again, retry_refund, return_payment, why_left
from marketplace.payments import gateway
from marketplace.payments.models import Attempt, AttemptStatus, Refund

from ..trouble import KINDS, try_now
from ..words import ATTEMPTS
from . import paged, readers, show

ACTIONS = {"look": look_again, "return": return_payment}


@readers
@require_safe
def trouble(request):
    """One kind of trouble at a time, with how many there are of each."""
    kind = request.GET.get("show", "")
    counts = {name: rows().count() for name, (_label, rows) in KINDS.items()}
    if kind not in KINDS:
        kind = next((name for name in KINDS if counts[name]), next(iter(KINDS)))
    page = paged(request, KINDS[kind][1]())
    context = {
        "kind": kind, "page": page, "tabs": [(name, label, counts[name]) for name, (label, _rows) in KINDS.items()],
        "payments": _with_reasons(list(page)) if kind == "payments" else [],
    }  # fmt: skip
    return show(request, "trouble.html", "trouble", context)


def _with_reasons(attempts: list[Attempt]) -> list[tuple[Attempt, str]]:
    reasons = why_left(attempts)
    return [(attempt, reasons.get(str(attempt.pk), "")) for attempt in attempts]


@readers
@require_POST
def retry(request, pk):
    """A failed refund is asked for once more."""
    refund = get_object_or_404(Refund.objects.select_related("maker_order"), pk=pk)
    try:
        retry_refund(user=request.user, refund=refund)
    except (WrongMoment, Disputed) as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("The refund is on its way again."))
    return redirect("books:trouble")


@readers
@require_POST
def work(request, pk):
    """Stuck work is tried now."""
    message = get_object_or_404(OutboxMessage, pk=pk)
    if try_now(user=request.user, message=message):
        messages.success(request, _("It is being tried again. Load this page again in a minute."))
    else:
        messages.success(request, _("It was done in the meantime."))
    return redirect("books:trouble")


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def payment(request, pk):
    """A payment left to people: what did not match, and the two ways to end it."""
    attempt = get_object_or_404(Attempt.objects.select_related("order"), pk=pk)
    act = ACTIONS.get(request.POST.get("action", ""))
    problem = _problem(request, act, attempt) if act else ""
    if act and not problem:
        messages.success(request, _("Done. The order is as it says below."))
        return redirect("books:payment", pk)
    context = {
        "attempt": attempt, "state": ATTEMPTS[AttemptStatus(attempt.status)], "problem": problem,
        "why": why_left([attempt]).get(str(attempt.pk), ""),
        "parts": attempt.order.maker_orders.select_related("maker").order_by("pk"),
    }  # fmt: skip
    response = show(request, "payment.html", "trouble", context)
    response.status_code = 422 if problem else 200
    return response


def _problem(request, act, attempt: Attempt) -> str:
    """Why it could not be done; empty where it was."""
    try:
        act(user=request.user, attempt=attempt)
    except ValidationError as error:
        return " ".join(error.messages)
    except WrongMoment:
        return _("Somebody ended this payment in the meantime.")
    except gateway.Unreachable:
        return _("Stripe can't be reached right now. Nothing was changed; try again later.")
    except gateway.GatewayError as error:
        return _("Stripe refused it: %(why)s") % {"why": error}
    return ""
