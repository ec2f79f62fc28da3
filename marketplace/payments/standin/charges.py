"""Charges: one per attempt to pay, succeeded or failed. Amounts in cents."""

from __future__ import annotations

from typing import Any

from .balance import DAY, SETTLE_DAYS, card_fee, record
from .call import Call, emit, find, page
from .card_table import Behaviour
from .cards import declined
from .errors import ApiError
from .params import mapping, merged_metadata, metadata, read, text
from .payment_methods import behaviour
from .store import Obj, new_id

RISK_SCORES = {"normal": 12, "elevated": 68, "highest": 93}
BLOCKED_MESSAGE = "Stripe blocked this payment as too risky."
SELLER_MESSAGE = {True: "Payment complete.", False: "The bank did not return any further details."}


def charge(call: Call, intent: Obj, method: Obj, *, authenticated: bool = False) -> tuple[Obj, ApiError | None]:
    """Try to take the intent's amount from a card; give the charge and, if it was declined, the error."""
    card = behaviour(method)
    error = declined(card)
    made = _new(call, intent, method, card, error, authenticated)
    if error:
        call.store.put(made)
        emit(call, "charge.failed", made)
        return made, error
    available = call.now if card.instant else call.now + SETTLE_DAYS * DAY
    entry = record(
        call, "charge", made["id"], intent["amount"], fee=card_fee(intent["amount"]),
        available_on=available, description=intent["description"],
    )  # fmt: skip
    made["balance_transaction"] = entry["id"]
    made["_available_on"] = available
    made["_refund"] = card.refund
    call.store.put(made)
    if not method["customer"] and not (intent["customer"] and intent["setup_future_usage"]):
        call.store.put({**method, "_spent": True})
    emit(call, "charge.succeeded", made)
    for reason in card.disputes:
        part = f"{reason}/{len(card.disputes)}"
        call.store.schedule(f"dispute:{part}", made["id"], call.config.dispute_delay)
    if card.warned:
        call.store.schedule("warn", made["id"], call.config.dispute_delay)
    return made, None


def _checks(method: Obj, card: Behaviour, reason: str | None) -> dict[str, str | None]:
    """What the bank says of code and address; nothing of what was not given."""
    address = method["billing_details"]["address"]
    wrong_code = reason == "incorrect_cvc"
    results = {
        "cvc": method["_has_cvc"] and ("fail" if wrong_code or "cvc" in card.failed_checks else "pass"),
        "line1": address["line1"] and ("fail" if "line1" in card.failed_checks else "pass"),
        "zip": address["postal_code"] and ("fail" if "zip" in card.failed_checks else "pass"),
    }
    if card.unchecked:
        results.update({name: results[name] and "unavailable" for name in ("line1", "zip")})
    names = {"line1": "address_line1_check", "zip": "address_postal_code_check", "cvc": "cvc_check"}
    return {shown: results[name] or None for name, shown in names.items()}


def _network_status(paid: bool, blocked: bool) -> str:
    if blocked:
        return "not_sent_to_network"
    return "approved_by_network" if paid else "declined_by_network"


def _new(call: Call, intent: Obj, method: Obj, card: Behaviour, error: ApiError | None, authenticated: bool) -> Obj:
    paid = error is None
    charge_id = new_id("ch")
    reason = error.error.get("decline_code", error.error["code"]) if error else None
    shown = method["card"]
    blocked = reason == "fraudulent"
    secure = {
        "authentication_flow": "challenge", "electronic_commerce_indicator": "05",
        "exemption_indicator": None, "result": "authenticated", "result_reason": None,
        "transaction_id": new_id("3ds", 16), "version": "2.2.0",
    } if authenticated else None  # fmt: skip
    return {
        "id": charge_id,
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if paid else 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "LA ORIGINAL",
        "captured": paid,
        "created": call.now,
        "currency": "usd",
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": error.error["code"] if error else None,
        "failure_message": error.error["message"] if error else None,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "on_behalf_of": None,
        "outcome": {
            "advice_code": None if paid else "try_again_later",
            "network_advice_code": None,
            "network_decline_code": None,
            "network_status": _network_status(paid, blocked),
            "reason": "highest_risk_level" if blocked else reason,
            "risk_level": card.risk,
            "risk_score": RISK_SCORES[card.risk],
            "seller_message": BLOCKED_MESSAGE if blocked else SELLER_MESSAGE[paid],
            "type": "authorized" if paid else ("blocked" if blocked else "issuer_declined"),
        },
        "paid": paid,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {
            "card": {
                "amount_authorized": intent["amount"] if paid else None,
                "authorization_code": "123456" if paid else None,
                "brand": shown["brand"],
                "checks": _checks(method, card, reason),
                "country": shown["country"],
                "exp_month": shown["exp_month"],
                "exp_year": shown["exp_year"],
                "extended_authorization": {"status": "disabled"},
                "fingerprint": shown["fingerprint"],
                "funding": shown["funding"],
                "incremental_authorization": {"status": "unavailable"},
                "installments": None,
                "last4": shown["last4"],
                "mandate": None,
                "multicapture": {"status": "unavailable"},
                "network": shown["brand"],
                "network_token": {"used": False},
                "network_transaction_id": None,
                "overcapture": {"maximum_amount_capturable": intent["amount"], "status": "unavailable"},
                "regulated_status": "unregulated",
                "three_d_secure": secure,
                "wallet": shown["wallet"],
            },
            "type": "card",
        },
        "radar_options": {},
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": f"{call.config.public_url}/receipts/{charge_id}" if paid else None,
        "refunded": False,
        "review": None,
        "shipping": intent["shipping"],
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": "succeeded" if paid else "failed",
        "transfer_data": None,
        "transfer_group": intent["transfer_group"] or f"group_{intent['id']}",
        "_refund": None,
        "_available_on": call.now,
    }


def get(call: Call, id: str) -> Obj:
    """GET /v1/charges/<id>."""
    return find(call, "charge", id)


def update(call: Call, id: str) -> Obj:
    """POST /v1/charges/<id>: description, metadata, receipt_email, fraud_details."""
    made = find(call, "charge", id)
    sent = read(
        call.params,
        {"description": text, "metadata": metadata, "receipt_email": text, "fraud_details": mapping},
    )
    changes: dict[str, Any] = {**sent}
    if "metadata" in sent:
        changes["metadata"] = merged_metadata(made["metadata"], sent["metadata"])
    before = {name: made[name] for name in changes}
    made.update(changes)
    call.store.put(made)
    emit(call, "charge.updated", made, previous=before)
    return made


def list_all(call: Call) -> Obj:
    """GET /v1/charges."""
    return page(call, "charge", "/v1/charges", filters=("payment_intent", "transfer_group", "customer"))
