"""PaymentIntents: the states of one payment, from creation to its end. Amounts in cents."""

from __future__ import annotations

import secrets
from typing import Any

from . import charges, payment_methods
from .call import Call, emit, find, page, public
from .errors import ApiError, bad_param, card_error, missing_param
from .intent_fields import CONFIRM, CREATE, EDITABLE, FOR_BROWSERS, blank, check, shipping
from .params import choice, merged_metadata, read, text
from .store import Obj, new_id

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")


def create(call: Call) -> Obj:
    """POST /v1/payment_intents; with confirm=true it is also confirmed."""
    sent = read(call.params, CREATE, required=("amount", "currency"))
    check(call, sent)
    if sent.get("return_url") and not sent.get("confirm"):
        raise bad_param("A return_url can only be sent together with confirm=true.", "return_url")
    if sent.get("automatic_payment_methods") and "payment_method_types" in sent:
        raise bad_param(
            "You may only specify one of these parameters: automatic_payment_methods, payment_method_types.",
            "automatic_payment_methods",
        )
    method = payment_methods.chosen(call, sent, customer=sent.get("customer"))
    intent = blank(call, sent, method)
    call.store.put(intent)
    emit(call, "payment_intent.created", intent)
    if not sent.get("confirm"):
        return intent
    if method is None:
        raise missing_param("payment_method")
    return _confirm(call, intent, method, sent)


def _unexpected(intent: Obj, verb: str) -> ApiError:
    status = intent["status"]
    why = {
        "succeeded": "it has already succeeded after being previously confirmed",
        "canceled": "it has a status of canceled",
    }.get(status, f"it has a status of {status}")
    return ApiError(
        f"You cannot {verb} this PaymentIntent because {why}.",
        code="payment_intent_unexpected_state",
        extra={"payment_intent": public(intent)},
    )


def with_secret(call: Call, id: str) -> Obj:
    """The intent; a browser must show its client secret."""
    intent = find(call, "payment_intent", id, param="intent")
    given = call.params.get("client_secret")
    if given is None and not call.publishable:
        return intent
    if not isinstance(given, str) or not secrets.compare_digest(given.encode(), intent["client_secret"].encode()):
        raise bad_param(
            "The client_secret provided does not match any associated PaymentIntent.", "client_secret",
            "payment_intent_invalid_parameter",
        )  # fmt: skip
    return intent


def shown(call: Call, intent: Obj) -> Obj:
    """The intent as its reader may see it: a browser gets only Stripe's public fields."""
    if not call.publishable:
        return intent
    return {name: intent[name] for name in FOR_BROWSERS}


def get(call: Call, id: str) -> Obj:
    """GET /v1/payment_intents/<id>."""
    read(call.params, {"client_secret": text})
    return shown(call, with_secret(call, id))


def list_all(call: Call) -> Obj:
    """GET /v1/payment_intents."""
    return page(call, "payment_intent", "/v1/payment_intents", filters=("customer",))


def update(call: Call, id: str) -> Obj:
    """POST /v1/payment_intents/<id>; after the end only description and metadata may change."""
    intent = find(call, "payment_intent", id, param="intent")
    sent = read(call.params, EDITABLE)
    check(call, sent)
    final = intent["status"] not in OPEN
    if final and set(sent) - {"description", "metadata"}:
        raise _unexpected(intent, "update")
    method = payment_methods.chosen(call, sent, customer=sent.get("customer", intent["customer"]))
    if "metadata" in sent:
        intent["metadata"] = merged_metadata(intent["metadata"], sent["metadata"])
    if "shipping" in sent:
        intent["shipping"] = shipping(sent["shipping"])
    plain = (
        "amount", "description", "receipt_email", "statement_descriptor", "transfer_group",
        "statement_descriptor_suffix", "capture_method", "customer", "setup_future_usage",
    )  # fmt: skip
    intent.update({name: sent[name] for name in plain if name in sent})
    if method:
        intent["payment_method"] = method["id"]
    if method or ("amount" in sent and intent["status"] == "requires_action"):
        intent.update(status="requires_confirmation", next_action=None, _challenge=None)
    return call.store.put(intent)


def confirm(call: Call, id: str) -> Obj:
    """POST /v1/payment_intents/<id>/confirm. Raises card errors (402); the failed attempt stays."""
    sent = read(call.params, CONFIRM)
    intent = with_secret(call, id)
    check(call, sent)
    if intent["status"] not in OPEN:
        raise _unexpected(intent, "confirm")
    method = payment_methods.chosen(call, sent, customer=intent["customer"])
    if method is None and intent["payment_method"]:
        method = find(call, "payment_method", intent["payment_method"])
    if method is None:
        raise ApiError(
            "You cannot confirm this PaymentIntent because it's missing a payment method.",
            code="payment_intent_unexpected_state",
            extra={"payment_intent": public(shown(call, intent))},
        )
    if "shipping" in sent:
        intent["shipping"] = shipping(sent["shipping"])
    for name in ("receipt_email", "setup_future_usage"):
        if sent.get(name):
            intent[name] = sent[name]
    return shown(call, _confirm(call, intent, method, sent))


