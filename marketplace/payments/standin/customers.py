"""Customers, the sessions that show their saved cards in a browser, and the cards they keep."""

from __future__ import annotations

import secrets
from typing import Any

from . import payment_methods
from .call import Call, emit, find, page
from .cards import brand_of
from .errors import ApiError, bad_param, missing_param
from .params import choice, flag, integer, mapping, merged_metadata, metadata, read, text, texts
from .store import Obj, new_id

FIELDS = {
    "email": text, "name": text, "phone": text, "description": text, "metadata": metadata, "address": mapping,
    "shipping": mapping, "preferred_locales": texts,
}  # fmt: skip
SESSION_SECONDS = 1800
ON = choice("enabled", "disabled")
FEATURES = {
    "payment_method_redisplay": ON, "payment_method_save": ON, "payment_method_remove": ON,
    "payment_method_save_usage": choice("on_session", "off_session"), "payment_method_redisplay_limit": integer,
    "payment_method_allow_redisplay_filters": texts,
}  # fmt: skip


def create(call: Call) -> Obj:
    """POST /v1/customers."""
    sent = read(call.params, FIELDS)
    customer: Obj = {
        "id": new_id("cus", 14),
        "object": "customer",
        "address": _address(sent.get("address")),
        "balance": 0,
        "created": call.now,
        "currency": None,
        "customer_account": None,
        "default_source": None,
        "delinquent": False,
        "description": sent.get("description"),
        "discount": None,
        "email": sent.get("email"),
        "invoice_prefix": secrets.token_hex(4).upper(),
        "invoice_settings": {
            "custom_fields": None, "default_payment_method": None, "footer": None, "rendering_options": None,
        },
        "livemode": False,
        "metadata": sent.get("metadata") or {},
        "name": sent.get("name"),
        "next_invoice_sequence": 1,
        "phone": sent.get("phone"),
        "preferred_locales": sent.get("preferred_locales") or [],
        "shipping": sent.get("shipping") or None,
        "tax_exempt": "none",
        "test_clock": None,
    }  # fmt: skip
    call.store.put(customer)
    emit(call, "customer.created", customer)
    return customer


def _address(raw: dict[str, Any] | None) -> dict[str, Any] | None:
    return payment_methods.billing_details({"address": raw})["address"] if raw else None


def get(call: Call, id: str) -> Obj:
    """GET /v1/customers/<id>."""
    return find(call, "customer", id)


def update(call: Call, id: str) -> Obj:
    """POST /v1/customers/<id>."""
    customer = find(call, "customer", id)
    sent = read(call.params, FIELDS)
    before = {name: customer[name] for name in sent}
    customer.update({name: value for name, value in sent.items() if name not in ("metadata", "address")})
    if "metadata" in sent:
        customer["metadata"] = merged_metadata(customer["metadata"], sent["metadata"])
    if "address" in sent:
        customer["address"] = _address(sent["address"])
    call.store.put(customer)
    emit(call, "customer.updated", customer, previous=before)
    return customer


def list_all(call: Call) -> Obj:
    """GET /v1/customers."""
    return page(call, "customer", "/v1/customers", filters=("email",))


def list_cards(call: Call, id: str) -> Obj:
    """GET /v1/customers/<id>/payment_methods."""
    find(call, "customer", id)
    return page(
        call, "payment_method", f"/v1/customers/{id}/payment_methods", filters=("type", "allow_redisplay"), customer=id
    )


def list_methods(call: Call) -> Obj:
    """GET /v1/payment_methods of a customer."""
    customer = call.params.pop("customer", "")
    if not customer:
        raise missing_param("customer")
    find(call, "customer", customer, param="customer", status=400)
    return page(call, "payment_method", "/v1/payment_methods", filters=("type",), customer=customer)


def get_card(call: Call, id: str, method: str) -> Obj:
    """GET /v1/customers/<id>/payment_methods/<method>."""
    find(call, "customer", id)
    found = find(call, "payment_method", method)
    if found["customer"] != id:
        raise ApiError(f"No such PaymentMethod: '{method}'", status=404, code="resource_missing", param="id")
    return found


def attach(call: Call, id: str) -> Obj:
    """POST /v1/payment_methods/<id>/attach. Raises a card error (402) where the bank says no."""
    sent = read(call.params, {"customer": text}, required=("customer",))
    find(call, "customer", sent["customer"], param="customer", status=400)
    method = payment_methods.get(call, id)
    return payment_methods.keep(call, method, sent["customer"])


