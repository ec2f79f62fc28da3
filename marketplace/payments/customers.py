"""Saved cards: a shopper's own at Stripe, offered on the payment page, listed and removed in the account."""

from __future__ import annotations

from . import gateway
from .customer_model import Customer
from .models import Attempt


class NoSuchCard(Exception):
    """Not a card that this shopper keeps."""


def open_session(*, user, attempt: Attempt) -> str:
    """What the Payment Element needs to offer this shopper's saved cards for their own payment.

    Empty where the payment is not this signed-in shopper's. Raises GatewayError, Unreachable.
    """
    if not user.is_authenticated or attempt.user_id != user.pk or not attempt.intent_id:
        return ""
    customer = _customer_of(user)
    if customer.intent_id != attempt.intent_id:
        gateway.give_intent_to_customer(intent_id=attempt.intent_id, customer_id=customer.customer_id)
        customer.intent_id = attempt.intent_id
        customer.save(update_fields=["intent_id"])
    return gateway.create_customer_session(customer.customer_id)


def _customer_of(user) -> Customer:
    found = Customer.objects.filter(user=user).first()
    if found is not None:
        return found
    # the same key gives the same customer, should two tabs ask at once
    customer_id = gateway.create_customer(
        email=user.email,
        name=user.get_full_name() or user.email,
        metadata={"user": str(user.pk)},
        idempotency_key=f"customer:{user.pk}:1",
    )
    return Customer.objects.get_or_create(user=user, defaults={"customer_id": customer_id})[0]


def cards_of(*, user) -> list[gateway.SavedCard]:
    """The cards that this shopper keeps, newest first. Raises GatewayError, Unreachable."""
    customer = Customer.objects.filter(user=user).first()
    return gateway.payment_methods_of(customer.customer_id) if customer else []


def remove_card(*, user, card_id: str) -> gateway.SavedCard:
    """Have Stripe forget one of this shopper's cards. Raises NoSuchCard, GatewayError, Unreachable."""
    found = next((card for card in cards_of(user=user) if card.id == card_id), None)
    if found is None:
        raise NoSuchCard(card_id)
    gateway.detach_payment_method(found.id)
    return found
