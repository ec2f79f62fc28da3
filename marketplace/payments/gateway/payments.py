"""Payments and refunds: announced, looked at, canceled, given back. Amounts in cents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .connection import GatewayError, Unreachable, cents, client, told


@dataclass(frozen=True)
class Intent:
    """One payment. `amount` and `received` are cents, `fee` is Stripe's, where it is known yet.

    `error` is what Stripe said of the last try, `error_code` its word for it (the bank's where there is one).
    """

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
    error_code: str = ""


@dataclass(frozen=True)
class Refund:
    """Money on its way back to a card."""

    id: str
    status: str
    amount: int
    metadata: dict[str, str] = field(default_factory=dict)


def create_intent(
    *,
    amount: int,
    currency: str,
    metadata: dict[str, str],
    idempotency_key: str,
    description: str,
    group: str,
    customer_id: str = "",
) -> Intent:
    """Announce a payment of `amount` cents. Raises GatewayError, Unreachable.

    Whether a customer's card is kept is asked by the Payment Element, so nothing is said of it here.
    """
    params: Any = {
        "amount": cents(amount),
        "currency": currency,
        "automatic_payment_methods": {"enabled": True},
        "metadata": metadata,
        "description": description,
        "transfer_group": group,
    }
    if customer_id:
        params["customer"] = customer_id
    with told():
        return _intent(client().v1.payment_intents.create(params, {"idempotency_key": idempotency_key}))


def retrieve_intent(intent_id: str) -> Intent:
    """The payment as it is now."""
    with told():
        return _intent(
            client().v1.payment_intents.retrieve(intent_id, {"expand": ["latest_charge.balance_transaction"]})
        )


def give_intent_to_customer(*, intent_id: str, customer_id: str) -> None:
    """Make a payment that waits a customer's, so that their saved cards may pay it. Raises GatewayError."""
    with told():
        client().v1.payment_intents.update(intent_id, {"customer": customer_id})


def cancel_intent(intent_id: str) -> Intent:
    """Cancel the payment if it can be; the payment as it is afterwards, canceled or not."""
    try:
        with told():
            return _intent(client().v1.payment_intents.cancel(intent_id, {"cancellation_reason": "abandoned"}))
    except Unreachable:
        raise
    except GatewayError as error:
        if error.code != "payment_intent_unexpected_state":
            raise
    return retrieve_intent(intent_id)


def refund(*, intent_id: str, amount: int, metadata: dict[str, str], idempotency_key: str) -> Refund:
    """Give `amount` cents back. Raises GatewayError, Unreachable."""
    params: Any = {"payment_intent": intent_id, "amount": cents(amount), "metadata": metadata}
    with told():
        return _refund(client().v1.refunds.create(params, {"idempotency_key": idempotency_key}))


def retrieve_refund(refund_id: str) -> Refund:
    """The refund as it is now; one that was made may fail days later."""
    with told():
        return _refund(client().v1.refunds.retrieve(refund_id))


def list_refunds(intent_id: str) -> list[Refund]:
    """Every refund of a payment, newest first, failed ones included."""
    with told():
        pages = client().v1.refunds.list({"payment_intent": intent_id, "limit": 100}).auto_paging_iter()
        return [_refund(raw) for raw in pages]


def _refund(raw: Any) -> Refund:
    metadata = raw.metadata.to_dict() if raw.metadata else {}
    return Refund(id=raw.id, status=raw.status or "", amount=raw.amount, metadata=metadata)


def _intent(raw: Any) -> Intent:
    charge = raw.latest_charge
    known = charge is not None and not isinstance(charge, str)
    entry = charge.balance_transaction if known else None
    problem = raw.last_payment_error
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
        error=(problem.message or "") if problem else "",
        error_code=(getattr(problem, "decline_code", None) or problem.code or "") if problem else "",
    )
