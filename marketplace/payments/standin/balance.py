"""Balances of the platform and its connected accounts, movement by movement. All in cents."""

from __future__ import annotations

from .call import Call, find, page
from .store import Obj, new_id

DAY = 86_400
SETTLE_DAYS = 2
FEE_PER_TEN_THOUSAND, FEE_FIXED, DISPUTE_FEE = 290, 30, 1_500
CATEGORIES = {
    "payment_refund": "refund", "refund_failure": "refund_failure", "transfer_refund": "transfer_reversal",
    "payout_failure": "payout_reversal",
}  # fmt: skip


def card_fee(amount: int) -> int:
    """Stripe's fee on a charge: 2.9 % + 30 cents, half a cent rounds up."""
    return (amount * FEE_PER_TEN_THOUSAND + 5_000) // 10_000 + FEE_FIXED


def record(
    call: Call,
    type: str,
    source: str,
    amount: int,
    *,
    fee: int = 0,
    available_on: int | None = None,
    category: str | None = None,
    description: str | None = None,
) -> Obj:
    """Book one movement of `amount` cents (negative: out of the balance), less `fee` cents."""
    details = {"amount": fee, "application": None, "currency": "usd", "type": "stripe_fee"}
    label = "Stripe processing fees" if type == "charge" else "Dispute fee"
    return call.store.put(
        {
            "id": new_id("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": call.now if available_on is None else available_on,
            "balance_type": "payments",
            "created": call.now,
            "currency": "usd",
            "description": description,
            "exchange_rate": None,
            "fee": fee,
            "fee_details": [{**details, "description": label}] if fee else [],
            "net": amount - fee,
            "reporting_category": category or CATEGORIES.get(type, type),
            "source": source,
            "status": "available",
            "type": type,
            "_account": call.account,
        }
    )


def with_status(call: Call, entry: Obj) -> Obj:
    """The entry with its status as of now: funds become available on `available_on`."""
    return {**entry, "status": "pending" if entry["available_on"] > call.now else "available"}


def totals(call: Call) -> dict[str, int]:
    """Cents available and pending; a connected account's may be negative after reversals."""
    (row,) = call.store.rows(
        "SELECT coalesce(sum(iif(late, 0, net)), 0) AS available, coalesce(sum(iif(late, net, 0)), 0) AS pending FROM"
        " (SELECT json_extract(body, '$.available_on') > ? AS late, json_extract(body, '$.net') AS net"
        " FROM objects WHERE kind = 'balance_transaction' AND account = ?)",
        call.now, call.account,
    )  # fmt: skip
    return {name: int(row[name]) for name in ("available", "pending")}


def get_balance(call: Call) -> Obj:
    """GET /v1/balance."""
    sums = {
        name: [{"amount": cents, "currency": "usd", "source_types": {"card": cents}}]
        for name, cents in totals(call).items()
    }
    # the reserve that Stripe keeps from the platform against negative balances of its accounts
    reserve = {} if call.account else {"connect_reserved": [{"amount": 0, "currency": "usd"}]}
    prefunding = {name: [{"amount": 0, "currency": "usd", "source_types": {"card": 0}}] for name in sums}
    return {
        "object": "balance", "livemode": False, **sums, **reserve, "refund_and_dispute_prefunding": prefunding,
    }  # fmt: skip


def list_transactions(call: Call) -> Obj:
    """GET /v1/balance_transactions."""
    shown = page(call, "balance_transaction", "/v1/balance_transactions", filters=("type", "source", "currency"))
    shown["data"] = [with_status(call, entry) for entry in shown["data"]]
    return shown


def get_transaction(call: Call, id: str) -> Obj:
    """GET /v1/balance_transactions/<id>."""
    return with_status(call, find(call, "balance_transaction", id))
