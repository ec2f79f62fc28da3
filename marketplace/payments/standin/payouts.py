"""Payouts: by themselves for connected accounts, on demand for the platform; some come back. In cents."""

from __future__ import annotations

from .balance import DAY, record, totals
from .call import Call, emit, find, page
from .errors import ApiError
from .store import Obj, new_id

ON_THE_WAY = DAY
CLOSED = ("account_closed", "The bank account has been closed.")


def list_all(call: Call) -> Obj:
    """GET /v1/payouts."""
    return page(call, "payout", "/v1/payouts", filters=("status", "destination"))


def get(call: Call, id: str) -> Obj:
    """GET /v1/payouts/<id>."""
    return find(call, "payout", id)


def make(call: Call, amount: int, *, seconds: int = 0) -> Obj:
    """Pay out cents of the available balance of the platform or of `call.account`; they arrive in so many seconds."""
    if amount <= 0 or amount > totals(call)["available"]:
        raise ApiError("You have insufficient funds in your account.", code="balance_insufficient")
    payout_id = new_id("po")
    entry = record(call, "payout", payout_id, -amount, description="STRIPE PAYOUT")
    payout: Obj = {
        "id": payout_id, "object": "payout", "amount": amount, "application_fee": None,
        "application_fee_amount": None, "arrival_date": call.now + seconds, "automatic": True,
        "balance_transaction": entry["id"], "created": call.now, "currency": "usd",
        "description": "STRIPE PAYOUT", "destination": _bank_of(call), "failure_balance_transaction": None,
        "failure_code": None, "failure_message": None, "livemode": False, "metadata": {},
        "method": "standard", "original_payout": None, "payout_method": None,
        "reconciliation_status": "completed", "reversed_by": None, "source_type": "card",
        "statement_descriptor": None, "status": "pending", "trace_id": None, "type": "bank_account",
        "_account": call.account,
    }  # fmt: skip
    call.store.put(payout)
    emit(call, "payout.created", payout)
    if seconds:
        call.store.schedule("arrive", payout_id, seconds)
        return payout
    return arrive(call, payout_id)


def _bank_of(call: Call) -> str:
    account = call.store.get(call.account, "account") if call.account else None
    banks = account["external_accounts"]["data"] if account else []
    return str(banks[0]["id"]) if banks else "ba_standin"


def pay_out(call: Call, account_id: str) -> Obj | None:
    """What Stripe does for a connected account once funds are available: pay all of them out, if it may."""
    account = call.store.get(account_id, "account")
    available = totals(call)["available"]
    if account is None or not account["payouts_enabled"] or available <= 0:
        return None
    return make(call, available, seconds=ON_THE_WAY)


def arrive(call: Call, id: str) -> Obj:
    """The bank takes the payout, or sends it back where a test wants that."""
    payout = find(call, "payout", id)
    if payout["status"] != "pending":
        return payout
    payout["status"] = "paid"
    call.store.put(payout)
    if call.account and call.store.setting(f"payouts_fail:{call.account}"):
        return fail(call, id)
    emit(call, "payout.paid", payout, previous={"status": "pending"})
    return payout


def arrive_on(call: Call, second: int) -> list[Obj]:
    """The bank has all that is on its way from `call.account`, since that second: it may lie in the past."""
    pending = call.store.select("payout", account=call.account, where={"status": "pending"})
    for payout in pending:
        call.store.put({**payout, "arrival_date": second})
    return [arrive(call, payout["id"]) for payout in pending]


def fail(call: Call, id: str) -> Obj:
    """A payout comes back from the bank: the cents return to the balance. Payouts stop until there is another bank."""
    payout = find(call, "payout", id)
    if payout["status"] == "failed":
        raise ApiError("This payout has already failed.")
    before = {"status": payout["status"]}
    entry = record(call, "payout_failure", id, payout["amount"])
    code, message = CLOSED
    payout.update(status="failed", failure_code=code, failure_message=message, failure_balance_transaction=entry["id"])
    call.store.put(payout)
    emit(call, "payout.failed", payout, previous=before)
    return payout
