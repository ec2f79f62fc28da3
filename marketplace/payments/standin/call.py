"""What one API call carries, and the pieces every endpoint shares: rendering, expanding, listing, events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .errors import bad_param, no_such
from .params import integer, read, span, text
from .store import Obj, Store, new_id

EXPANDABLE = {
    "latest_charge", "payment_method", "balance_transaction", "charge", "payment_intent", "destination",
    "source_transaction", "transfer", "source", "failure_balance_transaction", "refunds", "reversals", "customer",
    "line_items", "tax_breakdown",
}  # fmt: skip
LAZY = ("refunds", "line_items", "tax_breakdown")
TAX_ADDRESSES = {"tax.calculation": "/v1/tax/calculations", "tax.transaction": "/v1/tax/transactions"}
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
    merchant: str = "LA Original"
    retry_base: float = 1.0
    dispute_delay: float = 2.0
    refund_delay: float = 2.0


@dataclass
class Call:
    """One API call, or one job of the stand-in's own (then without a request id).

    `account` is the connected account on whose behalf it is made; empty for the platform.
    """

    store: Store
    config: Config
    params: dict[str, Any] = field(default_factory=dict)
    publishable: bool = False
    request_id: str | None = None
    idempotency_key: str | None = None
    account: str = ""

    @property
    def now(self) -> int:
        """The stand-in's clock in UTC seconds."""
        return int(self.store.now())

    def of(self, account: str) -> Call:
        """The same call on behalf of a connected account."""
        return replace(self, account=account)


def public(obj: Any) -> Any:
    """An object as it is shown: without the fields the stand-in keeps for itself (leading `_`)."""
    if isinstance(obj, dict):
        return {name: public(value) for name, value in obj.items() if not name.startswith("_")}
    if isinstance(obj, list):
        return [public(item) for item in obj]
    return obj


def find(call: Call, kind: str, object_id: str, *, param: str = "id", status: int = 404) -> Obj:
    """The object with this id that belongs to the caller. Raises ApiError when there is none of that kind."""
    found = call.store.get(object_id, kind)
    if found is None or found.get("_account", "") != call.account:
        raise no_such(NOUNS.get(kind, kind), object_id, param=param, status=status)
    return found


def owner_of(call: Call, object_id: str) -> str:
    """The connected account that an object belongs to; empty for the platform's."""
    found = call.store.get(object_id)
    return str(found.get("_account", "")) if found else ""


def emit(
    call: Call, type: str, obj: Obj, *, previous: dict[str, Any] | None = None, account: str | None = None
) -> None:
    """Record an event about an object as it is now, and one delivery to the webhook if it wants such events."""
    data: dict[str, Any] = {"object": public(obj)}
    if previous is not None:
        data["previous_attributes"] = previous
    event: Obj = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": call.config.api_version,
        "created": call.now,
        "data": data,
        "livemode": False,
        "pending_webhooks": 0,
        "request": {"id": call.request_id, "idempotency_key": call.idempotency_key},
        "type": type,
    }
    account = account or call.account
    if account:
        event.update(account=account, _account=account)
    call.store.put(event)
    if _wanted(call.store, type):
        queue(call.store, event)


def _wanted(store: Store, type: str) -> bool:
    wanted = store.setting("webhook_events") or ["*"]
    return bool(store.setting("webhook_url")) and ("*" in wanted or type in wanted)


def queue(store: Store, event: Obj) -> None:
    """Have an event delivered, unless a test wants it lost."""
    lost = int(store.setting("webhook_lose", 0))
    if lost:
        store.set_setting("webhook_lose", lost - 1)
    state = "lost" if lost else "pending"
    store.execute(
        "INSERT INTO deliveries (event, type, due, state) VALUES (?, ?, ?, ?)",
        event["id"], event["type"], store.now(), state,
    )  # fmt: skip
    store.due.set()


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
    if step in LAZY and step not in node:
        node.update(_lazy(call, node, step))
    known = step in EXPANDABLE or (step == "data" and node.get("object") in ("list", "event"))
    if step not in node or not known:
        raise bad_param(f"This property cannot be expanded ({path}).", "expand")
    if isinstance(node[step], str):
        node[step] = public(call.store.get(node[step])) or node[step]
    _expand_one(call, node[step], steps[1:], path)


def _lazy(call: Call, node: Obj, step: str) -> Obj:
    """A field that Stripe leaves out until it is asked for."""
    kind, object_id = str(node.get("object")), node.get("id", "")
    if (kind, step) == ("charge", "refunds"):
        found = call.store.select("refund", where={"charge": object_id}, newest_first=True, limit=PAGE + 1)
        return {step: list_of(found, f"/v1/charges/{object_id}/refunds")}
    if step == "line_items" and kind in TAX_ADDRESSES:
        found = call.store.select(f"{kind}_line_item", where={"_parent": object_id}, limit=PAGE + 1)
        return {step: list_of(found, f"{TAX_ADDRESSES[kind]}/{object_id}/line_items")}
    if (kind, step) == ("tax.calculation_line_item", "tax_breakdown"):
        line = call.store.get(object_id, kind)
        return {step: line["_tax_breakdown"]} if line else {}
    return {}


def list_of(items: list[Obj], url: str, limit: int = PAGE) -> Obj:
    """A list as Stripe shows it, of up to `limit` of the given objects."""
    return {"object": "list", "data": public(items[:limit]), "has_more": len(items) > limit, "url": url}


def page(
    call: Call, kind: str, url: str, *, filters: tuple[str, ...] = (), oldest_first: bool = False, **fixed: Any
) -> Obj:
    """A list, newest first, with limit, starting_after, ending_before, created and equality filters."""
    fields = {"limit": integer, "starting_after": text, "ending_before": text, "created": span}
    sent = read(call.params, {**fields, **dict.fromkeys(filters, text)})
    limit = sent.get("limit", PAGE)
    if not 1 <= limit <= LARGEST_PAGE:
        raise bad_param(f"Invalid limit: must be between 1 and {LARGEST_PAGE}", "limit")
    where = {**fixed, **{name: sent[name] for name in filters if sent.get(name)}}
    start, end = (_place(call, kind, sent, cursor) for cursor in ("starting_after", "ending_before"))
    up, down = (start, end) if oldest_first else (end, start)
    backwards = end is not None
    found = call.store.select(
        kind, account=call.account, where=where, created=sent.get("created"), after=up, before=down,
        limit=limit + 1, newest_first=backwards is oldest_first,
    )  # fmt: skip
    shown = list_of(found, url, limit)
    if backwards:
        shown["data"].reverse()
    return shown


def _place(call: Call, kind: str, sent: Obj, cursor: str) -> int | None:
    if not sent.get(cursor):
        return None
    return call.store.place_of(find(call, kind, sent[cursor], param=cursor, status=400)["id"])


def check_currency(value: str | None) -> str:
    """Only US dollars are supported here. Raises ApiError (400)."""
    if value != "usd":
        raise bad_param(f"Invalid currency: {value}. Only usd is supported.", "currency")
    return value