def _confirm(call: Call, intent: Obj, method: Obj, sent: dict[str, Any]) -> Obj:
    return_url = sent.get("return_url")
    redirects = (intent["automatic_payment_methods"] or {}).get("allow_redirects")
    if redirects == "always" and not return_url and not call.publishable and not sent.get("use_stripe_sdk"):
        raise bad_param(
            "This PaymentIntent may redirect the customer: send a `return_url`, or set"
            " automatic_payment_methods[allow_redirects] to never.", "return_url",
        )  # fmt: skip
    intent.update(payment_method=method["id"], _return_url=return_url, _challenge=None, next_action=None)
    if payment_methods.behaviour(method).secure or _asked_for(sent):
        return _challenge(call, intent, method, sent)
    seconds = float(call.store.setting("processing_seconds", 0))
    if seconds > 0:
        intent.update(status="processing", last_payment_error=None)
        call.store.put(intent)
        emit(call, "payment_intent.processing", intent)
        call.store.schedule("settle_intent", intent["id"], seconds)
        return intent
    return take(call, intent, method)


def _asked_for(sent: dict[str, Any]) -> bool:
    """Whether the merchant wants 3-D Secure for every card that knows it."""
    options = (sent.get("payment_method_options") or {}).get("card") or {}
    return isinstance(options, dict) and options.get("request_three_d_secure") in ("any", "challenge")


def _challenge(call: Call, intent: Obj, method: Obj, sent: dict[str, Any]) -> Obj:
    if sent.get("off_session") or sent.get("error_on_requires_action"):
        error = card_error(
            "Your card was declined. This transaction requires authentication.",
            code="authentication_required", decline_code="authentication_required",
        )  # fmt: skip
        raise _failed(call, intent, method, error)
    challenge = new_id("3ds", 32)
    url = f"{call.config.public_url}/3ds/{challenge}"
    return_url = sent.get("return_url")
    if return_url and not sent.get("use_stripe_sdk"):
        action = {"type": "redirect_to_url", "redirect_to_url": {"return_url": return_url, "url": url}}
    else:
        action = {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": url}}
    intent.update(status="requires_action", next_action=action, last_payment_error=None, _challenge=challenge)
    call.store.put(intent)
    call.store.put({"id": challenge, "object": "_challenge", "created": call.now, "intent": intent["id"], "done": None})
    emit(call, "payment_intent.requires_action", intent)
    return intent


def take(call: Call, intent: Obj, method: Obj, *, authenticated: bool = False) -> Obj:
    """Charge the card and bring the intent to its next state.

    Raises a card error (402, kept) when declined.
    """
    made, error = charges.charge(call, intent, method, authenticated=authenticated)
    intent["latest_charge"] = made["id"]
    if error:
        error.error["charge"] = made["id"]
        raise _failed(call, intent, method, error)
    intent.update(
        status="succeeded", amount_received=intent["amount"], next_action=None, last_payment_error=None,
        _challenge=None,
    )  # fmt: skip
    if intent["setup_future_usage"] and intent["customer"]:
        payment_methods.keep(call, find(call, "payment_method", method["id"]), intent["customer"])
    call.store.put(intent)
    emit(call, "payment_intent.succeeded", intent)
    return intent


def _failed(call: Call, intent: Obj, method: Obj, error: ApiError) -> ApiError:
    """Put the intent back to requires_payment_method; give the error that tells of it."""
    error.keep = True
    error.error["payment_method"] = public(method)
    intent.update(
        status="requires_payment_method", payment_method=None, next_action=None, _challenge=None,
        last_payment_error=dict(error.error),
    )  # fmt: skip
    call.store.put(intent)
    emit(call, "payment_intent.payment_failed", intent)
    error.error["payment_intent"] = public(shown(call, intent))
    return error


def authenticate(call: Call, challenge_id: str, success: bool) -> Obj:
    """End a 3-D Secure challenge; give the intent as it is afterwards.

    A challenge that has ended or been replaced changes nothing. Raises ApiError (404) for an
    unknown one; a decline after a good authentication is told by the intent, not raised.
    """
    challenge = find(call, "_challenge", challenge_id)
    intent = find(call, "payment_intent", challenge["intent"])
    if intent["_challenge"] != challenge_id or intent["status"] != "requires_action":
        return intent
    call.store.put({**challenge, "done": "succeeded" if success else "failed"})
    method = find(call, "payment_method", intent["payment_method"])
    if not success:
        _failed(
            call, intent, method,
            ApiError(
                "We are unable to authenticate your payment method. Please choose a different payment"
                " method and try again.", code="payment_intent_authentication_failure",
            ),
        )  # fmt: skip
        return intent
    return settle(call, intent["id"], authenticated=True)


def settle(call: Call, intent_id: str, *, authenticated: bool = False) -> Obj:
    """Charge the intent's payment method outside a confirm call; a decline shows in the intent."""
    intent = find(call, "payment_intent", intent_id)
    if intent["status"] not in ("requires_action", "processing"):
        return intent
    method = find(call, "payment_method", intent["payment_method"])
    try:
        return take(call, intent, method, authenticated=authenticated)
    except ApiError as error:
        if not error.keep:
            raise
        return find(call, "payment_intent", intent_id)


def cancel(call: Call, id: str) -> Obj:
    """POST /v1/payment_intents/<id>/cancel; not while processing, nor after success."""
    intent = find(call, "payment_intent", id, param="intent")
    reasons = choice("abandoned", "duplicate", "fraudulent", "requested_by_customer")
    sent = read(call.params, {"cancellation_reason": reasons})
    if intent["status"] not in OPEN:
        raise _unexpected(intent, "cancel")
    intent.update(
        status="canceled", canceled_at=call.now, cancellation_reason=sent.get("cancellation_reason"),
        next_action=None, _challenge=None,
    )  # fmt: skip
    call.store.put(intent)
    emit(call, "payment_intent.canceled", intent)
    return intent
