"""Shoppers with an account as Stripe's customers, so that the cards they keep stay at Stripe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .connection import client, told


@dataclass(frozen=True)
class SavedCard:
    """A card that Stripe keeps for a customer; we know no more of it than this."""

    id: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int


def create_customer(*, email: str, name: str, metadata: dict[str, str], idempotency_key: str) -> str:
    """A customer for a shopper with an account; the customer's id."""
    params: Any = {"email": email, "name": name, "metadata": metadata}
    with told():
        return client().v1.customers.create(params, {"idempotency_key": idempotency_key}).id


def create_customer_session(customer_id: str) -> str:
    """What the Payment Element needs to show a customer's saved cards, offer to save one, and to remove one.

    The answer opens this customer's cards to whoever has it, and ends by itself within the hour.
    """
    features = {
        "payment_method_redisplay": "enabled", "payment_method_save": "enabled",
        "payment_method_save_usage": "on_session", "payment_method_remove": "enabled",
    }  # fmt: skip
    params: Any = {
        "customer": customer_id, "components": {"payment_element": {"enabled": True, "features": features}},
    }  # fmt: skip
    with told():
        return client().v1.customer_sessions.create(params).client_secret


def payment_methods_of(customer_id: str) -> list[SavedCard]:
    """The cards that a customer keeps at Stripe, newest first."""
    with told():
        pages = client().v1.customers.payment_methods.list(customer_id, {"type": "card", "limit": 100})
        return [_card(raw) for raw in pages.auto_paging_iter()]


def detach_payment_method(payment_method_id: str) -> None:
    """Let Stripe forget a saved card. Whose it is was checked before. Raises GatewayError, Unreachable."""
    with told():
        client().v1.payment_methods.detach(payment_method_id)


def _card(raw: Any) -> SavedCard:
    card = raw.card
    return SavedCard(id=raw.id, brand=card.brand, last4=card.last4, exp_month=card.exp_month, exp_year=card.exp_year)
