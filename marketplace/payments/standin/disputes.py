"""Disputes of charges: opened by the bank, answered with evidence, won or lost. Amounts in cents."""

from __future__ import annotations

from .balance import DAY, DISPUTE_FEE, record
from .call import Call, emit, find, page, public
from .errors import ApiError
from .params import flag, mapping, merged_metadata, metadata, read
from .store import Obj, new_id

EVIDENCE = (
    "access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure",
    "cancellation_rebuttal", "customer_communication", "customer_email_address", "customer_name",
    "customer_purchase_ip", "customer_signature", "duplicate_charge_documentation",
    "duplicate_charge_explanation", "duplicate_charge_id", "product_description", "receipt", "refund_policy",
    "refund_policy_disclosure", "refund_refusal_explanation", "service_date", "service_documentation",
    "shipping_address", "shipping_carrier", "shipping_date", "shipping_documentation",
    "shipping_tracking_number", "uncategorized_file", "uncategorized_text",
)  # fmt: skip
VERDICTS = {"winning_evidence": "won", "losing_evidence": "lost"}
OPEN = ("needs_response", "under_review")


def open_dispute(call: Call, charge_id: str, reason: str = "fraudulent") -> Obj:
    """The cardholder's bank takes back what is left of a charge, and Stripe its dispute fee."""
    charge = find(call, "charge", charge_id)
    amount = charge["amount"] - charge["amount_refunded"]
    if charge["status"] != "succeeded" or charge["disputed"] or amount == 0:
        raise ApiError(f"Charge {charge_id} cannot be disputed.", code="charge_not_disputable")
    dispute_id = new_id("du")
    entry = record(call, "adjustment", dispute_id, -amount, fee=DISPUTE_FEE, category="dispute")
    dispute: Obj = {
        "id": dispute_id,
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [public(entry)],
        "charge": charge_id,
        "created": call.now,
        "currency": "usd",
        "enhanced_eligibility_types": [],
        "evidence": {**dict.fromkeys(EVIDENCE), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": call.now + 7 * DAY,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {
                "brand": charge["payment_method_details"]["card"]["brand"],
                "case_type": "chargeback",
                "network_reason_code": "10.4",
            },
            "type": "card",
        },
        "reason": reason,
        "status": "needs_response",
    }
    charge["disputed"] = True
    call.store.put(charge)
    call.store.put(dispute)
    emit(call, "charge.dispute.created", dispute)
    emit(call, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def get(call: Call, id: str) -> Obj:
    """GET /v1/disputes/<id>."""
    return find(call, "dispute", id)


def list_all(call: Call) -> Obj:
    """GET /v1/disputes."""
    return page(call, "dispute", "/v1/disputes", filters=("charge", "payment_intent"))


def update(call: Call, id: str) -> Obj:
    """POST /v1/disputes/<id>: evidence is submitted unless submit=false.

    As in Stripe's test mode, uncategorized_text `winning_evidence` or `losing_evidence` decides it.
    """
    dispute = find(call, "dispute", id)
    sent = read(call.params, {"evidence": mapping, "submit": flag, "metadata": metadata})
    evidence = read(sent.get("evidence") or {}, dict.fromkeys(EVIDENCE, lambda name, value: value or None))
    if evidence and dispute["status"] != "needs_response":
        raise ApiError("This dispute is already closed or under review.", code="dispute_already_closed")
    before = {"status": dispute["status"]}
    if "metadata" in sent:
        dispute["metadata"] = merged_metadata(dispute["metadata"], sent["metadata"])
    dispute["evidence"].update(evidence)
    details = dispute["evidence_details"]
    details["has_evidence"] = any(dispute["evidence"][name] for name in EVIDENCE)
    if evidence and sent.get("submit", True):
        details["submission_count"] += 1
        dispute["status"] = "under_review"
    call.store.put(dispute)
    emit(call, "charge.dispute.updated", dispute, previous=before)
    verdict = VERDICTS.get(dispute["evidence"]["uncategorized_text"] or "")
    if verdict and dispute["status"] == "under_review":
        return decide(call, id, verdict)
    return dispute


def close(call: Call, id: str) -> Obj:
    """POST /v1/disputes/<id>/close: give up; the dispute is lost."""
    read(call.params, {})
    return decide(call, id, "lost")


def decide(call: Call, id: str, verdict: str) -> Obj:
    """The bank decides `won` (the amount comes back, the fee does not) or `lost`."""
    dispute = find(call, "dispute", id)
    if dispute["status"] not in OPEN:
        raise ApiError("This dispute is already closed.", code="dispute_already_closed")
    before = {"status": dispute["status"]}
    dispute["status"] = verdict
    if verdict == "won":
        entry = record(call, "adjustment", id, dispute["amount"], category="dispute_reversal")
        dispute["balance_transactions"].append(public(entry))
    call.store.put(dispute)
    if verdict == "won":
        charge = find(call, "charge", dispute["charge"])
        call.store.put({**charge, "disputed": False})
        emit(call, "charge.dispute.funds_reinstated", dispute)
    emit(call, "charge.dispute.closed", dispute, previous=before)
    return dispute
