"""Keeps everything the stand-in knows in one SQLite file, so that it survives its own restart."""

from __future__ import annotations

import json
import secrets
import sqlite3
import string
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Obj = dict[str, Any]
ALPHABET = string.ascii_letters + string.digits
SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    created INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_kind ON objects (kind, seq);
CREATE TABLE IF NOT EXISTS replies (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,
    body TEXT NOT NULL, request_id TEXT NOT NULL, created INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, type TEXT NOT NULL,
    due REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'pending',
    answer TEXT);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (state, due);
CREATE TABLE IF NOT EXISTS jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, due REAL NOT NULL, name TEXT NOT NULL, target TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS faults (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, method TEXT, path TEXT,
    remaining INTEGER NOT NULL, seconds REAL NOT NULL);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
TABLES = ("objects", "replies", "deliveries", "jobs", "faults", "settings")


def new_id(prefix: str, length: int = 24) -> str:
    """A fresh id such as `pi_…`; unguessable."""
    return f"{prefix}_{''.join(secrets.choice(ALPHABET) for _ in range(length))}"


class Store:
    """One connection behind one lock: requests run one after the other, each in one transaction."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(str(path), check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested use joins the outer transaction."""
        with self._lock:
            if self._depth:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            else:
                self._db.execute("COMMIT")
            finally:
                self._depth -= 1

    def execute(self, sql: str, *values: Any) -> int:
        """Run one statement; the number of rows it changed."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """All rows of one query."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def put(self, obj: Obj) -> Obj:
        """Insert or replace an object by its id (kept in place in the order of creation)."""
        self.execute(
            "INSERT INTO objects (id, kind, created, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            obj["id"], obj["object"], obj.get("created", 0), json.dumps(obj),
        )  # fmt: skip
        return obj

    def get(self, object_id: str, kind: str | None = None) -> Obj | None:
        """The object with this id, or None; with `kind`, only if it is of that kind."""
        found = self.rows("SELECT kind, body FROM objects WHERE id = ?", object_id)
        if not found or (kind and found[0]["kind"] != kind):
            return None
        body: Obj = json.loads(found[0]["body"])
        return body

    def select(self, kind: str, **where: Any) -> list[Obj]:
        """All objects of a kind whose fields equal the given values, oldest first."""
        sql, values = "SELECT body FROM objects WHERE kind = ?", [kind]
        for field, value in where.items():
            sql += " AND json_extract(body, ?) = ?"
            values += [f"$.{field}", value]
        return [json.loads(row["body"]) for row in self.rows(sql + " ORDER BY seq", *values)]

    def setting(self, name: str, default: Any = None) -> Any:
        """A stored setting, or the default."""
        found = self.rows("SELECT value FROM settings WHERE name = ?", name)
        return json.loads(found[0]["value"]) if found else default

    def set_setting(self, name: str, value: Any) -> None:
        """Store a setting (anything JSON can say)."""
        self.execute(
            "INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name, json.dumps(value),
        )  # fmt: skip

    def now(self) -> float:
        """The stand-in's clock: UTC seconds plus what tests advanced it by."""
        return time.time() + float(self.setting("clock_offset", 0))

    def schedule(self, name: str, target: str, seconds: float) -> None:
        """Have a job done on an object that many seconds from now."""
        self.execute("INSERT INTO jobs (due, name, target) VALUES (?, ?, ?)", self.now() + seconds, name, target)

    def reset(self) -> None:
        """Forget everything except the webhook's address."""
        with self.transaction():
            kept = {name: self.setting(name) for name in ("webhook_url", "webhook_secret")}
            for table in TABLES:
                self.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the tuple above
            for name, value in kept.items():
                self.set_setting(name, value)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()
