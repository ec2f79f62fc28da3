"""Cards as payment methods: from stripe.js, from the API, or by a test name such as `pm_card_visa`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .call import Call, emit, find
from .card_table import NAMED, Behaviour
from .cards import behaviour_of, card_details, declined
from .errors import ApiError, bad_param
from .params import choice, mapping, metadata, read
from .store import Obj, new_id

ADDRESS = ("city", "country", "line1", "line2", "postal_code", "state")
FIELDS = {
    "type": choice("card"), "card": mapping, "billing_details": mapping, "metadata": metadata,
    "allow_redisplay": choice("always", "limited", "unspecified"),
}  # fmt: skip


def billing_details(raw: Any) -> dict[str, Any]:
    """Stripe's billing_details hash with every key present."""
    raw = raw if isinstance(raw, dict) else {}
    address = raw.get("address") if isinstance(raw.get("address"), dict) else {}
    return {
        "address": {name: address.get(name) or None for name in ADDRESS},
        "email": raw.get("email") or None,
        "name": raw.get("name") or None,
        "phone": raw.get("phone") or None,
        "tax_id": raw.get("tax_id") or None,
    }


def build(call: Call, raw: dict[str, Any]) -> Obj:
    """Store a payment method from its parameters. Raises card errors (402) for what was mistyped."""
    sent = read(raw, FIELDS, required=("type",))
    if isinstance(sent.get("card"), dict) and sent["card"].get("token"):
        raise bad_param("Card tokens are not supported; send a test payment method.", "card[token]")
    details, number = card_details(sent.get("card"), call.store.now())
    details["wallet"] = _wallet(call, sent["card"], number)
    method: Obj = {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": sent.get("allow_redisplay", "unspecified"),
        "billing_details": billing_details(sent.get("billing_details")),
        "card": details,
        "created": call.now,
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": sent.get("metadata") or {},
        "type": "card",
        "_number": number,
        "_has_cvc": bool(sent["card"].get("cvc")),
        "_spent": False,
    }
    return call.store.put(method)


def _wallet(call: Call, raw: dict[str, Any], number: str) -> dict[str, Any] | None:
    """The wallet that our own stripe.js names; the real one sends a token that nobody else can make."""
    kind = raw.get("wallet")
    if not kind:
        return None
    if kind != "google_pay" or not call.publishable:
        raise bad_param(f"Invalid wallet: {kind}", "card[wallet]")
    return {"type": kind, "dynamic_last4": number[-4:], kind: {}}


def keep(call: Call, method: Obj, customer: str) -> Obj:
    """Attach a card to a customer. Raises a card error (402) where the bank says no."""
    if method["customer"] == customer:
        return method
    if method["customer"] or method["_spent"]:
        raise ApiError(
            "The payment method you provided has already been attached to a customer or was used without one.",
            code="payment_method_already_attached" if method["customer"] else None,
        )
    card = behaviour(method)
    error = declined(card)
    if error and not (card.attaches or card.secure):
        raise error
    method.update(customer=customer)
    call.store.put(method)
    emit(call, "payment_method.attached", method)
    return method


def create(call: Call) -> Obj:
    """POST /v1/payment_methods (secret or publishable key)."""
    return build(call, call.params)


def get(call: Call, id: str) -> Obj:
    """GET /v1/payment_methods/<id>."""
    if id in NAMED:
        return named(call, id)
    return find(call, "payment_method", id)


def named(call: Call, name: str) -> Obj:
    """A fresh payment method for one of Stripe's test names."""
    card = {"number": NAMED[name], "exp_month": "12", "exp_year": str(_next_year(call)), "cvc": "123"}
    if NAMED[name].startswith("37"):
        card["cvc"] = "1234"
    return build(call, {"type": "card", "card": card})


def _next_year(call: Call) -> int:
    return 1970 + int(call.now / 31_556_952) + 1


def chosen(call: Call, params: dict[str, Any], *, customer: str | None = None) -> Obj | None:
    """The payment method a request names or describes, or None if it does neither.

    One that a customer keeps pays for this customer only.
    """
    if params.get("payment_method_data"):
        return build(call, params["payment_method_data"])
    name = params.get("payment_method")
    if not name:
        return None
    if name in NAMED:
        return named(call, name)
    method = find(call, "payment_method", name, param="payment_method", status=400)
    if method["customer"] and method["customer"] != customer:
        raise bad_param(
            "The provided PaymentMethod cannot be attached. To reuse a PaymentMethod, you must attach it to a"
            " Customer first, and name that Customer.", "payment_method",
        )  # fmt: skip
    if method["_spent"]:
        raise ApiError(
            "The provided PaymentMethod was previously used with a PaymentIntent without Customer"
            " attachment, and may not be used again.",
            param="payment_method",
        )
    return method


def behaviour(method: Obj) -> Behaviour:
    """What charging this payment method does; a wrong CVC only shows where a CVC was given."""
    card = behaviour_of(method["_number"])
    if card.code == "incorrect_cvc" and not method["_has_cvc"]:
        return Behaviour(card.number)
    if card.once and method["customer"]:
        return replace(card, secure=False)
    return card
