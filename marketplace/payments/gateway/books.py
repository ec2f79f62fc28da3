"""What Stripe's books say: our balance, each change of it, and disputes. Amounts in cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .connection import client, moment, told

CLOSED = ("won", "lost", "warning_closed", "prevented")


@dataclass(frozen=True)
class Dispute:
    """A cardholder's bank takes `amount` cents back, unless the evidence convinces it by `due_by` (UTC).

    `fee` is what Stripe took for it so far, `movements` how our balance changed by it.
    """

    id: str
    status: str
    reason: str
    amount: int
    intent_id: str
    due_by: datetime | None = None
    charge_id: str = ""
    fee: int = 0
    movements: tuple[Movement, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether nothing changes any more."""
        return self.status in CLOSED


@dataclass(frozen=True)
class Movement:
    """A change of our balance at Stripe, in cents; `net` is `amount` less `fee`, `created` is in UTC."""

    id: str
    type: str
    source: str
    net: int
    fee: int
    amount: int = 0
    reporting_category: str = ""
    created: datetime | None = None


def retrieve_dispute(dispute_id: str) -> Dispute:
    """The dispute as it is now."""
    with told():
        return _dispute(client().v1.disputes.retrieve(dispute_id))


def submit_dispute_evidence(*, dispute_id: str, evidence: dict[str, str], idempotency_key: str) -> Dispute:
    """Answer a dispute, once and for good, with the text fields of Stripe's evidence hash.

    Raises GatewayError where it is closed or was answered already, Unreachable.
    """
    params: Any = {"evidence": evidence, "submit": True}
    with told():
        return _dispute(client().v1.disputes.update(dispute_id, params, {"idempotency_key": idempotency_key}))


def balance() -> int:
    """Everything that Stripe holds for us, available or not yet."""
    with told():
        raw: Any = client().v1.balance.retrieve()
    return sum(part.amount for part in [*raw.available, *raw.pending])


def movements_since(second: int) -> list[Movement]:
    """Every change of the balance since a moment in UTC seconds, newest first."""
    params: Any = {"created": {"gte": second}, "limit": 100}
    with told():
        pages = client().v1.balance_transactions.list(params).auto_paging_iter()
        return [_movement(raw) for raw in pages]


def movements_of(source: str) -> list[Movement]:
    """Every change of the balance by one charge, refund, transfer, reversal, dispute or payout."""
    params: Any = {"source": source, "limit": 100}
    with told():
        pages = client().v1.balance_transactions.list(params).auto_paging_iter()
        return [_movement(raw) for raw in pages]


def _movement(raw: Any) -> Movement:
    return Movement(
        id=raw.id,
        type=raw.type,
        source=str(raw.source or ""),
        net=raw.net,
        fee=raw.fee,
        amount=raw.amount,
        reporting_category=raw.reporting_category,
        created=moment(raw.created),
    )


def _dispute(raw: Any) -> Dispute:
    due = raw.evidence_details.due_by
    return Dispute(
        id=raw.id,
        status=raw.status,
        reason=raw.reason,
        amount=raw.amount,
        intent_id=str(raw.payment_intent or ""),
        due_by=moment(due) if due else None,
        charge_id=str(raw.charge or ""),
        fee=sum(entry.fee for entry in raw.balance_transactions),
        movements=tuple(_movement(entry) for entry in raw.balance_transactions),
    )
