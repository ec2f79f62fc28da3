"""Early fraud warnings: a card's network tells that a charge may be fraud, before any dispute."""

from __future__ import annotations

from .call import Call, emit, find, page
from .store import Obj, new_id


def warn(call: Call, charge_id: str) -> Obj:
    """The network reports a charge; refunding it in time avoids the dispute."""
    charge = find(call, "charge", charge_id)
    warning: Obj = {
        "id": new_id("issfr"), "object": "radar.early_fraud_warning", "actionable": not charge["refunded"],
        "charge": charge_id, "created": call.now, "fraud_type": "unauthorized_use_of_card", "livemode": False,
        "payment_intent": charge["payment_intent"],
    }  # fmt: skip
    call.store.put(warning)
    emit(call, "radar.early_fraud_warning.created", warning)
    return warning


def get(call: Call, id: str) -> Obj:
    """GET /v1/radar/early_fraud_warnings/<id>."""
    return find(call, "radar.early_fraud_warning", id)


def list_all(call: Call) -> Obj:
    """GET /v1/radar/early_fraud_warnings."""
    return page(
        call, "radar.early_fraud_warning", "/v1/radar/early_fraud_warnings", filters=("charge", "payment_intent")
    )
