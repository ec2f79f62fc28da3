"""Test hooks under /_test/: what Stripe or a bank does by itself, on demand; secret key required."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import accounts, delivery, disputes, fraud_warnings, jobs, payouts, refunds
from .call import Call, owner_of, queue
from .errors import ApiError, bad_param, missing_param
from .params import choice, flag, integer, read, text, texts
from .store import Obj, Store

FAULTS = ("error", "rate_limit", "malformed", "drop_before", "drop_after", "delay", "slow")
Hook = Callable[[Call], Obj]


def clock(call: Call) -> Obj:
    """Advance the clock by `seconds`."""
    sent = read(call.params, {"seconds": integer}, required=("seconds",))
    offset = float(call.store.setting("clock_offset", 0)) + sent["seconds"]
    call.store.set_setting("clock_offset", offset)
    return {"object": "clock", "now": call.now, "offset": offset}


def dispute(call: Call) -> Obj:
    """Open a dispute on `charge`."""
    sent = read(call.params, {"charge": text, "reason": text}, required=("charge",))
    return disputes.open_dispute(call, sent["charge"], sent.get("reason") or "fraudulent")


def decide_dispute(call: Call) -> Obj:
    """Decide `dispute` with `verdict` won or lost."""
    fields = {"dispute": text, "verdict": choice("won", "lost")}
    sent = read(call.params, fields, required=("dispute", "verdict"))
    return disputes.decide(call, sent["dispute"], sent["verdict"])


def account(call: Call) -> Obj:
    """Enable or disable `account`."""
    sent = read(call.params, {"account": text, "enabled": flag}, required=("account", "enabled"))
    return accounts.set_enabled(call, sent["account"], sent["enabled"])


def require(call: Call) -> Obj:
    """Have `account` asked for `due[]` (Stripe's ids; none: nothing any more), overdue or not."""
    sent = read(call.params, {"account": text, "due": texts, "past_due": flag}, required=("account",))
    return accounts.require(call, sent["account"], sent.get("due", []), past_due=sent.get("past_due", False))


def payout(call: Call) -> Obj:
    """Pay out `amount` cents of the available balance of the platform, or of `account`."""
    sent = read(call.params, {"amount": integer, "account": text}, required=("amount",))
    return payouts.make(call.of(sent.get("account") or ""), sent["amount"])


def arrive(call: Call) -> Obj:
    """Let the bank have every payout of `account` that is on its way, since `at` (UTC seconds)."""
    sent = read(call.params, {"account": text, "at": integer}, required=("account", "at"))
    return {"object": "list", "data": payouts.arrive_on(call.of(sent["account"]), sent["at"])}


def fail_payout(call: Call) -> Obj:
    """Let `payout` come back; or, with `account` and `fails`, every payout to its bank, or no longer."""
    sent = read(call.params, {"payout": text, "account": text, "fails": flag})
    if sent.get("account"):
        call.store.set_setting(f"payouts_fail:{sent['account']}", sent.get("fails", True))
        return {"object": "setting", "fails": sent.get("fails", True)}
    if not sent.get("payout"):
        raise missing_param("payout")
    return payouts.fail(call.of(owner_of(call, sent["payout"])), sent["payout"])


def warn(call: Call) -> Obj:
    """Have `charge` reported as fraud by its network."""
    return fraud_warnings.warn(call, read(call.params, {"charge": text}, required=("charge",))["charge"])


def fail_refund(call: Call) -> Obj:
    """Let `refund` fail."""
    return refunds.fail(call, read(call.params, {"refund": text}, required=("refund",))["refund"])


def block_reversals(call: Call) -> Obj:
    """Let every reversal from `account` fail for want of funds, or no longer."""
    sent = read(call.params, {"account": text, "blocked": flag}, required=("account", "blocked"))
    call.store.set_setting(f"reversals_blocked:{sent['account']}", sent["blocked"])
    return {"object": "setting", "blocked": sent["blocked"]}


def processing(call: Call) -> Obj:
    """Let payments stay `processing` for `seconds` before they settle."""
    sent = read(call.params, {"seconds": integer}, required=("seconds",))
    call.store.set_setting("processing_seconds", sent["seconds"])
    return {"object": "setting", "seconds": sent["seconds"]}


def webhooks(call: Call) -> Obj:
    """Where and how events are sent: url, secret, events[] (types, none: all), duplicates, shuffle, lose, paused."""
    fields = {
        "url": text, "secret": text, "duplicates": integer, "shuffle": flag, "paused": flag, "lose": integer,
        "events": texts,
    }  # fmt: skip
    sent = read(call.params, fields)
    for name, value in sent.items():
        call.store.set_setting(f"webhook_{name}", value or ("" if name in ("url", "secret") else value))
    return {"object": "webhooks", **{name: value for name, value in sent.items() if name != "secret"}}


def resend(call: Call) -> Obj:
    """Send `event` once more."""
    event_id = read(call.params, {"event": text}, required=("event",))["event"]
    event = call.store.get(event_id, "event")
    if event is None:
        raise bad_param(f"No such event: {event_id}", "event")
    queue(call.store, event)
    return event


def fault(call: Call) -> Obj:
    """Break the next `times` API calls whose method and path prefix fit.

    error: answer 500 · rate_limit: answer 429 · malformed: do it, then send half of the answer · drop_before: close
    the connection before doing it · drop_after: do it, then close the connection · delay: wait `seconds` first ·
    slow: do it, then take `seconds` to answer.
    """
    fields = {"kind": choice(*FAULTS), "method": text, "path": text, "times": integer, "seconds": integer}
    sent = read(call.params, fields, required=("kind",))
    call.store.execute(
        "INSERT INTO faults (kind, method, path, remaining, seconds) VALUES (?, ?, ?, ?, ?)",
        sent["kind"], sent.get("method"), sent.get("path"), sent.get("times", 1), sent.get("seconds", 0),
    )  # fmt: skip
    call.store.has_faults = True
    return {"object": "fault", **sent}


def faults(call: Call) -> Obj:
    """Faults that no call has suffered yet."""
    rows = call.store.rows("SELECT kind, method, path, remaining FROM faults WHERE remaining > 0 ORDER BY seq")
    return {"object": "list", "data": [dict(row) for row in rows]}


def take_fault(store: Store, method: str, path: str) -> tuple[str, float] | None:
    """The fault that this call shall suffer, counted down; None for a healthy one."""
    if not store.has_faults:
        return None
    with store.transaction():
        left = store.rows("SELECT * FROM faults WHERE remaining > 0 ORDER BY seq")
        store.has_faults = bool(left)
        for row in left:
            if row["method"] not in (None, method) or not path.startswith(row["path"] or ""):
                continue
            store.execute("UPDATE faults SET remaining = remaining - 1 WHERE seq = ?", row["seq"])
            return row["kind"], row["seconds"]
    return None


def reset(call: Call) -> Obj:
    """Forget everything except the webhook's address."""
    call.store.reset()
    return {"object": "reset"}


def deliveries(call: Call) -> Obj:
    """What was sent and what is still to send."""
    rows = call.store.rows("SELECT event, type, attempts, state, answer FROM deliveries ORDER BY seq")
    return {"object": "list", "data": [dict(row) for row in rows]}


def deliver(call: Call) -> Obj:
    """Send what is due now, without waiting for the background."""
    return {"object": "delivered", "count": delivery.deliver_due(call.store, call.config)}


def run_jobs(call: Call) -> Obj:
    """Do what is due by the clock now, without waiting for the background."""
    done = 0
    while count := jobs.run_due(call.store, call.config):
        done += count
    return {"object": "jobs", "count": done}


HOOKS: dict[str, Hook] = {
    "clock": clock, "dispute": dispute, "dispute/decide": decide_dispute, "warn": warn, "account": account,
    "account/require": require, "payout": payout, "payout/arrive": arrive, "payout/fail": fail_payout,
    "refund/fail": fail_refund, "reversals": block_reversals, "processing": processing, "webhooks": webhooks,
    "events/resend": resend, "fault": fault, "faults": faults, "reset": reset, "deliveries": deliveries,
}  # fmt: skip
OUTSIDE_TRANSACTION: dict[str, Hook] = {"deliver": deliver, "jobs": run_jobs}


def run(call: Call, name: str) -> dict[str, Any]:
    """Do one hook. Raises ApiError."""
    if name in OUTSIDE_TRANSACTION:
        return OUTSIDE_TRANSACTION[name](call)
    hook = HOOKS.get(name)
    if hook is None:
        raise ApiError(f"No such hook: {name}. There are: {', '.join(sorted(HOOKS))}", status=404)
    with call.store.transaction():
        return hook(call)
