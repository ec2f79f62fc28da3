"""Checkout in one column: address, delivery, payment, done. Every step can be left and entered again."""

import logging
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace import fulfilment
from marketplace.aftersale.access import as_shopper
from marketplace.aftersale.picture import parts_of, picture_of
from marketplace.core import clock
from marketplace.core.headers import allow_payment
from marketplace.payments import customers, gateway
from marketplace.payments.models import Attempt, AttemptStatus
from marketplace.tax.rates import TaxUnknown

from . import advice, typed
from .access import attempt_or_404, open_attempt, remember
from .address_book import addresses_of
from .forms import AddressForm, GiftForm

logger = logging.getLogger(__name__)
FORM_METHODS = ["GET", "HEAD", "POST"]
CLOSED = (AttemptStatus.PAID, AttemptStatus.REFUNDED, AttemptStatus.FOR_PEOPLE)


def _not_ready(request, quote) -> HttpResponse | None:
    """Back to the bag where there is nothing to pay, or on to a payment that waits already."""
    if not quote.is_empty:
        return None
    waiting = open_attempt(request)
    if waiting is not None:
        return redirect("checkout:payment", waiting.pk)
    messages.info(request, _("Your bag is empty."))
    return redirect("basket:summary")


def _blocked(request, quote) -> TemplateResponse:
    context = {"quote": quote, "after": reverse("checkout:delivery"), "nothing_left": not quote.parts}
    return TemplateResponse(request, "checkout/blocked.html", context, status=409)


