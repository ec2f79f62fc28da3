"""Makers' accounts at Stripe: onboarding, transfers and their reversals, payouts. Amounts in cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .connection import carries, cents, client, moment, told


@dataclass(frozen=True)
class Account:
    """A maker's account at Stripe; `can_be_paid` once its onboarding is complete and Stripe has no objection.

    `requirements` are Stripe's ids of what it asks for now, what is overdue included.
    """

    id: str
    can_be_paid: bool
    details_submitted: bool
    requirements: tuple[str, ...] = ()
    disabled_reason: str = ""
    payouts_enabled: bool = False


@dataclass(frozen=True)
class Transfer:
    """Cents of a charge that went to a maker's account, and how many of them came back."""

    id: str
    amount: int
    reversed: int
    destination: str


@dataclass(frozen=True)
class Payout:
    """Cents that went from a maker's account at Stripe to its bank."""

    id: str
    amount: int
    status: str
    arrival_date: datetime
    created: datetime
    failure_code: str = ""


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
    with told():
        return _account(client().v1.accounts.create(params, {"idempotency_key": idempotency_key}))


def retrieve_account(account_id: str) -> Account:
    """The account as it is now."""
    with told():
        return _account(client().v1.accounts.retrieve(account_id))


def onboarding_address(*, account_id: str, return_url: str, refresh_url: str) -> str:
    """Where the maker completes its account; good once and for a few minutes."""
    params: Any = {
        "account": account_id, "type": "account_onboarding", "return_url": return_url, "refresh_url": refresh_url,
    }  # fmt: skip
    with told():
        return client().v1.account_links.create(params).url


def account_dashboard_address(account_id: str) -> str:
    """Where the maker sees its own account at Stripe; good once. Raises GatewayError before onboarding is complete."""
    with told():
        return client().v1.accounts.login_links.create(account_id).url


def transfer(
    *, amount: int, account_id: str, charge_id: str, group: str, idempotency_key: str,
    metadata: dict[str, str] | None = None,
) -> str:  # fmt: skip
    """Pay `amount` cents of a charge to a maker as soon as the charge's funds are there; the transfer's id.

    Without a charge it is paid out of our own balance.
    """
    params: Any = {
        "amount": cents(amount), "currency": "usd", "destination": account_id, "transfer_group": group,
        "metadata": metadata or {},
    }  # fmt: skip
    if charge_id:
        params["source_transaction"] = charge_id
    with told():
        return client().v1.transfers.create(params, {"idempotency_key": idempotency_key}).id


def retrieve_transfer(transfer_id: str) -> Transfer:
    """The transfer as it is now."""
    with told():
        raw: Any = client().v1.transfers.retrieve(transfer_id)
    return Transfer(id=raw.id, amount=raw.amount, reversed=raw.amount_reversed, destination=str(raw.destination or ""))


def find_transfer(*, group: str, metadata: dict[str, str]) -> str:
    """The id of the transfer of a group that carries this metadata, or nothing: was it made when nobody answered?"""
    with told():
        pages = client().v1.transfers.list({"transfer_group": group, "limit": 100}).auto_paging_iter()
        return next((raw.id for raw in pages if carries(raw, metadata)), "")


def reverse_transfer(
    *, transfer_id: str, amount: int, idempotency_key: str, metadata: dict[str, str] | None = None
) -> str:
    """Take `amount` cents back from a maker; the reversal's id."""
    params: Any = {"amount": cents(amount), "metadata": metadata or {}}
    with told():
        made = client().v1.transfers.reversals.create(transfer_id, params, {"idempotency_key": idempotency_key})
    return made.id


def find_reversal(*, transfer_id: str, metadata: dict[str, str]) -> str:
    """The id of the reversal of a transfer that carries this metadata, or nothing."""
    with told():
        pages = client().v1.transfers.reversals.list(transfer_id, {"limit": 100}).auto_paging_iter()
        return next((raw.id for raw in pages if carries(raw, metadata)), "")


def payouts_of(account_id: str, *, most: int = 100) -> list[Payout]:
    """The newest payouts of a maker's account, at most 100."""
    with told():
        found = client().v1.payouts.list({"limit": most}, {"stripe_account": account_id})
        return [_payout(raw) for raw in found.data]


def retrieve_payout(*, account_id: str, payout_id: str) -> Payout:
    """A payout of a maker's account as it is now."""
    with told():
        return _payout(client().v1.payouts.retrieve(payout_id, None, {"stripe_account": account_id}))


def _payout(raw: Any) -> Payout:
    return Payout(
        id=raw.id,
        amount=raw.amount,
        status=raw.status,
        arrival_date=moment(raw.arrival_date),
        created=moment(raw.created),
        failure_code=raw.failure_code or "",
    )


def _account(raw: Any) -> Account:
    capabilities = raw.capabilities.to_dict() if raw.capabilities else {}
    asked = raw.requirements
    ids = [*(asked.currently_due or []), *(asked.past_due or [])] if asked else []
    return Account(
        id=raw.id,
        can_be_paid=capabilities.get("transfers") == "active",
        details_submitted=bool(raw.details_submitted),
        requirements=tuple(dict.fromkeys(ids)),
        disabled_reason=(asked.disabled_reason or "") if asked else "",
        payouts_enabled=bool(raw.payouts_enabled),
    )
