"""Disputes of charges: opened by the bank, answered with evidence, won or lost. Amounts in cents."""

from __future__ import annotations

from .balance import DAY, DISPUTE_FEE, record
from .call import Call, emit, find, page, public
from .errors import ApiError, bad_param
from .params import flag, mapping, merged_metadata, metadata, read, text
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
FILES = (
    "cancellation_policy", "customer_communication", "customer_signature", "duplicate_charge_documentation",
    "receipt", "refund_policy", "service_documentation", "shipping_documentation", "uncategorized_file",
)  # fmt: skip
RESPONSE_DAYS = 7
LONGEST_TEXT, LONGEST_OF_ALL = 20_000, 150_000
VERDICTS = {"winning_evidence": "won", "losing_evidence": "lost"}
ANSWERABLE = ("needs_response", "warning_needs_response")
OPEN = (*ANSWERABLE, "under_review", "warning_under_review")
NETWORK_CODES = {"fraudulent": "10.4", "product_not_received": "13.1", "inquiry": "10.4"}


def open_dispute(call: Call, charge_id: str, reason: str = "fraudulent") -> Obj:
    """The cardholder's bank takes back what is left of a charge, and Stripe its dispute fee.

    An `inquiry` only asks, and moves no money. `fraudulent/2` takes half, so that there may be two.
    """
    charge = find(call, "charge", charge_id)
    reason, _, parts = reason.partition("/")
    amount = min(_disputable(call, charge), -(-charge["amount"] // int(parts or 1)))
    if charge["status"] != "succeeded" or amount <= 0:
        raise ApiError(f"Charge {charge_id} cannot be disputed.", code="charge_not_disputable")
    dispute_id, inquiry = new_id("du"), reason == "inquiry"
    entries = [] if inquiry else [record(
        call, "adjustment", dispute_id, -amount, fee=DISPUTE_FEE, category="dispute",
        description=f"Chargeback withdrawal for {charge_id}",
    )]  # fmt: skip
    dispute: Obj = {
        "id": dispute_id,
        "object": "dispute",
        "amount": amount,
        "balance_transactions": public(entries),
        "charge": charge_id,
        "created": call.now,
        "currency": "usd",
        "enhanced_eligibility_types": [],
        "evidence": {**dict.fromkeys(EVIDENCE), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": call.now + RESPONSE_DAYS * DAY,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": inquiry,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {
                "brand": charge["payment_method_details"]["card"]["brand"],
                "case_type": "inquiry" if inquiry else "chargeback",
                "network_reason_code": NETWORK_CODES.get(reason, "10.4"),
            },
            "type": "card",
        },
        "reason": "general" if inquiry else reason,
        "status": "warning_needs_response" if inquiry else "needs_response",
    }
    charge["disputed"] = not inquiry
    call.store.put(charge)
    call.store.put(dispute)
    call.store.schedule("past_due", dispute_id, RESPONSE_DAYS * DAY)
    emit(call, "charge.dispute.created", dispute)
    if not inquiry:
        emit(call, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def _disputable(call: Call, charge: Obj) -> int:
    taken = [item for item in _of(call, charge["id"]) if item["status"] != "won"]
    return int(charge["amount"] - charge["amount_refunded"] - sum(item["amount"] for item in taken))


def _of(call: Call, charge_id: str) -> list[Obj]:
    """The disputes of a charge that moved money."""
    found = call.store.select("dispute", where={"charge": charge_id})
    return [item for item in found if not item["status"].startswith("warning")]


def get(call: Call, id: str) -> Obj:
    """GET /v1/disputes/<id>."""
    return find(call, "dispute", id)


def list_all(call: Call) -> Obj:
    """GET /v1/disputes."""
    return page(call, "dispute", "/v1/disputes", filters=("charge", "payment_intent"))


def update(call: Call, id: str) -> Obj:
    """POST /v1/disputes/<id>: evidence is submitted unless submit=false.

    As in Stripe's test mode, `winning_evidence` or `losing_evidence` in uncategorized_text decides it.
    """
    dispute = find(call, "dispute", id)
    sent = read(call.params, {"evidence": mapping, "submit": flag, "metadata": metadata})
    evidence = _evidence(sent.get("evidence") or {})
    if evidence and dispute["status"] not in ANSWERABLE:
        raise ApiError("This dispute is already closed or under review.", code="dispute_already_closed")
    before = {"status": dispute["status"]}
    if "metadata" in sent:
        dispute["metadata"] = merged_metadata(dispute["metadata"], sent["metadata"])
    dispute["evidence"].update(evidence)
    details = dispute["evidence_details"]
    details["has_evidence"] = any(dispute["evidence"][name] for name in EVIDENCE)
    if evidence and sent.get("submit", True):
        details["submission_count"] += 1
        dispute["status"] = dispute["status"].replace("needs_response", "under_review")
    call.store.put(dispute)
    emit(call, "charge.dispute.updated", dispute, previous=before)
    verdict = _verdict(dispute["evidence"]["uncategorized_text"] or "")
    if verdict and dispute["status"].endswith("under_review"):
        return decide(call, id, verdict)
    return dispute


def _evidence(raw: Obj) -> Obj:
    """The evidence that was sent, within Stripe's limits. Raises ApiError (400)."""
    evidence = read(raw, dict.fromkeys(EVIDENCE, text))
    for name, value in evidence.items():
        if value and name in FILES:
            raise bad_param(f"No such file upload: {value}", f"evidence[{name}]", "resource_missing")
        if value and len(value) > LONGEST_TEXT:
            raise bad_param(f"Evidence is too long ({LONGEST_TEXT} characters at most).", f"evidence[{name}]")
    if sum(len(value or "") for value in evidence.values()) > LONGEST_OF_ALL:
        raise bad_param(f"All evidence together is too long ({LONGEST_OF_ALL} characters at most).", "evidence")
    return evidence


def _verdict(said: str) -> str | None:
    return next((verdict for word, verdict in VERDICTS.items() if word in said), None)


def pass_deadline(call: Call, id: str) -> Obj:
    """Nobody answered in time: the dispute is lost."""
    dispute = find(call, "dispute", id)
    if dispute["status"] not in ANSWERABLE:
        return dispute
    dispute["evidence_details"]["past_due"] = True
    call.store.put(dispute)
    return decide(call, id, "lost")


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
    inquiry = dispute["status"].startswith("warning")
    won = verdict == "won" and not inquiry
    dispute["status"] = "warning_closed" if inquiry else verdict
    if won:
        entry = record(
            call, "adjustment", id, dispute["amount"], category="dispute_reversal",
            description=f"Chargeback reversal for {dispute['charge']}",
        )  # fmt: skip
        dispute["balance_transactions"].append(public(entry))
    call.store.put(dispute)
    if won:
        charge = find(call, "charge", dispute["charge"])
        still = any(item["status"] != "won" for item in _of(call, charge["id"]))
        call.store.put({**charge, "disputed": still})
        emit(call, "charge.dispute.funds_reinstated", dispute)
    emit(call, "charge.dispute.closed", dispute, previous=before)
    return dispute