def detach(call: Call, id: str) -> Obj:
    """POST /v1/payment_methods/<id>/detach: for good, it can't be used again."""
    read(call.params, {})
    return _detach(call, find(call, "payment_method", id))


def _detach(call: Call, method: Obj) -> Obj:
    if not method["customer"]:
        raise ApiError("The payment method you provided is not attached to a customer so detachment is impossible.")
    before = {"customer": method["customer"]}
    method.update(customer=None, _spent=True)
    call.store.put(method)
    emit(call, "payment_method.detached", method, previous=before)
    return method


def create_session(call: Call) -> Obj:
    """POST /v1/customer_sessions for the Payment Element; its secret opens the customer's cards for half an hour."""
    sent = read(call.params, {"customer": text, "components": mapping}, required=("customer", "components"))
    find(call, "customer", sent["customer"], param="customer", status=400)
    components = read(sent["components"], {"payment_element": mapping})
    element = read(components.get("payment_element") or {}, {"enabled": flag, "features": mapping})
    if not element.get("enabled"):
        raise bad_param("The stand-in has sessions for the Payment Element only: enable it.", "components")
    features: Obj = {
        "payment_method_allow_redisplay_filters": ["always"], "payment_method_redisplay": "disabled",
        "payment_method_redisplay_limit": 3, "payment_method_remove": "disabled", "payment_method_save": "disabled",
        "payment_method_save_usage": None, **read(element.get("features") or {}, FEATURES),
    }  # fmt: skip
    if features["payment_method_save"] == "enabled" and not features["payment_method_save_usage"]:
        raise missing_param("components[payment_element][features][payment_method_save_usage]")
    secret = f"cuss_secret_{new_id('x', 48)[2:]}"
    expires = call.now + SESSION_SECONDS
    call.store.put(
        {
            "id": new_id("cuss"), "object": "_session", "created": call.now, "secret": secret,
            "customer": sent["customer"], "expires_at": expires, "features": features,
        }
    )  # fmt: skip
    return {
        "object": "customer_session",
        "client_secret": secret,
        "components": {
            "buy_button": {"enabled": False},
            "customer_sheet": {"enabled": False, "features": None},
            "mobile_payment_element": {"enabled": False, "features": None},
            "payment_element": {"enabled": True, "features": features},
            "pricing_table": {"enabled": False},
        },
        "created": call.now,
        "customer": sent["customer"],
        "customer_account": None,
        "expires_at": expires,
        "livemode": False,
    }


def session_of(call: Call, secret: str) -> Obj:
    """The session behind a client secret. Raises ApiError (400) for none and for one that has ended."""
    found = call.store.select("_session", where={"secret": secret})
    if not found or found[0]["expires_at"] <= call.now:
        raise bad_param("The customer session has expired or does not exist.", "customer_session_client_secret")
    return found[0]


def shown_cards(call: Call, session: Obj) -> list[Obj]:
    """The cards that a browser may offer again: what the session's features allow."""
    features = session["features"]
    if features["payment_method_redisplay"] != "enabled":
        return []
    where = {"customer": session["customer"]}
    kept = call.store.select("payment_method", where=where, newest_first=True)
    allowed = features["payment_method_allow_redisplay_filters"]
    shown = [method for method in kept if method["allow_redisplay"] in allowed]
    return [_for_browser(method) for method in shown[: features["payment_method_redisplay_limit"] or 10]]


def _for_browser(method: Obj) -> Obj:
    card = method["card"]
    short = {name: card[name] for name in ("last4", "exp_month", "exp_year")}
    return {"id": method["id"], "brand": brand_of(method["_number"]), **short}


def detach_in_browser(call: Call, id: str) -> Obj:
    """POST /v1/elements/payment_methods/<id>/detach: our stripe.js removes a card (no address of Stripe's)."""
    sent = read(call.params, {"customer_session_client_secret": text}, required=("customer_session_client_secret",))
    session = session_of(call, sent["customer_session_client_secret"])
    method = find(call, "payment_method", id)
    if method["customer"] != session["customer"] or session["features"]["payment_method_remove"] != "enabled":
        raise ApiError(f"No such PaymentMethod: '{id}'", status=404, code="resource_missing", param="id")
    return {"id": _detach(call, method)["id"], "object": "payment_method"}
