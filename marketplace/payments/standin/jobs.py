"""What happens by itself after a while: refunds and payments settle, banks open disputes."""

from __future__ import annotations

import logging

from . import disputes, intents, refunds
from .call import Call, Config
from .errors import ApiError
from .store import Store

logger = logging.getLogger(__name__)


def run_due(store: Store, config: Config) -> int:
    """Do every job whose time has come; returns how many."""
    with store.transaction():
        due = store.rows("SELECT * FROM jobs WHERE due <= ? ORDER BY due, seq", store.now())
    for job in due:
        with store.transaction():
            if store.execute("DELETE FROM jobs WHERE seq = ?", job["seq"]):
                _do(Call(store, config), job["name"], job["target"])
    return len(due)


def _do(call: Call, name: str, target: str) -> None:
    verb, _, detail = name.partition(":")
    try:
        if verb == "settle_intent":
            intents.settle(call, target)
        elif verb == "dispute":
            disputes.open_dispute(call, target, detail)
        elif verb == "settle_refund":
            refunds.settle(call, target)
        elif verb == "fail_refund":
            refunds.fail(call, target)
    except ApiError as error:  # overtaken by events: refunded before the dispute, and the like
        logger.info("job %s on %s: %s", name, target, error)
