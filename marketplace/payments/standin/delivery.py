"""Signed webhooks: sent again with growing pauses until answered with 2xx; duplicated, shuffled, lost on demand."""

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
SENDERS, BATCH = 4, 16
TICK, HOUSEKEEPING = 0.1, 600
logger = logging.getLogger(__name__)


def signature(secret: str, body: bytes, second: int) -> str:
    """Stripe's `Stripe-Signature` header, scheme v1: HMAC-SHA256 over `<second>.<body>`."""
    digest = hmac.new(secret.encode(), f"{second}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={second},v1={digest}"


class Line:
    """A connection to the webhook that is kept open between events."""

    def __init__(self) -> None:
        self.url = ""
        self.connection: http.client.HTTPConnection | None = None

    def send(self, url: str, secret: str, event: Obj, second: int) -> int:
        """Post one event; returns the HTTP status, 0 where nobody answered."""
        body = json.dumps(public(event)).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(secret, body, second),
            "User-Agent": "Stripe/1.0 (stand-in)",
        }
        kept = self.connection is not None and self.url == url
        status = self._post(url, body, headers)
        # a kept connection may have been closed by the other side meanwhile: that says nothing of the event
        return self._post(url, body, headers) if kept and status == 0 else status

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        try:
            connection = self._open(url)
            connection.request("POST", urlsplit(url).path or "/", body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException) as error:
            logger.info("webhook to %s: %s", url, error)
            self.close()
            return 0

    def _open(self, url: str) -> http.client.HTTPConnection:
        if self.connection is None or self.url != url:
            self.close()
            parts = urlsplit(url)
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            self.connection = kind(parts.hostname or "", parts.port, timeout=10)
            self.url = url
        return self.connection

    def close(self) -> None:
        """Hang up."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def claim(store: Store, *, by_hand: bool = False) -> list[Any]:
    """Take some deliveries that are due, so that nobody else sends them too; a pause stops the background only."""
    if not store.setting("webhook_url") or (store.setting("webhook_paused", False) and not by_hand):
        return []
    with store.transaction():
        due = store.rows(
            "SELECT * FROM deliveries WHERE state = 'pending' AND due <= ? ORDER BY due, seq LIMIT ?",
            store.now(), BATCH,
        )  # fmt: skip
        for row in due:
            store.execute("UPDATE deliveries SET state = 'sending' WHERE seq = ?", row["seq"])
    if store.setting("webhook_shuffle", False):
        random.shuffle(due)
    return due


def send_claimed(store: Store, config: Config, line: Line, claimed: list[Any]) -> int:
    """Send what was claimed; returns how many events were answered with 2xx."""
    url, secret = store.setting("webhook_url", ""), store.setting("webhook_secret", "")
    copies = 1 + int(store.setting("webhook_duplicates", 0))
    done = 0
    for row in claimed:
        event = store.get(row["event"])
        statuses = [line.send(url, secret, event, int(store.now())) for _ in range(copies)] if event else [0]
        done += _note(store, config, row, statuses[-1])
    return done


def _note(store: Store, config: Config, row: Any, status: int) -> bool:
    good = 200 <= status < 300
    attempts, due = row["attempts"] + 1, row["due"]
    state = "delivered"
    if not good:
        state = "failed" if attempts >= MOST_ATTEMPTS else "pending"
        due = store.now() + min(config.retry_base * 2 ** (attempts - 1), LONGEST_PAUSE)
    store.execute(
        "UPDATE deliveries SET attempts = ?, state = ?, due = ?, answer = ? WHERE seq = ?",
        attempts, state, due, str(status), row["seq"],
    )  # fmt: skip
    return good


def deliver_due(store: Store, config: Config) -> int:
    """Send everything that is due now; returns how many events were answered with 2xx."""
    line, done = Line(), 0
    try:
        while claimed := claim(store, by_hand=True):
            done += send_claimed(store, config, line, claimed)
    finally:
        line.close()
    return done


class _Worker(threading.Thread):
    """A thread that does something again and again until it is told to stop."""

    def __init__(self, store: Store, config: Config, name: str) -> None:
        super().__init__(daemon=True, name=f"stand-in {name}")
        self.store, self.config = store, config
        self.stopping = threading.Event()


class Sender(_Worker):
    """Delivers over one kept connection; several of them work side by side, so events may overtake each other."""

    def run(self) -> None:
        line = Line()
        while not self.stopping.is_set():
            self.store.due.wait(TICK)
            try:
                claimed = claim(self.store)
                if not claimed:
                    self.store.due.clear()
                send_claimed(self.store, self.config, line, claimed)
            except Exception:  # one bad event must not stop the rest
                logger.exception("delivery")
        line.close()


class Timer(_Worker):
    """Runs the jobs whose time has come."""

    def run(self) -> None:
        ticks = 0
        while not self.stopping.wait(TICK):
            ticks += 1
            try:
                jobs.run_due(self.store, self.config)
                if ticks % HOUSEKEEPING == 0:
                    jobs.forget_old_replies(self.store)
            except Exception:  # one bad job must not stop the rest
                logger.exception("jobs")


class Clockwork:
    """The stand-in's background: one timer and some senders."""

    def __init__(self, store: Store, config: Config) -> None:
        senders = [Sender(store, config, f"sender {number}") for number in range(SENDERS)]
        self.workers: list[_Worker] = [Timer(store, config, "timer"), *senders]

    def start(self) -> None:
        """Begin."""
        for worker in self.workers:
            worker.start()

    def stop(self) -> None:
        """Ask all to end and wait for them."""
        for worker in self.workers:
            worker.stopping.set()
        for worker in self.workers:
            worker.join(timeout=15)
