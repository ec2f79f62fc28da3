"""Refunds of charges, never above what remains of them. Amounts in cents."""

from __future__ import annotations

from .balance import record
from .call import Call, check_currency, emit, find, page
from .errors import ApiError, bad_param, missing_param
from .params import choice, flag, integer, merged_metadata, metadata, read, text
from .store import Obj, new_id

FIELDS = {
    "amount": integer, "charge": text, "payment_intent": text, "metadata": metadata, "currency": text,
    "reason": choice("duplicate", "fraudulent", "requested_by_customer"), "reverse_transfer": flag,
    "refund_application_fee": flag, "instructions_email": text,
}  # fmt: skip


def dollars(cents: int) -> str:
    """Cents as in Stripe's messages: $12.34."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def create(call: Call) -> Obj:
    """POST /v1/refunds, by charge or payment_intent; without an amount, all that remains."""
    sent = read(call.params, FIELDS)
    if "currency" in sent:
        check_currency(sent["currency"])
    for name in ("reverse_transfer", "refund_application_fee"):
        if sent.get(name):
            raise bad_param("Only separate charges and transfers are supported: reverse transfers yourself.", name)
    charge = _charge(call, sent)
    remaining = charge["amount"] - charge["amount_refunded"]
    if charge["disputed"]:
        raise ApiError(f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed")
    if remaining == 0:
        raise ApiError(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = sent.get("amount", remaining)
    if amount < 1:
        raise bad_param("Invalid positive integer", "amount", "parameter_invalid_integer")
    if amount > remaining:
        raise ApiError(
            f"Refund amount ({dollars(amount)}) is greater than unrefunded amount on charge ({dollars(remaining)})",
            param="amount",
        )
    return _make(call, charge, amount, sent)


def _charge(call: Call, sent: dict[str, str]) -> Obj:
    if sent.get("charge"):
        charge = find(call, "charge", sent["charge"], param="charge", status=400)
        if sent.get("payment_intent") not in (None, charge["payment_intent"]):
            raise bad_param("The charge does not belong to this PaymentIntent.", "payment_intent")
    elif sent.get("payment_intent"):
        intent = find(call, "payment_intent", sent["payment_intent"], param="payment_intent", status=400)
        if intent["status"] != "succeeded":
            raise ApiError(
                f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
                param="payment_intent",
            )
        charge = find(call, "charge", intent["latest_charge"])
    else:
        raise missing_param("charge")
    if charge["status"] != "succeeded":
        raise ApiError("This charge was not successful and cannot be refunded.", param="charge")
    return charge


def _make(call: Call, charge: Obj, amount: int, sent: dict[str, str]) -> Obj:
    refund_id = new_id("re")
    entry = record(call, "refund", refund_id, -amount, description="REFUND FOR CHARGE")
    refund: Obj = {
        "id": refund_id,
        "object": "refund",
        "amount": amount,
        "balance_transaction": entry["id"],
        "charge": charge["id"],
        "created": call.now,
        "currency": "usd",
        "destination_details": {
            "card": {
                "reference_status": "pending",
                "reference_type": "acquirer_reference_number",
                "type": "refund",
            },
            "type": "card",
        },
        "metadata": sent.get("metadata") or {},
        "payment_intent": charge["payment_intent"],
        "reason": sent.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "pending" if charge["_refund"] == "pending" else "succeeded",
        "transfer_reversal": None,
    }
    if refund["status"] == "pending":
        refund["pending_reason"] = "processing"
    before = {name: charge[name] for name in ("amount_refunded", "refunded")}
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    call.store.put(charge)
    call.store.put(refund)
    emit(call, "refund.created", refund)
    emit(call, "charge.refunded", charge, previous=before)
    if charge["_refund"]:
        job = "fail_refund" if charge["_refund"] == "failed" else "settle_refund"
        call.store.schedule(job, refund_id, call.config.refund_delay)
    return refund


def settle(call: Call, id: str) -> Obj:
    """A pending refund succeeds."""
    refund = find(call, "refund", id)
    if refund["status"] != "pending":
        return refund
    refund["status"] = "succeeded"
    refund.pop("pending_reason", None)
    call.store.put(refund)
    emit(call, "refund.updated", refund, previous={"status": "pending"})
    emit(call, "charge.refund.updated", refund, previous={"status": "pending"})
    return refund


def fail(call: Call, id: str) -> Obj:
    """A refund fails afterwards: its cents return to the balance and to what can be refunded."""
    refund = find(call, "refund", id)
    if refund["status"] in ("failed", "canceled"):
        raise ApiError("This refund has already failed.")
    before = {"status": refund["status"]}
    entry = record(call, "refund_failure", id, refund["amount"])
    refund.update(status="failed", failure_reason="expired_or_canceled_card", failure_balance_transaction=entry["id"])
    refund.pop("pending_reason", None)
    charge = find(call, "charge", refund["charge"])
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    call.store.put(charge)
    call.store.put(refund)
    for type in ("refund.updated", "charge.refund.updated", "refund.failed"):
        emit(call, type, refund, previous=before)
    return refund


def get(call: Call, id: str) -> Obj:
    """GET /v1/refunds/<id>."""
    return find(call, "refund", id)


def update(call: Call, id: str) -> Obj:
    """POST /v1/refunds/<id>: metadata only."""
    refund = find(call, "refund", id)
    sent = read(call.params, {"metadata": metadata})
    if "metadata" in sent:
        refund["metadata"] = merged_metadata(refund["metadata"], sent["metadata"])
    call.store.put(refund)
    emit(call, "refund.updated", refund, previous={})
    return refund


def list_all(call: Call) -> Obj:
    """GET /v1/refunds."""
    return page(call, "refund", "/v1/refunds", filters=("charge", "payment_intent"))
