"""Charges: one per attempt to pay, succeeded or failed. Amounts in cents."""

from __future__ import annotations

from typing import Any

from .balance import DAY, SETTLE_DAYS, card_fee, record
from .call import Call, emit, find, page
from .cards import declined
from .errors import ApiError
from .params import mapping, merged_metadata, metadata, read, text
from .payment_methods import behaviour
from .store import Obj, new_id

SELLER_MESSAGE = {True: "Payment complete.", False: "The bank did not return any further details."}


def charge(call: Call, intent: Obj, method: Obj, *, authenticated: bool = False) -> tuple[Obj, ApiError | None]:
    """Try to take the intent's amount from a card; give the charge and, if it was declined, the error."""
    card = behaviour(method)
    error = declined(card)
    made = _new(call, intent, method, error, authenticated)
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
    call.store.put({**method, "_spent": True})
    emit(call, "charge.succeeded", made)
    if card.dispute:
        call.store.schedule(f"dispute:{card.dispute}", made["id"], call.config.dispute_delay)
    return made, None


def _new(call: Call, intent: Obj, method: Obj, error: ApiError | None, authenticated: bool) -> Obj:
    paid = error is None
    charge_id = new_id("ch")
    reason = error.error.get("decline_code", error.error["code"]) if error else None
    shown = method["card"]
    cvc = None if not method["_has_cvc"] else ("fail" if reason == "incorrect_cvc" else "pass")
    postal = "pass" if method["billing_details"]["address"]["postal_code"] else None
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
        "customer": None,
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
            "network_status": "approved_by_network" if paid else "declined_by_network",
            "reason": reason,
            "risk_level": "normal",
            "risk_score": 12,
            "seller_message": SELLER_MESSAGE[paid],
            "type": "authorized" if paid else "issuer_declined",
        },
        "paid": paid,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {
            "card": {
                "amount_authorized": intent["amount"] if paid else None,
                "authorization_code": "123456" if paid else None,
                "brand": shown["brand"],
                "checks": {
                    "address_line1_check": None,
                    "address_postal_code_check": postal,
                    "cvc_check": cvc,
                },
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
                "wallet": None,
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
