"""What the gateway sends has the shape that Stripe's own SDK declares, field by field."""

import importlib
import sys
import typing
from types import NoneType, UnionType

import pytest
import stripe

from marketplace.payments import gateway

CALLS = {
    "PaymentIntentCreateParams": lambda: gateway.create_intent(
        amount=5000, currency="usd", metadata={"a": "b"}, idempotency_key="k", description="LA-1", group="LA-1"
    ),
    "PaymentIntentRetrieveParams": lambda: gateway.retrieve_intent("pi_1"),
    "PaymentIntentCancelParams": lambda: gateway.cancel_intent("pi_1"),
    "RefundCreateParams": lambda: gateway.refund(
        intent_id="pi_1", amount=5000, metadata={"a": "b"}, idempotency_key="k"
    ),
    "AccountCreateParams": lambda: gateway.create_account(
        email="a@example.org", name="Ana", metadata={"maker": "1"}, idempotency_key="k"
    ),
    "AccountLinkCreateParams": lambda: gateway.onboarding_address(
        account_id="acct_1", return_url="http://x.example/", refresh_url="http://x.example/"
    ),
    "TransferCreateParams": lambda: gateway.transfer(
        amount=5000, account_id="acct_1", charge_id="ch_1", group="LA-1", idempotency_key="k"
    ),
    "TransferReversalCreateParams": lambda: gateway.reverse_transfer(
        transfer_id="tr_1", amount=5000, idempotency_key="k"
    ),
    "BalanceTransactionListParams": lambda: gateway.movements_since(0),
    "RefundListParams": lambda: gateway.list_refunds("pi_1"),
    "PayoutListParams": lambda: gateway.payouts_of("acct_1"),
    "DisputeUpdateParams": lambda: gateway.submit_dispute_evidence(
        dispute_id="du_1",
        evidence={"shipping_tracking_number": "1Z", "uncategorized_text": "They wrote that it came."},
        idempotency_key="k",
    ),
    "CustomerCreateParams": lambda: gateway.create_customer(
        email="a@example.org", name="Ana", metadata={"user": "1"}, idempotency_key="k"
    ),
    "CustomerSessionCreateParams": lambda: gateway.create_customer_session("cus_1"),
    "CustomerPaymentMethodListParams": lambda: gateway.payment_methods_of("cus_1"),
    "tax.CalculationCreateParams": lambda: gateway.calculate_tax(
        address={"line1": "1 Main St", "city": "Los Angeles", "state": "CA", "postal_code": "90012"},
        lines=[gateway.TaxLine("1", 5000, "txcd_20030000")],
        shipping=700,
    ),
    "tax.TransactionCreateFromCalculationParams": lambda: gateway.commit_tax(
        calculation_id="taxcalc_1", reference="LA-1", idempotency_key="k"
    ),
    "tax.TransactionCreateReversalParams": lambda: gateway.reverse_tax(
        transaction_id="tax_1", reference="LA-1-1", amount=500, idempotency_key="k"
    ),
}
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


def sent_by(call, monkeypatch) -> dict:
    captured = []

    def request(self, method, url, params=None, *args, **kwargs):
        captured.append(params)
        raise Sent

    monkeypatch.setattr("stripe._api_requestor._APIRequestor.request", request)
    with pytest.raises(Sent):
        call()
    return captured[0]


def declared_as(name):
    package, _, plain = name.rpartition(".")
    return getattr(importlib.import_module(f"stripe.params.{package}".rstrip(".")), plain)


@pytest.mark.parametrize("name", CALLS)
def test_requests_fit_the_declared_parameters(name, monkeypatch):
    assert misfits(sent_by(CALLS[name], monkeypatch), declared_as(name), name) == []


@pytest.mark.parametrize(
    "wrong",
    [{"amount": "5000"}, {"amount": True}, {"amount": 50.0}, {"colour": "red"}, {"metadata": {"a": 5}}, {}],
)
def test_the_check_itself_sees_what_is_wrong(wrong):
    good = {"amount": 5000, "currency": "usd"}
    declared = declared_as("PaymentIntentCreateParams")
    assert misfits(good, declared, "intent") == []
    assert misfits({**good, **wrong} if wrong else {"amount": 5000}, declared, "intent")
