"""What the gateway sends fits Stripe's published description and the parameters that its own SDK declares.

Each finds what the other misses: the description knows lengths, words and addresses, the SDK the version in use.
Replies are looked at in test_contract_replies.py.
"""

import importlib
import inspect
import re
import sys
import typing
from types import NoneType, UnionType

import pytest
import stripe

from marketplace.payments import gateway

from . import openapi
from .calls import CALLS, NO_CALLS

WRAPPERS = (typing.NotRequired, typing.Required, typing.Annotated)


class Sent(Exception):
    """Stops a request before it leaves."""


def fields_of(declared) -> dict:
    """The fields of a parameter class with their types, forward references resolved."""
    names = {"StripeContext": str, **vars(stripe), **vars(typing), **vars(sys.modules[declared.__module__])}
    return typing.get_type_hints(declared, globalns=names, localns=names)


def misfits(value, hint, path) -> list[str]:
    """What does not fit the declared type; empty where all fits."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in WRAPPERS:
        return misfits(value, inner[0], path)
    if origin in (typing.Union, UnionType):
        tries = [misfits(value, option, path) for option in inner]
        return [] if [] in tries else min(tries, key=len)
    if origin is typing.Literal:
        return [] if value in inner else [f"{path}: {value!r} is none of {inner}"]
    if hasattr(hint, "__required_keys__"):  # a TypedDict, whether from typing or its backport
        return _misfits_of_fields(value, hint, path)
    if origin is list:
        return [text for item in value for text in misfits(item, inner[0], f"{path}[]")]
    return _misfits_of_plain(value, origin or hint, path)


def _misfits_of_fields(value, declared, path) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path}: {value!r} is no hash"]
    known = fields_of(declared)
    found = [f"{path}.{name}: missing" for name in declared.__required_keys__ if name not in value]
    for name, item in value.items():
        found += misfits(item, known[name], f"{path}.{name}") if name in known else [f"{path}.{name}: unknown"]
    return found


def _misfits_of_plain(value, kind, path) -> list[str]:
    if isinstance(value, dict):  # metadata
        fits = all(isinstance(item, str) for pair in value.items() for item in pair) and kind not in (str, int, bool)
    else:
        fits = type(value) is kind or (value is None and kind is NoneType)
    return [] if fits else [f"{path}: {value!r} is no {kind}"]


def sent_by(call, monkeypatch) -> tuple[str, str, dict]:
    """Method, path and parameters of the first request that a call makes."""
    captured = []

    def request(self, method, url, params=None, *args, **kwargs):
        captured.append((method, url, params or {}))
        raise Sent

    monkeypatch.setattr("stripe._api_requestor._APIRequestor.request", request)
    with pytest.raises(Sent):
        call()
    return captured[0]


def declared_as(name):
    package, _, plain = name.partition(",")[0].rpartition(".")
    return getattr(importlib.import_module(f"stripe.params.{package}".rstrip(".")), plain)


@pytest.mark.parametrize("name", CALLS)
def test_requests_fit_the_declared_parameters(name, monkeypatch):
    assert misfits(sent_by(CALLS[name], monkeypatch)[2], declared_as(name), name) == []


@pytest.mark.parametrize("name", CALLS)
def test_requests_fit_the_published_description(name, monkeypatch):
    method, path, params = sent_by(CALLS[name], monkeypatch)
    assert openapi.misfits(params, openapi.request_schema(method, path)) == []


def test_every_function_of_the_gateway_is_looked_at():
    functions = {name for name in gateway.__all__ if inspect.isfunction(getattr(gateway, name))}
    called = {found for call in CALLS.values() for found in re.findall(r"gateway\.(\w+)\(", inspect.getsource(call))}
    assert functions - NO_CALLS == called & functions


@pytest.mark.parametrize(
    "wrong",
    [{"amount": "5000"}, {"amount": True}, {"amount": 50.0}, {"colour": "red"}, {"metadata": {"a": 5}}, {}],
)
def test_the_check_itself_sees_what_is_wrong(wrong):
    good = {"amount": 5000, "currency": "usd"}
    declared = declared_as("PaymentIntentCreateParams")
    assert misfits(good, declared, "intent") == []
    assert misfits({**good, **wrong} if wrong else {"amount": 5000}, declared, "intent")
    method, path = "POST", "/v1/payment_intents"
    assert openapi.misfits(good, openapi.request_schema(method, path)) == []
    assert openapi.misfits({**good, **wrong} if wrong else {"amount": 5000}, openapi.request_schema(method, path))


@pytest.mark.parametrize(
    "wrong",
    [{"cancellation_reason": "bored"}, {"cancellation_reason": 5}, {"amount": 5000}],
)
def test_the_description_knows_addresses_and_words(wrong):
    schema = openapi.request_schema("POST", "/v1/payment_intents/pi_1/cancel")
    assert openapi.misfits({"cancellation_reason": "abandoned"}, schema) == []
    assert openapi.misfits(wrong, schema)
    with pytest.raises(KeyError):
        openapi.operation("POST", "/v1/payment_intent")
