"""Events as the API gives them: what happened, newest first."""

from __future__ import annotations

from .call import Call, find, page
from .store import Obj


def get(call: Call, id: str) -> Obj:
    """GET /v1/events/<id>."""
    return with_pending(call, find(call, "event", id))


def list_all(call: Call) -> Obj:
    """GET /v1/events."""
    shown = page(call, "event", "/v1/events", filters=("type",))
    shown["data"] = [with_pending(call, event) for event in shown["data"]]
    return shown


def with_pending(call: Call, event: Obj) -> Obj:
    """The event with the number of deliveries that nobody has answered yet."""
    open_ones = "SELECT 1 FROM deliveries WHERE event = ? AND state IN ('pending', 'sending')"
    return {**event, "pending_webhooks": len(call.store.rows(open_ones, event["id"]))}
