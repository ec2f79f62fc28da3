"""Answers one API request: key, idempotency, one transaction, expansion, errors in Stripe's shape."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import accounts
from .call import Call, Config, expand
from .errors import ApiError, bad_param
from .params import parse_form
from .routes import Route, match
from .store import Obj, Store, new_id

KEY_SECONDS = 86_400
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Request:
    """An HTTP request: header names in lower case, the body as text."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass
class Reply:
    """An HTTP answer."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)


def answer(store: Store, config: Config, request: Request) -> Reply:
    """Answer a request under /v1/; whatever goes wrong inside is a 500 in Stripe's shape."""
    request_id = new_id("req", 14)
    headers = {"Request-Id": request_id, "Stripe-Version": config.api_version}
    try:
        status, body, more = _answer(store, config, request, request_id)
    except ApiError as error:
        status, body, more = error.status, json.dumps(error.body), {}
    except Exception:  # an error of ours is an answer too, and is logged with its request
        logger.exception("%s %s failed", request.method, request.path)
        status, body, more = 500, json.dumps(_broken().body), {}
    return Reply(status, body, {**headers, **more})


def _broken() -> ApiError:
    return ApiError("An error occurred with our connection to Stripe.", status=500, type="api_error")


def _answer(store: Store, config: Config, request: Request, request_id: str) -> tuple[int, str, dict[str, str]]:
    params = parse_form(request.body if request.method == "POST" else request.query)
    publishable = _check_key(config, request, params)
    found = match(request.method, request.path)
    if found is None:
        raise ApiError(f"Unrecognized request URL ({request.method}: {request.path}).", status=404)
    route, ids = found
    if publishable and not route.publishable:
        raise ApiError(
            "This API call cannot be made with a publishable API key. Please use a secret API key.",
            status=403, code="secret_key_required",
        )  # fmt: skip
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    account = _on_behalf(store, route, request.headers.get("stripe-account", ""))
    call = Call(store, config, params, publishable, request_id, key, account)
    if not key:
        with store.transaction():
            return (*_perform(call, route, ids), {})
    return _once(call, route, ids, request)


def _check_key(config: Config, request: Request, params: dict[str, Any]) -> bool:
    """Whether the key is the publishable one. Raises ApiError (401)."""
    given = _key(request, params)
    if not given:
        raise ApiError("You did not provide an API key.", status=401)
    for key, publishable in ((config.secret_key, False), (config.publishable_key, True)):
        if secrets.compare_digest(given.encode(), key.encode()):
            return publishable
    raise ApiError(f"Invalid API Key provided: {given[:8]}****{given[-4:]}", status=401)


def _key(request: Request, params: dict[str, Any]) -> str:
    in_form = params.pop("key", "")
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return in_form if isinstance(in_form, str) else ""


def _on_behalf(store: Store, route: Route, account_id: str) -> str:
    """The connected account that a call is made for, or the empty string. Raises ApiError (403, 400)."""
    if not account_id:
        return ""
    if store.get(account_id, "account") is None:
        raise accounts.no_access(account_id)
    if not route.connected:
        raise bad_param("The stand-in does this for the platform only.", "Stripe-Account")
    return account_id


def _perform(call: Call, route: Route, ids: dict[str, str]) -> tuple[int, str]:
    """Run the endpoint; an error that keeps what was written is answered, every other one is raised."""
    try:
        obj = route.endpoint(call, **ids)
    except ApiError as error:
        if not error.keep:
            raise
        return error.status, json.dumps(error.body)
    return 200, json.dumps(_expanded(call, obj))


def _expanded(call: Call, obj: Obj) -> Obj:
    wanted = call.params.get("expand") or []
    if not isinstance(wanted, list):
        raise bad_param("Invalid array", "expand")
    return expand(call, obj, [str(path) for path in wanted])


def _once(call: Call, route: Route, ids: dict[str, str], request: Request) -> tuple[int, str, dict[str, str]]:
    """Answer under an idempotency key: the same request gets the same answer and changes nothing again."""
    key = call.idempotency_key or ""
    if len(key) > 255:
        raise ApiError("Idempotency keys may be at most 255 characters long.", type="idempotency_error")
    print_of = _fingerprint(request, call.params)
    seen = f"{call.account} {key}".strip()
    with call.store.transaction():
        old = call.now - KEY_SECONDS
        found = call.store.rows("SELECT * FROM replies WHERE key = ? AND created >= ?", seen, old)
        if found:
            return _again(found[0], key, print_of)
        status, body, error = _tried(call, route, ids)
        if error is None or error.stored:
            _keep(call, seen, print_of, status, body)
    return status, body, {"Idempotency-Key": key}


def _tried(call: Call, route: Route, ids: dict[str, str]) -> tuple[int, str, ApiError | None]:
    """What was done and the answer to it are stored together; a refusal takes back what was done before it."""
    try:
        with call.store.savepoint():
            status, body = _perform(call, route, ids)
    except ApiError as error:
        return error.status, json.dumps(error.body), error
    return status, body, None


def _again(row: Any, key: str, print_of: str) -> tuple[int, str, dict[str, str]]:
    if row["fingerprint"] != print_of:
        raise ApiError(
            "Keys for idempotent requests can only be used with the same parameters they were first used with."
            f" Try using a key other than '{key}' if you meant to execute a different request.",
            type="idempotency_error",
        )
    again = {"Idempotency-Key": key, "Idempotent-Replayed": "true", "Original-Request": row["request_id"]}
    return row["status"], row["body"], again


def _keep(call: Call, key: str, print_of: str, status: int, body: str) -> None:
    call.store.execute(
        "INSERT OR REPLACE INTO replies (key, fingerprint, status, body, request_id, created)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        key, print_of, status, body, call.request_id or "", call.now,
    )  # fmt: skip


def _fingerprint(request: Request, params: dict[str, Any]) -> str:
    text = f"{request.method} {request.path} {json.dumps(params, sort_keys=True)}"
    return hashlib.sha256(text.encode()).hexdigest()
