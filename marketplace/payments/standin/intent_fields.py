"""The fields of a PaymentIntent: which may be sent when, what they may say, and how a new one looks."""

from __future__ import annotations

from typing import Any

from . import payment_methods
from .call import Call, check_currency, find
from .errors import bad_param
from .params import choice, flag, integer, mapping, metadata, text, texts
from .store import Obj, new_id

LEAST, MOST = 50, 99_999_999
SHARED = {
    "payment_method": text, "payment_method_data": mapping, "return_url": text, "receipt_email": text,
    "shipping": mapping, "payment_method_options": mapping, "setup_future_usage": choice("on_session", "off_session"),
    "payment_method_types": texts, "amount_details": mapping, "payment_details": mapping,
    "capture_method": choice("automatic", "automatic_async"),
}  # fmt: skip
EDITABLE = {
    **SHARED, "amount": integer, "currency": text, "description": text, "metadata": metadata,
    "statement_descriptor": text, "statement_descriptor_suffix": text, "transfer_group": text,
    "customer": text,
}  # fmt: skip
CREATE = {
    **EDITABLE, "automatic_payment_methods": mapping, "confirm": flag, "off_session": flag,
    "use_stripe_sdk": flag, "error_on_requires_action": flag, "confirmation_method": choice("automatic"),
}  # fmt: skip
CONFIRM = {
    **SHARED, "client_secret": text, "use_stripe_sdk": flag, "off_session": flag, "mandate_data": mapping,
    "error_on_requires_action": flag,
}  # fmt: skip
FOR_BROWSERS = (
    "id", "object", "amount", "automatic_payment_methods", "canceled_at", "cancellation_reason",
    "capture_method", "client_secret", "confirmation_method", "created", "currency", "description",
    "last_payment_error", "livemode", "next_action", "payment_method", "payment_method_types",
    "processing", "receipt_email", "setup_future_usage", "shipping", "status",
)  # fmt: skip


def _check_amount(amount: int) -> int:
    if amount < LEAST:
        raise bad_param("Amount must be at least $0.50 usd", "amount", "amount_too_small")
    if amount > MOST:
        raise bad_param("Amount must be no more than $999,999.99", "amount", "amount_too_large")
    return amount


def check(call: Call, sent: dict[str, Any]) -> None:
    """Whether what was sent can be done here. Raises ApiError (400)."""
    if sent.get("customer"):
        find(call, "customer", sent["customer"], param="customer", status=400)
    if "amount" in sent:
        _check_amount(sent["amount"])
    if "currency" in sent:
        check_currency(sent["currency"])
    if sent.get("payment_method_types", ["card"]) != ["card"]:
        raise bad_param("Only card payments are supported.", "payment_method_types")
    if len(sent.get("statement_descriptor_suffix") or "") > 22:
        raise bad_param("The statement descriptor suffix is too long (22 at most).", "statement_descriptor_suffix")
    if sent.get("return_url") and not sent["return_url"].startswith(("http://", "https://")):
        raise bad_param("Not a valid URL", "return_url", "url_invalid")


def shipping(raw: dict[str, Any] | None) -> dict[str, Any] | None:
    """Stripe's shipping hash with every key present."""
    if not raw:
        return None
    address = payment_methods.billing_details({"address": raw.get("address")})["address"]
    rest = {name: raw.get(name) or None for name in ("carrier", "name", "phone", "tracking_number")}
    return {"address": address, **rest}


def blank(call: Call, sent: dict[str, Any], method: Obj | None) -> Obj:
    """A new intent as it was asked for."""
    automatic = sent.get("automatic_payment_methods")
    if automatic is None and "payment_method_types" not in sent:
        automatic = {"enabled": "true"}
    intent_id = new_id("pi")
    shown_automatic = {
        "enabled": True,
        "allow_redirects": automatic.get("allow_redirects", "always"),
    } if automatic and automatic.get("enabled") == "true" else None  # fmt: skip
    return {
        "id": intent_id,
        "object": "payment_intent",
        "amount": sent["amount"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": shown_automatic,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": sent.get("capture_method", "automatic_async"),
        "client_secret": f"{intent_id}_secret_{new_id('x')[2:]}",
        "confirmation_method": "automatic",
        "created": call.now,
        "currency": "usd",
        "customer": sent.get("customer"),
        "customer_account": None,
        "description": sent.get("description"),
        "excluded_payment_method_types": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": sent.get("metadata") or {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": method["id"] if method else None,
        "payment_method_configuration_details": None,
        "payment_method_options": {
            "card": {
                "installments": None,
                "mandate_options": None,
                "network": None,
                "request_three_d_secure": "automatic",
            }
        },
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": sent.get("receipt_email"),
        "review": None,
        "setup_future_usage": sent.get("setup_future_usage"),
        "shipping": shipping(sent.get("shipping")),
        "statement_descriptor": sent.get("statement_descriptor"),
        "statement_descriptor_suffix": sent.get("statement_descriptor_suffix"),
        "status": "requires_confirmation" if method else "requires_payment_method",
        "transfer_data": None,
        "transfer_group": sent.get("transfer_group"),
        "_challenge": None,
        "_return_url": None,
    }
