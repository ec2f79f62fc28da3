"""What one API call carries, and the pieces every endpoint shares: rendering, expanding, listing, events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import ApiError, bad_param, no_such
from .params import integer, read, span, text
from .store import Obj, Store, new_id

EXPANDABLE = {
    "latest_charge", "payment_method", "balance_transaction", "charge", "payment_intent", "destination",
    "source_transaction", "transfer", "source", "failure_balance_transaction", "refunds", "reversals",
}  # fmt: skip
DEEPEST = 4
PAGE, LARGEST_PAGE = 10, 100
NOUNS = {"payment_method": "PaymentMethod"}


@dataclass(frozen=True)
class Config:
    """How the stand-in was started; seconds and addresses, no amounts."""

    state: Path | str
    secret_key: str = "sk_test_standin"  # noqa: S105 - no secret, the public name of the stand-in
    publishable_key: str = "pk_test_standin"
    webhook_url: str = ""
    webhook_secret: str = ""
    host: str = "127.0.0.1"
    port: int = 12111
    public_url: str = ""
    api_version: str = "2026-10-28.endive"
    retry_base: float = 1.0
    dispute_delay: float = 2.0
    refund_delay: float = 2.0


@dataclass
class Call:
    """One API call, or one job of the stand-in's own (then without a request id)."""

    store: Store
    config: Config
    params: dict[str, Any] = field(default_factory=dict)
    publishable: bool = False
    request_id: str | None = None
    idempotency_key: str | None = None

    @property
    def now(self) -> int:
        """The stand-in's clock in UTC seconds."""
        return int(self.store.now())


def public(obj: Any) -> Any:
    """An object as it is shown: without the fields the stand-in keeps for itself (leading `_`)."""
    if isinstance(obj, dict):
        return {name: public(value) for name, value in obj.items() if not name.startswith("_")}
    if isinstance(obj, list):
        return [public(item) for item in obj]
    return obj


def find(call: Call, kind: str, object_id: str, *, param: str = "id", status: int = 404) -> Obj:
    """The object with this id. Raises ApiError when there is none of that kind."""
    found = call.store.get(object_id, kind)
    if found is None:
        raise no_such(NOUNS.get(kind, kind), object_id, param=param, status=status)
    return found


def emit(
    call: Call, type: str, obj: Obj, *, previous: dict[str, Any] | None = None, account: str | None = None
) -> None:
    """Record an event about an object as it is now, and one delivery to the webhook if there is one."""
    data: dict[str, Any] = {"object": public(obj)}
    if previous is not None:
        data["previous_attributes"] = previous
    has_webhook = bool(call.store.setting("webhook_url"))
    event: Obj = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": call.config.api_version,
        "created": call.now,
        "data": data,
        "livemode": False,
        "pending_webhooks": int(has_webhook),
        "request": {"id": call.request_id, "idempotency_key": call.idempotency_key},
        "type": type,
    }
    if account:
        event["account"] = account
    call.store.put(event)
    if has_webhook:
        call.store.execute(
            "INSERT INTO deliveries (event, type, due) VALUES (?, ?, ?)", event["id"], type, call.store.now()
        )


def expand(call: Call, obj: Obj, paths: Iterable[str]) -> Obj:
    """Replace ids by their objects along paths such as `latest_charge.balance_transaction`.

    Raises ApiError (400) for fields that cannot be expanded.
    """
    shown: Obj = public(obj)
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST:
            raise bad_param(f"You cannot expand more than {DEEPEST} levels of a property.", "expand")
        _expand_one(call, shown, steps, path)
    return shown


def _expand_one(call: Call, node: Any, steps: list[str], path: str) -> None:
    if not steps or node is None:
        return
    if isinstance(node, list):
        for item in node:
            _expand_one(call, item, steps, path)
        return
    step = steps[0]
    if node.get("object") == "charge" and step == "refunds" and "refunds" not in node:
        refunds = call.store.select("refund", charge=node["id"])[::-1]
        node["refunds"] = _list(refunds[:PAGE], f"/v1/charges/{node['id']}/refunds", len(refunds) > PAGE)
    known = step in EXPANDABLE or (step == "data" and node.get("object") in ("list", "event"))
    if step not in node or not known:
        raise bad_param(f"This property cannot be expanded ({path}).", "expand")
    if isinstance(node[step], str):
        node[step] = public(call.store.get(node[step])) or node[step]
    _expand_one(call, node[step], steps[1:], path)


def _list(items: list[Obj], url: str, has_more: bool) -> Obj:
    return {"object": "list", "data": public(items), "has_more": has_more, "url": url}


def page(call: Call, kind: str, url: str, *, filters: tuple[str, ...] = (), **fixed: Any) -> Obj:
    """A list, newest first, with limit, starting_after, ending_before, created and equality filters."""
    fields = {"limit": integer, "starting_after": text, "ending_before": text, "created": span}
    sent = read(call.params, {**fields, **dict.fromkeys(filters, text)})
    limit = sent.get("limit", PAGE)
    if not 1 <= limit <= LARGEST_PAGE:
        raise bad_param(f"Invalid limit: must be between 1 and {LARGEST_PAGE}", "limit")
    where = {name: sent[name] for name in filters if sent.get(name)}
    found = call.store.select(kind, **fixed, **where)[::-1]
    created = sent.get("created") or {}
    found = [item for item in found if _in_span(item.get("created", 0), created)]
    for cursor in ("starting_after", "ending_before"):
        if sent.get(cursor):
            find(call, kind, sent[cursor], param=cursor, status=400)
    if sent.get("ending_before"):
        found = _before(found, sent["ending_before"])
        return _list(found[-limit:], url, len(found) > limit)
    if sent.get("starting_after"):
        found = _before(found[::-1], sent["starting_after"])[::-1]
    return _list(found[:limit], url, len(found) > limit)


def _before(items: list[Obj], object_id: str) -> list[Obj]:
    ids = [item["id"] for item in items]
    if object_id not in ids:
        raise ApiError(f"No such object in this list: '{object_id}'", code="resource_missing")
    return items[: ids.index(object_id)]


def _in_span(second: int, limits: dict[str, int]) -> bool:
    tests = {"gt": second.__gt__, "gte": second.__ge__, "lt": second.__lt__, "lte": second.__le__}
    return all(tests[word](limit) for word, limit in limits.items())


def check_currency(value: str | None) -> str:
    """Only US dollars are supported here. Raises ApiError (400)."""
    if value != "usd":
        raise bad_param(f"Invalid currency: {value}. Only usd is supported.", "currency")
    return value
