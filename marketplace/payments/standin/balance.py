"""The platform's balance: balance transactions, what is available or pending, payouts. All in cents."""

from __future__ import annotations

from .call import Call, emit, find, page
from .errors import ApiError
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
        }
    )


def with_status(call: Call, entry: Obj) -> Obj:
    """The entry with its status as of now: funds become available on `available_on`."""
    return {**entry, "status": "pending" if entry["available_on"] > call.now else "available"}


def totals(call: Call) -> dict[str, int]:
    """Cents available and pending."""
    sums = {"available": 0, "pending": 0}
    for entry in call.store.select("balance_transaction"):
        sums[with_status(call, entry)["status"]] += entry["net"]
    return sums


def get_balance(call: Call) -> Obj:
    """GET /v1/balance."""
    sums = {
        name: [{"amount": cents, "currency": "usd", "source_types": {"card": cents}}]
        for name, cents in totals(call).items()
    }
    return {"object": "balance", "livemode": False, **sums}


def list_transactions(call: Call) -> Obj:
    """GET /v1/balance_transactions."""
    shown = page(call, "balance_transaction", "/v1/balance_transactions", filters=("type", "source", "currency"))
    shown["data"] = [with_status(call, entry) for entry in shown["data"]]
    return shown


def get_transaction(call: Call, id: str) -> Obj:
    """GET /v1/balance_transactions/<id>."""
    return with_status(call, find(call, "balance_transaction", id))


def list_payouts(call: Call) -> Obj:
    """GET /v1/payouts."""
    return page(call, "payout", "/v1/payouts", filters=("status", "destination"))


def get_payout(call: Call, id: str) -> Obj:
    """GET /v1/payouts/<id>."""
    return find(call, "payout", id)


def make_payout(call: Call, amount: int) -> Obj:
    """Pay out cents of the available balance (a test hook: Stripe does this on its own schedule)."""
    if amount <= 0 or amount > totals(call)["available"]:
        raise ApiError("You have insufficient funds in your account.", code="balance_insufficient")
    payout_id = new_id("po")
    entry = record(call, "payout", payout_id, -amount)
    payout: Obj = {
        "id": payout_id, "object": "payout", "amount": amount, "application_fee": None,
        "application_fee_amount": None, "arrival_date": call.now, "automatic": True,
        "balance_transaction": entry["id"], "created": call.now, "currency": "usd",
        "description": "STRIPE PAYOUT", "destination": "ba_standin", "failure_balance_transaction": None,
        "failure_code": None, "failure_message": None, "livemode": False, "metadata": {},
        "method": "standard", "original_payout": None, "payout_method": None,
        "reconciliation_status": "completed", "reversed_by": None, "source_type": "card",
        "statement_descriptor": None, "status": "paid", "trace_id": None, "type": "bank_account",
    }  # fmt: skip
    call.store.put(payout)
    emit(call, "payout.created", {**payout, "status": "pending"})
    emit(call, "payout.paid", payout)
    return payout


def fail_payout(call: Call, id: str) -> Obj:
    """A payout comes back from the bank: the cents return to the balance (a test hook)."""
    payout = find(call, "payout", id)
    if payout["status"] == "failed":
        raise ApiError("This payout has already failed.")
    entry = record(call, "payout_failure", id, payout["amount"])
    payout.update(
        status="failed",
        failure_code="account_closed",
        failure_message="The bank account has been closed.",
        failure_balance_transaction=entry["id"],
    )
    call.store.put(payout)
    emit(call, "payout.failed", payout, previous={"status": "paid"})
    return payout
