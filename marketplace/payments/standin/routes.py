"""The table of endpoints: which method and address calls which function, and which key may call it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import (
    accounts,
    balance,
    charges,
    customers,
    disputes,
    elements,
    events,
    fraud_warnings,
    intents,
    payment_methods,
    payouts,
    refunds,
    taxes,
    transfers,
)
from .store import Obj

Endpoint = Callable[..., Obj]
NAME = re.compile(r"<(\w+)>")


@dataclass(frozen=True)
class Route:
    """One endpoint; `publishable`: a browser may call it too; `connected`: also for a connected account."""

    method: str
    address: re.Pattern[str]
    endpoint: Endpoint
    publishable: bool = False
    connected: bool = False


def _route(
    method: str, address: str, endpoint: Endpoint, *, publishable: bool = False, connected: bool = False
) -> Route:
    pattern = NAME.sub(r"(?P<\1>[A-Za-z0-9_]{1,80})", address)
    return Route(method, re.compile(pattern + r"\Z"), endpoint, publishable, connected)


def _resource(address: str, module: Any, *verbs: str) -> list[Route]:
    table = {
        "create": ("POST", address), "list_all": ("GET", address), "get": ("GET", f"{address}/<id>"),
        "update": ("POST", f"{address}/<id>"),
    }  # fmt: skip
    return [_route(*table[verb], getattr(module, verb)) for verb in verbs]


ROUTES = [
    *_resource("/v1/accounts", accounts, "create", "list_all", "get", "update"),
    _route("POST", "/v1/account_links", accounts.create_link),
    _route("POST", "/v1/accounts/<id>/login_links", accounts.create_login_link),
    *_resource("/v1/payment_intents", intents, "create", "list_all", "update"),
    _route("GET", "/v1/payment_intents/<id>", intents.get, publishable=True),
    _route("POST", "/v1/payment_intents/<id>/confirm", intents.confirm, publishable=True),
    _route("POST", "/v1/payment_intents/<id>/cancel", intents.cancel),
    *_resource("/v1/customers", customers, "create", "list_all", "get", "update"),
    _route("GET", "/v1/customers/<id>/payment_methods", customers.list_cards),
    _route("GET", "/v1/customers/<id>/payment_methods/<method>", customers.get_card),
    _route("POST", "/v1/customer_sessions", customers.create_session),
    _route("POST", "/v1/payment_methods", payment_methods.create, publishable=True),
    _route("GET", "/v1/payment_methods", customers.list_methods),
    _route("GET", "/v1/payment_methods/<id>", payment_methods.get),
    _route("POST", "/v1/payment_methods/<id>/attach", customers.attach),
    _route("POST", "/v1/payment_methods/<id>/detach", customers.detach),
    _route("GET", "/v1/elements/sessions", elements.open_session, publishable=True),
    _route("POST", "/v1/elements/payment_methods/<id>/detach", customers.detach_in_browser, publishable=True),
    *_resource("/v1/charges", charges, "list_all", "get", "update"),
    *_resource("/v1/refunds", refunds, "create", "list_all", "get", "update"),
    *_resource("/v1/transfers", transfers, "create", "list_all", "get", "update"),
    _route("POST", "/v1/transfers/<id>/reversals", transfers.reverse),
    _route("GET", "/v1/transfers/<id>/reversals", transfers.list_reversals),
    _route("GET", "/v1/transfers/<id>/reversals/<reversal>", transfers.get_reversal),
    *_resource("/v1/disputes", disputes, "list_all", "get", "update"),
    _route("POST", "/v1/disputes/<id>/close", disputes.close),
    _route("GET", "/v1/balance", balance.get_balance, connected=True),
    _route("GET", "/v1/balance_transactions", balance.list_transactions, connected=True),
    _route("GET", "/v1/balance_transactions/<id>", balance.get_transaction, connected=True),
    _route("GET", "/v1/payouts", payouts.list_all, connected=True),
    _route("GET", "/v1/payouts/<id>", payouts.get, connected=True),
    *_resource("/v1/radar/early_fraud_warnings", fraud_warnings, "list_all", "get"),
    _route("POST", "/v1/tax/calculations", taxes.create),
    _route("GET", "/v1/tax/calculations/<id>", taxes.get),
    _route("GET", "/v1/tax/calculations/<id>/line_items", taxes.list_lines),
    _route("POST", "/v1/tax/transactions/create_from_calculation", taxes.commit),
    _route("POST", "/v1/tax/transactions/create_reversal", taxes.reverse),
    _route("GET", "/v1/tax/transactions/<id>", taxes.get_transaction),
    _route("GET", "/v1/tax/transactions/<id>/line_items", taxes.list_transaction_lines),
    _route("GET", "/v1/events", events.list_all, connected=True),
    _route("GET", "/v1/events/<id>", events.get, connected=True),
]


def match(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The endpoint of an address with the ids it names, or None."""
    for route in ROUTES:
        found = route.address.match(path)
        if found and route.method == method:
            return route, found.groupdict()
    return None
