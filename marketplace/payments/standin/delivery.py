"""Signed webhooks: sent again with growing pauses until answered with 2xx; duplicated and shuffled on demand."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import logging
import random
import threading
from typing import Any
from urllib.parse import urlsplit

from . import jobs
from .call import Config, public
from .store import Obj, Store

MOST_ATTEMPTS, LONGEST_PAUSE = 12, 3600.0
TICK = 0.1
logger = logging.getLogger(__name__)


def signature(secret: str, body: bytes, second: int) -> str:
    """Stripe's `Stripe-Signature` header, scheme v1: HMAC-SHA256 over `<second>.<body>`."""
    digest = hmac.new(secret.encode(), f"{second}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={second},v1={digest}"


def send(url: str, secret: str, event: Obj, second: int) -> int:
    """Post one event; returns the HTTP status, 0 where nobody answered."""
    body = json.dumps(public(event), indent=2).encode()
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=10)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature(secret, body, second),
        "User-Agent": "Stripe/1.0 (stand-in)",
    }
    try:
        connection.request("POST", parts.path or "/", body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        logger.info("webhook to %s: %s", url, error)
        return 0
    finally:
        connection.close()


def deliver_due(store: Store, config: Config) -> int:
    """Send what is due; returns how many events were answered with 2xx."""
    url, secret = store.setting("webhook_url", ""), store.setting("webhook_secret", "")
    if not url or store.setting("webhook_paused", False):
        return 0
    due = store.rows(
        "SELECT * FROM deliveries WHERE state = 'pending' AND due <= ? ORDER BY due, seq LIMIT 50", store.now()
    )
    if store.setting("webhook_shuffle", False):
        random.shuffle(due)
    copies = 1 + int(store.setting("webhook_duplicates", 0))
    return sum(_deliver_one(store, config, row, url, secret, copies) for row in due)


def _deliver_one(store: Store, config: Config, row: Any, url: str, secret: str, copies: int) -> bool:
    event = store.get(row["event"])
    if event is None:
        return False
    statuses = [send(url, secret, event, int(store.now())) for _ in range(copies)]
    good = 200 <= statuses[-1] < 300
    attempts = row["attempts"] + 1
    if good:
        state, due = "delivered", row["due"]
    else:
        state = "failed" if attempts >= MOST_ATTEMPTS else "pending"
        due = store.now() + min(config.retry_base * 2 ** (attempts - 1), LONGEST_PAUSE)
    with store.transaction():
        store.execute(
            "UPDATE deliveries SET attempts = ?, state = ?, due = ?, answer = ? WHERE seq = ?",
            attempts, state, due, str(statuses[-1]), row["seq"],
        )  # fmt: skip
        if good:
            store.put({**event, "pending_webhooks": 0})
    return good


class Clockwork(threading.Thread):
    """Runs jobs and deliveries in the background until it is told to stop."""

    def __init__(self, store: Store, config: Config) -> None:
        super().__init__(daemon=True, name="stand-in clockwork")
        self.store, self.config = store, config
        self._stop_event = threading.Event()

    def run(self) -> None:
        while not self._stop_event.wait(TICK):
            try:
                jobs.run_due(self.store, self.config)
                deliver_due(self.store, self.config)
            except Exception:  # one bad event must not stop the rest
                logger.exception("clockwork")

    def stop(self) -> None:
        """Ask it to end and wait for it."""
        self._stop_event.set()
        self.join(timeout=15)
