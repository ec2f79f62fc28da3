"""What happens by itself after a while: refunds, payments and payouts settle, banks open disputes and warn."""

from __future__ import annotations

import logging
from collections.abc import Callable

from . import disputes, fraud_warnings, intents, payouts, refunds
from .api import KEY_SECONDS
from .call import Call, Config, owner_of
from .errors import ApiError
from .store import Obj, Store

Job = Callable[[Call, str, str], Obj | None]
logger = logging.getLogger(__name__)
JOBS: dict[str, Job] = {
    "settle_intent": lambda call, target, _: intents.settle(call, target),
    "dispute": lambda call, target, kind: disputes.open_dispute(call, target, kind),
    "past_due": lambda call, target, _: disputes.pass_deadline(call, target),
    "warn": lambda call, target, _: fraud_warnings.warn(call, target),
    "settle_refund": lambda call, target, _: refunds.settle(call, target),
    "fail_refund": lambda call, target, _: refunds.fail(call, target),
    "pay_out": lambda call, target, _: payouts.pay_out(call.of(target), target),
    "arrive": lambda call, target, _: payouts.arrive(call.of(owner_of(call, target)), target),
}


def run_due(store: Store, config: Config) -> int:
    """Do every job whose time has come; returns how many."""
    due = store.rows("SELECT * FROM jobs WHERE due <= ? ORDER BY due, seq", store.now())
    for job in due:
        with store.transaction():
            if store.execute("DELETE FROM jobs WHERE seq = ?", job["seq"]):
                _do(Call(store, config), job["name"], job["target"])
    return len(due)


def forget_old_replies(store: Store) -> int:
    """Answers are kept under their idempotency key for a day; returns how many were forgotten."""
    return store.execute("DELETE FROM replies WHERE created < ?", store.now() - KEY_SECONDS)


def _do(call: Call, name: str, target: str) -> None:
    verb, _, detail = name.partition(":")
    try:
        JOBS[verb](call, target, detail)
    except ApiError as error:  # overtaken by events: refunded before the dispute, and the like
        logger.info("job %s on %s: %s", name, target, error)
