"""Transfers to connected accounts and their reversals, capped by charge and balance. Amounts in cents."""

from __future__ import annotations

from .balance import record, totals
from .call import Call, check_currency, emit, find, page
from .errors import ApiError, bad_param
from .params import choice, flag, integer, merged_metadata, metadata, read, text
from .refunds import dollars
from .store import Obj, new_id

FIELDS = {
    "amount": integer, "currency": text, "destination": text, "description": text, "metadata": metadata,
    "source_transaction": text, "transfer_group": text, "source_type": choice("card"),
}  # fmt: skip


def create(call: Call) -> Obj:
    """POST /v1/transfers; with source_transaction it waits for that charge's funds."""
    sent = read(call.params, FIELDS, required=("amount", "currency", "destination"))
    check_currency(sent["currency"])
    amount = sent["amount"]
    if amount < 1:
        raise bad_param("Invalid positive integer", "amount", "parameter_invalid_integer")
    account = find(call, "account", sent["destination"], param="destination", status=400)
    if account["capabilities"].get("transfers") != "active":
        raise ApiError(
            "Your destination account needs to have at least one of the following capabilities enabled:"
            " transfers, crypto_transfers, legacy_payments",
            code="insufficient_capabilities_for_transfer",
        )
    available_on, group = call.now, sent.get("transfer_group")
    if sent.get("source_transaction"):
        charge = _source(call, sent["source_transaction"], amount)
        available_on, group = charge["_available_on"], group or charge["transfer_group"]
    elif amount > totals(call)["available"]:
        raise ApiError("You have insufficient available funds in your Stripe account.", code="balance_insufficient")
    transfer_id, payment_id = new_id("tr"), new_id("py")
    available_on = max(available_on, call.now)
    entry = record(call, "transfer", transfer_id, -amount, available_on=available_on)
    _arrives(call, account["id"], payment_id, amount, available_on)
    transfer: Obj = {
        "id": transfer_id,
        "object": "transfer",
        "amount": amount,
        "amount_reversed": 0,
        "balance_transaction": entry["id"],
        "created": call.now,
        "currency": "usd",
        "description": sent.get("description"),
        "destination": account["id"],
        "destination_payment": payment_id,
        "livemode": False,
        "metadata": sent.get("metadata") or {},
        "reversals": {
            "object": "list",
            "data": [],
            "has_more": False,
            "_count": 0,
            "url": f"/v1/transfers/{transfer_id}/reversals",
        },
        "reversed": False,
        "source_transaction": sent.get("source_transaction"),
        "source_type": "card",
        "transfer_group": group,
    }
    call.store.put(transfer)
    emit(call, "transfer.created", transfer)
    return transfer


def _arrives(call: Call, account_id: str, payment_id: str, amount: int, available_on: int) -> None:
    """The connected account's own side; once the funds are available, Stripe pays them out by itself."""
    theirs = call.of(account_id)
    record(theirs, "payment", payment_id, amount, available_on=available_on, category="charge")
    call.store.schedule("pay_out", account_id, available_on - call.store.now())


def _source(call: Call, charge_id: str, amount: int) -> Obj:
    charge = find(call, "charge", charge_id, param="source_transaction", status=400)
    if charge["status"] != "succeeded":
        raise ApiError("The source_transaction must be a successful charge.", param="source_transaction")
    sent = call.store.select("transfer", where={"source_transaction": charge_id})
    already = sum(item["amount"] for item in sent)
    limit = charge["amount"] - charge["amount_refunded"]
    if already + amount > limit:
        raise ApiError(
            "Transfers using this transaction as a source must not exceed the source amount of"
            f" {dollars(limit)}. (There are already {dollars(already)} in transfers using this source.)",
            param="amount",
        )
    return charge


def get(call: Call, id: str) -> Obj:
    """GET /v1/transfers/<id>."""
    return find(call, "transfer", id)


def update(call: Call, id: str) -> Obj:
    """POST /v1/transfers/<id>: description and metadata."""
    transfer = find(call, "transfer", id)
    sent = read(call.params, {"description": text, "metadata": metadata})
    if "metadata" in sent:
        transfer["metadata"] = merged_metadata(transfer["metadata"], sent["metadata"])
    if "description" in sent:
        transfer["description"] = sent["description"]
    call.store.put(transfer)
    emit(call, "transfer.updated", transfer, previous={})
    return transfer


def list_all(call: Call) -> Obj:
    """GET /v1/transfers."""
    return page(call, "transfer", "/v1/transfers", filters=("destination", "transfer_group"))


def reverse(call: Call, id: str) -> Obj:
    """POST /v1/transfers/<id>/reversals; without an amount, all that remains."""
    transfer = find(call, "transfer", id)
    fields = {"amount": integer, "description": text, "metadata": metadata, "refund_application_fee": flag}
    sent = read(call.params, fields)
    remaining = transfer["amount"] - transfer["amount_reversed"]
    if remaining == 0:
        raise ApiError(f"Transfer {id} is already fully reversed.", code="transfer_already_reversed")
    amount = sent.get("amount", remaining)
    if amount < 1:
        raise bad_param("Invalid positive integer", "amount", "parameter_invalid_integer")
    if amount > remaining:
        raise ApiError(
            f"Reversal amount ({dollars(amount)}) is greater than unreversed amount on transfer ({dollars(remaining)})",
            param="amount",
        )
    if call.store.setting(f"reversals_blocked:{transfer['destination']}"):
        raise ApiError(
            "Insufficient funds in the destination account to reverse this transfer.",
            code="balance_insufficient",
        )
    reversal_id, refund_id = new_id("trr"), new_id("pyr")
    back = _funds_back(call, transfer)
    entry = record(call, "transfer_refund", reversal_id, amount, available_on=back)
    theirs = call.of(transfer["destination"])
    record(theirs, "payment_refund", refund_id, -amount, available_on=back)
    reversal: Obj = {
        "id": reversal_id,
        "object": "transfer_reversal",
        "amount": amount,
        "balance_transaction": entry["id"],
        "created": call.now,
        "currency": "usd",
        "destination_payment_refund": refund_id,
        "metadata": sent.get("metadata") or {},
        "source_refund": None,
        "transfer": id,
    }
    call.store.put(reversal)
    before = {name: transfer[name] for name in ("amount_reversed", "reversed")}
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    listed = transfer["reversals"]
    listed["_count"] += 1
    listed["data"] = [reversal, *listed["data"]][:10]
    listed["has_more"] = listed["_count"] > 10
    call.store.put(transfer)
    emit(call, "transfer.reversed", transfer, previous=before)
    return reversal


def _funds_back(call: Call, transfer: Obj) -> int:
    """Money that has not settled yet comes back unsettled."""
    entry = find(call, "balance_transaction", transfer["balance_transaction"])
    return max(int(entry["available_on"]), call.now)


def list_reversals(call: Call, id: str) -> Obj:
    """GET /v1/transfers/<id>/reversals."""
    find(call, "transfer", id)
    return page(call, "transfer_reversal", f"/v1/transfers/{id}/reversals", transfer=id)


def get_reversal(call: Call, id: str, reversal: str) -> Obj:
    """GET /v1/transfers/<id>/reversals/<reversal>."""
    find(call, "transfer", id)
    return find(call, "transfer_reversal", reversal)
