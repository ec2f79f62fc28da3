"""The only module that speaks to Stripe: plain results in, plain results out, amounts in integer cents."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings

CONNECT_SECONDS, ANSWER_SECONDS = 4, 25
NETWORK_RETRIES = 2
OLDEST_SECONDS = NEWEST_SECONDS = 300
LARGEST_EVENT = 512 * 1024
TIMESTAMP = re.compile(r"(?:^|,)\s*t=(\d{1,12})(?=,|$)")


class GatewayError(Exception):
    """Stripe said no. `code` is Stripe's word for it."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class Unreachable(GatewayError):
    """Nobody knows whether it was done: ask again with the same key."""


class BadEvent(Exception):
    """Not an event of ours: unsigned, altered, too old, from the future, or not shaped like one."""


@dataclass(frozen=True)
class Intent:
    """One payment. `amount` and `received` are cents, `fee` is Stripe's, where it is known yet."""

    id: str
    status: str
    amount: int
    received: int
    currency: str
    livemode: bool
    client_secret: str
    metadata: dict[str, str] = field(default_factory=dict)
    charge_id: str = ""
    fee: int | None = None
    error: str = ""


@dataclass(frozen=True)
class Refund:
    id: str
    status: str
    amount: int
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Account:
    """A maker's account at Stripe; `can_be_paid` once its onboarding is complete and Stripe has no objection."""

    id: str
    can_be_paid: bool
    details_submitted: bool


@dataclass(frozen=True)
class Dispute:
    """A cardholder's bank takes `amount` cents back, unless the evidence convinces it."""

    id: str
    status: str
    reason: str
    amount: int
    intent_id: str


@dataclass(frozen=True)
class Movement:
    """A change of our balance at Stripe, in cents; `net` is `amount` less `fee`."""

    id: str
    type: str
    source: str
    net: int
    fee: int


@dataclass(frozen=True)
class Event:
    """A hint that `object_id` changed. `account` is set for events of connected accounts."""

    id: str
    type: str
    object_id: str
    livemode: bool
    account: str = ""


@lru_cache(maxsize=4)
def _client(key: str, address: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": address} if address else None,
        max_network_retries=NETWORK_RETRIES,
        http_client=stripe.RequestsClient(timeout=(CONNECT_SECONDS, ANSWER_SECONDS)),
    )


def client() -> stripe.StripeClient:
    """The client of the configured key and address."""
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_ADDRESS)


def is_live() -> bool:
    """Whether the configured key moves real money."""
    return "_live_" in settings.STRIPE_SECRET_KEY


@contextmanager
def _told() -> Iterator[None]:
    """Turn Stripe's errors into the two that matter: refused, or nobody knows."""
    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise Unreachable(str(error)) from error
    except stripe.StripeError as error:
        kind = Unreachable if (error.http_status or 500) >= 500 else GatewayError
        raise kind(error.user_message or str(error), error.code or "") from error


def _cents(amount: int) -> int:
    # Decimal("10.00") would be sent as 10.00 and True as 1
    if type(amount) is not int or amount <= 0:
        raise TypeError(f"an amount is a positive whole number of cents, got {amount!r}")
    return amount


def create_intent(
    *, amount: int, currency: str, metadata: dict[str, str], idempotency_key: str, description: str, group: str
) -> Intent:
    """Announce a payment of `amount` cents. Raises GatewayError, Unreachable."""
    params: Any = {
        "amount": _cents(amount),
        "currency": currency,
        "automatic_payment_methods": {"enabled": True},
        "metadata": metadata,
        "description": description,
        "transfer_group": group,
    }
    with _told():
        return _intent(client().v1.payment_intents.create(params, {"idempotency_key": idempotency_key}))


def retrieve_intent(intent_id: str) -> Intent:
    """The payment as it is now."""
    with _told():
        return _intent(
            client().v1.payment_intents.retrieve(intent_id, {"expand": ["latest_charge.balance_transaction"]})
        )


def cancel_intent(intent_id: str) -> Intent:
    """Cancel the payment if it can be; the payment as it is afterwards, canceled or not."""
    try:
        with _told():
            return _intent(client().v1.payment_intents.cancel(intent_id, {"cancellation_reason": "abandoned"}))
    except Unreachable:
        raise
    except GatewayError as error:
        if error.code != "payment_intent_unexpected_state":
            raise
    return retrieve_intent(intent_id)


def refund(*, intent_id: str, amount: int, metadata: dict[str, str], idempotency_key: str) -> Refund:
    """Give `amount` cents back. Raises GatewayError, Unreachable."""
    params: Any = {"payment_intent": intent_id, "amount": _cents(amount), "metadata": metadata}
    with _told():
        return _refund(client().v1.refunds.create(params, {"idempotency_key": idempotency_key}))


def retrieve_refund(refund_id: str) -> Refund:
    """The refund as it is now; one that was made may fail days later."""
    with _told():
        return _refund(client().v1.refunds.retrieve(refund_id))


def retrieve_dispute(dispute_id: str) -> Dispute:
    """The dispute as it is now."""
    with _told():
        raw: Any = client().v1.disputes.retrieve(dispute_id)
    return Dispute(
        id=raw.id, status=raw.status, reason=raw.reason, amount=raw.amount, intent_id=str(raw.payment_intent or "")
    )