@never_cache
@require_http_methods(FORM_METHODS)
def address(request):
    quote = fulfilment.quote_of(request.basket)
    elsewhere = _not_ready(request, quote)
    if elsewhere:
        return elsewhere
    if quote.blocked:
        return _blocked(request, quote)
    form = AddressForm(request.POST or None, user=request.user, initial=typed.typed_address(request))
    if request.method == "POST":
        typed.keep_typed(request, request.POST)
        if form.is_valid():
            typed.keep_address(request, form.cleaned_data)
            return redirect("checkout:delivery")
    sign_in = f"{reverse('account_login')}?{urlencode({'next': reverse('checkout:index')})}"
    context = {"form": form, "quote": quote, "sign_in_address": sign_in, "addresses": addresses_of(request.user)}
    return TemplateResponse(request, "checkout/address.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(FORM_METHODS)
def delivery(request):
    """Shipping per maker and the whole sum; posting it holds the pieces."""
    gift, only_show = GiftForm(request.POST or None), "update" in request.POST
    if request.method == "POST":
        typed.keep_gift(request, request.POST)
        only_show |= typed.keep_voucher(request, request.POST.get("voucher", ""))
    shopper = typed.shopper_of(request)
    if shopper and request.method == "POST" and not only_show and gift.is_valid():
        return _order(request, shopper)
    choices = typed.choices_of(request)
    if request.method == "POST":
        typed.keep_choices(request, choices := _posted(request, "delivery"))
        if gift.is_valid():
            return redirect("checkout:delivery")
    quote = _quote(request, shopper, choices)
    elsewhere = _not_ready(request, quote) or (None if shopper else redirect("checkout:index"))
    if elsewhere:
        return elsewhere
    if quote.blocked:
        return _blocked(request, quote)
    return _show_delivery(request, shopper, quote, gift=gift if request.method == "POST" else None)


def _quote(request, shopper, choices):
    """The quote for this address; where tax can't be reckoned now, the one without it, which nobody can order."""
    wanted = {"choices": choices, "voucher": typed.voucher_of(request), "email": shopper.email if shopper else ""}
    try:
        return fulfilment.quote_of(request.basket, destination=shopper and shopper.destination, **wanted)
    except TaxUnknown as error:
        logger.warning("tax can't be reckoned: %s", error)
        return fulfilment.quote_of(request.basket, **wanted)


def _posted(request, name: str) -> dict[int, str]:
    """Ways of delivery by maker id, from fields such as delivery-12; what is none is left out."""
    prefix = f"{name}-"
    return {
        int(field.removeprefix(prefix)): code[:16]
        for field, code in request.POST.items()
        if field.startswith(prefix) and field.removeprefix(prefix).isdecimal() and len(field) < 30
    }


def _show_delivery(request, shopper, quote, *, changed: bool = False, gift=None) -> TemplateResponse:
    gift = gift or GiftForm(initial=typed.gift_of(request))
    code = typed.voucher_of(request)
    context = {"quote": quote, "shopper": shopper, "changed": changed, "gift": gift, "voucher": code}
    status = 503 if not quote.tax_known else 409 if changed else 422 if gift.errors else 200
    return TemplateResponse(request, "checkout/delivery.html", context, status=status)


def _order(request, shopper) -> HttpResponse:
    """Take the chosen ways of delivery; place the order unless anything else differs from what was seen."""
    shown, choices = _posted(request, "shown"), _posted(request, "delivery")
    typed.keep_choices(request, choices)
    user = request.user if request.user.is_authenticated else None
    seen = request.POST.get("seen", "")
    try:
        if shown != choices:
            seen = _seen_with(request, shopper, shown, choices, seen)
        attempt = fulfilment.place(
            basket=request.basket, shopper=shopper, user=user, choices=choices, seen=seen,
            voucher=typed.voucher_of(request),
        )  # fmt: skip
    except fulfilment.CannotPlace as error:
        return _blocked(request, error.quote)
    except fulfilment.Changed as error:
        return _show_delivery(request, shopper, error.quote, changed=True)
    except fulfilment.NotPayable:
        messages.warning(request, _("A payment is between $0.50 and $999,999.99. Change your bag, then go on."))
        return redirect("basket:summary")
    except fulfilment.BasketGone:
        return _gone(request)
    except TaxUnknown as error:
        logger.warning("tax can't be reckoned: %s", error)
        return _show_delivery(request, shopper, _quote(request, None, choices))
    remember(request, attempt)
    return redirect("checkout:payment", attempt.pk)


def _seen_with(request, shopper, shown: dict, choices: dict, seen: str) -> str:
    """What is seen with other ways of delivery, where nothing but these changed. Raises Changed."""
    wanted = {"destination": shopper.destination, "voucher": typed.voucher_of(request), "email": shopper.email}
    now = fulfilment.quote_of(request.basket, choices=choices, **wanted)
    if fulfilment.quote_of(request.basket, choices=shown, **wanted).seen != seen:
        raise fulfilment.Changed(now)
    return now.seen


def _gone(request) -> HttpResponse:
    """The bag is empty: on to a payment that waits already, else a word of why."""
    waiting = open_attempt(request)
    if waiting is not None:
        return redirect("checkout:payment", waiting.pk)
    messages.info(request, _("Your bag was emptied or paid in another tab."))
    return redirect("basket:summary")


@never_cache
@require_safe
def payment(request, attempt):
    """The card form. What is paid here was frozen when the pieces were held."""
    attempt = attempt_or_404(request, attempt)
    if attempt.status in CLOSED:
        return redirect("checkout:done", attempt.pk)
    if attempt.status == AttemptStatus.EXPIRED:
        return _expired(request, attempt)
    if attempt.expires_at <= clock.now():
        return _look(request, attempt, unpaid=_expired)
    try:
        attempt = fulfilment.ensure_intent(attempt=attempt)
    except gateway.GatewayError as error:
        logger.warning("no intent for %s: %s", attempt.pk, error)
    context = {
        "attempt": attempt,
        "agreed": attempt.snapshot,
        "return_address": request.build_absolute_uri(reverse("checkout:return", args=[attempt.pk])),
        "publishable_key": settings.STRIPE_PUBLISHABLE_KEY,
        "customer_secret": _customer_secret(request, attempt),
        "advice": advice.advice_json(),
        "stripe_js": settings.STRIPE_JS_ADDRESS,
        "locale": get_language(),
        "problem": request.session.pop("payment_problem", ""),
    }
    status = 200 if attempt.intent_id else 503
    return allow_payment(TemplateResponse(request, "checkout/payment.html", context, status=status))


def _customer_secret(request, attempt: Attempt) -> str:
    """Opens the shopper's saved cards to the card form; without them it still takes every card."""
    try:
        return customers.open_session(user=request.user, attempt=attempt)
    except gateway.GatewayError as error:
        logger.warning("no saved cards for %s: %s", attempt.pk, error)
        return ""


@require_POST
def back(request, attempt):
    """Change the order instead of paying it: the payment is canceled first, then the bag is as before."""
    attempt = attempt_or_404(request, attempt)
    try:
        attempt = fulfilment.expire(attempt_id=attempt.pk)
    except gateway.GatewayError as error:
        logger.warning("attempt %s was not canceled: %s", attempt.pk, error)
        messages.error(request, _("The payment service can't be reached, so nothing was changed. Try again."))
        return redirect("checkout:payment", attempt.pk)
    if attempt.status in CLOSED:
        return redirect("checkout:done", attempt.pk)
    if attempt.status == AttemptStatus.OPEN:
        return redirect("checkout:return", attempt.pk)
    fulfilment.restore_basket(attempt=attempt, basket=request.basket)
    messages.info(request, _("Nothing was charged. Your bag is as you left it."))
    return redirect("basket:summary")


@never_cache
@require_safe
def payment_return(request, attempt):
    """Where Stripe sends the shopper; what the address says of the outcome is not believed, Stripe is asked."""
    return _look(request, attempt_or_404(request, attempt), unpaid=_back_to_the_form)


def _look(request, attempt: Attempt, *, unpaid) -> HttpResponse:
    """Ask Stripe and go where the answer leads; only what is surely unpaid is called so."""
    intent = None
    try:
        attempt = fulfilment.finalize(attempt_id=attempt.pk)
        if attempt.status == AttemptStatus.OPEN and attempt.intent_id:
            intent = gateway.retrieve_intent(attempt.intent_id)
    except gateway.GatewayError as error:
        logger.warning("attempt %s can't be looked at: %s", attempt.pk, error)
        return _waiting(request, attempt)
    if attempt.status in CLOSED:
        typed.forget(request)
        return redirect("checkout:done", attempt.pk)
    if intent is not None and intent.status in ("processing", "succeeded"):
        return _waiting(request, attempt)
    return unpaid(request, attempt, _problem(intent))


def _problem(intent: gateway.Intent | None) -> str:
    """What Stripe said of the last try, and what to do about it."""
    if intent is None or not intent.error:
        return ""
    return f"{intent.error} {advice.advice_for(intent.error_code)}"


def _back_to_the_form(request, attempt: Attempt, problem: str) -> HttpResponse:
    request.session["payment_problem"] = problem
    return redirect("checkout:payment", attempt.pk)


def _expired(request, attempt: Attempt, problem: str = "") -> TemplateResponse:
    return TemplateResponse(request, "checkout/expired.html", {"attempt": attempt}, status=410)


def _waiting(request, attempt: Attempt) -> TemplateResponse:
    return TemplateResponse(request, "checkout/waiting.html", {"attempt": attempt}, status=202)


@never_cache
@require_safe
def done(request, attempt):
    """Thanks, or a plain explanation why not."""
    attempt = attempt_or_404(request, attempt)
    if attempt.status not in CLOSED:
        return redirect("checkout:payment", attempt.pk)
    order = attempt.order
    context = {
        "attempt": attempt,
        "order": order,
        "views": [picture_of(part) for part in parts_of(order)],
        "access": as_shopper(order),
        "agreed": attempt.snapshot,
        "offer_account": not request.user.is_authenticated,
    }
    return TemplateResponse(request, "checkout/done.html", context)
