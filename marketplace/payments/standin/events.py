"""Events as the API gives them: what happened, newest first."""

from __future__ import annotations

from .call import Call, find, page
from .store import Obj


def get(call: Call, id: str) -> Obj:
    """GET /v1/events/<id>."""
    return find(call, "event", id)


def list_all(call: Call) -> Obj:
    """GET /v1/events."""
    return page(call, "event", "/v1/events", filters=("type",))