def create_account(*, email: str, name: str, metadata: dict[str, str], idempotency_key: str) -> Account:
    """An account for a maker, to be completed by the maker at Stripe."""
    params: Any = {
        "type": "express",
        "country": "US",
        "email": email,
        "business_profile": {"name": name},
        "capabilities": {"transfers": {"requested": True}},
        "metadata": metadata,
    }
    with _told():
        return _account(client().v1.accounts.create(params, {"idempotency_key": idempotency_key}))


def retrieve_account(account_id: str) -> Account:
    """The account as it is now."""
    with _told():
        return _account(client().v1.accounts.retrieve(account_id))


def onboarding_address(*, account_id: str, return_url: str, refresh_url: str) -> str:
    """Where the maker completes its account; good once and for a few minutes."""
    params: Any = {
        "account": account_id, "type": "account_onboarding", "return_url": return_url, "refresh_url": refresh_url,
    }  # fmt: skip
    with _told():
        return client().v1.account_links.create(params).url


def transfer(*, amount: int, account_id: str, charge_id: str, group: str, idempotency_key: str) -> str:
    """Pay `amount` cents of a charge to a maker as soon as the charge's funds are there; the transfer's id."""
    params: Any = {
        "amount": _cents(amount), "currency": "usd", "destination": account_id, "source_transaction": charge_id,
        "transfer_group": group,
    }  # fmt: skip
    with _told():
        return client().v1.transfers.create(params, {"idempotency_key": idempotency_key}).id


def reverse_transfer(*, transfer_id: str, amount: int, idempotency_key: str) -> str:
    """Take `amount` cents back from a maker; the reversal's id."""
    with _told():
        made = client().v1.transfers.reversals.create(
            transfer_id, {"amount": _cents(amount)}, {"idempotency_key": idempotency_key}
        )
    return made.id


def balance() -> int:
    """Everything that Stripe holds for us, available or not yet."""
    with _told():
        raw: Any = client().v1.balance.retrieve()
    return sum(part.amount for part in [*raw.available, *raw.pending])


def movements_since(second: int) -> list[Movement]:
    """Changes of the balance since a moment in UTC seconds, newest first."""
    params: Any = {"created": {"gte": second}, "limit": 100}
    with _told():
        pages = client().v1.balance_transactions.list(params).auto_paging_iter()
        return [
            Movement(id=raw.id, type=raw.type, source=str(raw.source or ""), net=raw.net, fee=raw.fee) for raw in pages
        ]


def _refund(raw: Any) -> Refund:
    metadata = raw.metadata.to_dict() if raw.metadata else {}
    return Refund(id=raw.id, status=raw.status or "", amount=raw.amount, metadata=metadata)


def _account(raw: Any) -> Account:
    capabilities = raw.capabilities.to_dict() if raw.capabilities else {}
    return Account(
        id=raw.id,
        can_be_paid=capabilities.get("transfers") == "active",
        details_submitted=bool(raw.details_submitted),
    )


def _intent(raw: Any) -> Intent:
    charge = raw.latest_charge
    known = charge is not None and not isinstance(charge, str)
    entry = charge.balance_transaction if known else None
    return Intent(
        id=raw.id,
        status=raw.status,
        amount=raw.amount,
        received=raw.amount_received,
        currency=raw.currency,
        livemode=raw.livemode,
        client_secret=raw.client_secret or "",
        metadata=raw.metadata.to_dict() if raw.metadata else {},
        charge_id=charge.id if known else charge or "",
        fee=entry.fee if entry is not None and not isinstance(entry, str) else None,
        error=(raw.last_payment_error.message or "") if raw.last_payment_error else "",
    )


def construct_event(payload: bytes, header: str) -> Event:
    """The event that Stripe signed. Raises BadEvent for everything else."""
    if len(payload) > LARGEST_EVENT:
        raise BadEvent("too large")
    _check_signature(payload, header)
    try:
        raw = json.loads(payload)
    except ValueError as error:
        raise BadEvent("not JSON") from error
    event = _event(raw)
    if event.livemode != is_live():
        raise BadEvent("an event of the other mode")
    return event


def _check_signature(payload: bytes, header: str) -> None:
    """Signed by Stripe, within five minutes of now in either direction."""
    found = TIMESTAMP.findall(header)
    if len(found) != 1:
        raise BadEvent("no single timestamp in the signature")
    if int(found[0]) > time.time() + NEWEST_SECONDS:
        raise BadEvent("signed in the future")
    try:
        stripe.WebhookSignature.verify_header(payload, header, settings.STRIPE_WEBHOOK_SECRET, OLDEST_SECONDS)
    except (stripe.SignatureVerificationError, UnicodeDecodeError, TypeError, ValueError) as error:
        raise BadEvent("the signature does not fit") from error


def _event(raw: Any) -> Event:
    if not isinstance(raw, dict) or raw.get("object") != "event":
        raise BadEvent("not a snapshot event")
    data = raw.get("data")
    changed = data.get("object") if isinstance(data, dict) else None
    if not isinstance(changed, dict):
        raise BadEvent("an event about nothing")
    if not isinstance(raw.get("livemode"), bool):
        raise BadEvent("an event without a mode")
    return Event(
        id=_word(raw.get("id")),
        type=_word(raw.get("type")),
        object_id=_word(changed.get("id", ""), required=False),
        livemode=raw["livemode"],
        account=_word(raw.get("account", ""), required=False),
    )


def _word(value: Any, *, required: bool = True) -> str:
    """A short text of an event. Raises BadEvent."""
    if not isinstance(value, str) or len(value) > 80 or (required and not value):
        raise BadEvent("an event without id or type")
    return value
