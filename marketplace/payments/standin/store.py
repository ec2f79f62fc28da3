"""Keeps everything the stand-in knows in one SQLite file, so that it survives its own restart."""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
import string
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Obj = dict[str, Any]
ALPHABET = string.ascii_letters + string.digits
COMPARE = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
WORD = re.compile(r"[a-z_.]{1,40}\Z")
SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    account TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_of_account ON objects (kind, account, seq);
CREATE TABLE IF NOT EXISTS replies (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,
    body TEXT NOT NULL, request_id TEXT NOT NULL, created INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS replies_created ON replies (created);
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, type TEXT NOT NULL,
    due REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'pending',
    answer TEXT);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (state, due);
CREATE INDEX IF NOT EXISTS deliveries_event ON deliveries (event);
CREATE TABLE IF NOT EXISTS jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, due REAL NOT NULL, name TEXT NOT NULL, target TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS jobs_due ON jobs (due);
CREATE TABLE IF NOT EXISTS faults (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, method TEXT, path TEXT,
    remaining INTEGER NOT NULL, seconds REAL NOT NULL);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
TABLES = ("objects", "replies", "deliveries", "jobs", "faults", "settings")
LOOKED_UP = (
    ("transfer", "source_transaction"), ("transfer", "transfer_group"), ("transfer_reversal", "transfer"),
    ("refund", "charge"), ("refund", "payment_intent"), ("charge", "payment_intent"), ("dispute", "charge"),
    ("dispute", "payment_intent"), ("payment_method", "customer"), ("balance_transaction", "source"),
    ("payment_intent", "customer"), ("tax.transaction", "reference"), ("tax.calculation_line_item", "_parent"),
    ("tax.transaction_line_item", "_parent"), ("_session", "secret"),
)  # fmt: skip
KEPT_ON_RESET = ("webhook_url", "webhook_secret", "webhook_events")


def new_id(prefix: str, length: int = 24) -> str:
    """A fresh id such as `pi_…`; unguessable."""
    return f"{prefix}_{''.join(secrets.choice(ALPHABET) for _ in range(length))}"


def _path(field: str) -> str:
    # literal, since SQLite uses an expression's index only where it stands in the query word for word
    if not WORD.match(field):
        raise ValueError(field)
    return f"json_extract(body, '$.{field}')"


class Store:
    """One connection behind one lock: requests run one after the other, each in one transaction.

    `due` is set when there is something new to deliver, `has_faults` while a call shall break.
    """

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(str(path), check_same_thread=False, isolation_level=None, cached_statements=256)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        # a killed process loses nothing; only a power cut might, and this is no bank
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._prepare()
        self.due = threading.Event()
        self._remember()

    def _prepare(self) -> None:
        columns = {row["name"] for row in self._db.execute("PRAGMA table_info(objects)")}
        if columns and "account" not in columns:  # a file of an older stand-in
            self._db.execute("ALTER TABLE objects ADD COLUMN account TEXT NOT NULL DEFAULT ''")
        self._db.executescript(SCHEMA)
        for kind, field in LOOKED_UP:
            name = f"objects_{kind}_{field}".replace(".", "_")
            self._db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON objects ({_path(field)}) WHERE kind = '{kind}'")
        # what was being sent when the last process ended is sent again
        self._db.execute("UPDATE deliveries SET state = 'pending' WHERE state = 'sending'")

    def _remember(self) -> None:
        found = self._db.execute("SELECT name, value FROM settings")
        self._settings = {row["name"]: json.loads(row["value"]) for row in found}
        self.has_faults = bool(self._db.execute("SELECT 1 FROM faults WHERE remaining > 0").fetchone())

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
                self._remember()
                raise
            else:
                self._db.execute("COMMIT")
            finally:
                self._depth -= 1

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Part of a transaction that is taken back alone when it fails."""
        self._db.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK TO part")
            self._remember()
            raise
        finally:
            self._db.execute("RELEASE part")

    def execute(self, sql: str, *values: Any) -> int:
        """Run one statement; the number of rows it changed."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """All rows of one query."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def put(self, obj: Obj) -> Obj:
        """Insert or replace an object by its id (kept in place in the order of creation).

        One with `_account` belongs to that connected account, all others to the platform.
        """
        self.execute(
            "INSERT INTO objects (id, kind, account, created, body) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            obj["id"], obj["object"], obj.get("_account", ""), obj.get("created", 0), json.dumps(obj),
        )  # fmt: skip
        return obj

    def get(self, object_id: str, kind: str | None = None) -> Obj | None:
        """The object with this id, or None; with `kind`, only if it is of that kind."""
        found = self.rows("SELECT kind, body FROM objects WHERE id = ?", object_id)
        if not found or (kind and found[0]["kind"] != kind):
            return None
        body: Obj = json.loads(found[0]["body"])
        return body

    def place_of(self, object_id: str) -> int:
        """Where an object stands in the order of creation."""
        return int(self.rows("SELECT seq FROM objects WHERE id = ?", object_id)[0]["seq"])

    def select(
        self,
        kind: str,
        *,
        account: str = "",
        where: Mapping[str, Any] | None = None,
        created: Mapping[str, int] | None = None,
        after: int | None = None,
        before: int | None = None,
        limit: int = -1,
        newest_first: bool = False,
    ) -> list[Obj]:
        """Objects of a kind whose fields equal the given values; `after` and `before` are places, not ids."""
        if not WORD.match(kind):
            raise ValueError(kind)
        sql = f"SELECT body FROM objects WHERE kind = '{kind}' AND account = ?"  # noqa: S608 - a plain word
        values: list[Any] = [account]
        for field, value in (where or {}).items():
            sql += f" AND {_path(field)} = ?"
            values.append(value)
        for word, second in (created or {}).items():
            sql += f" AND created {COMPARE[word]} ?"
            values.append(second)
        for sign, place in ((">", after), ("<", before)):
            if place is not None:
                sql += f" AND seq {sign} ?"
                values.append(place)
        sql += f" ORDER BY seq {'DESC' if newest_first else 'ASC'} LIMIT ?"
        return [json.loads(row["body"]) for row in self.rows(sql, *values, limit)]

    def setting(self, name: str, default: Any = None) -> Any:
        """A stored setting, or the default."""
        with self._lock:
            return self._settings.get(name, default)

    def set_setting(self, name: str, value: Any) -> None:
        """Store a setting (anything JSON can say)."""
        with self._lock:
            self.execute(
                "INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                name, json.dumps(value),
            )  # fmt: skip
            self._settings[name] = value

    def now(self) -> float:
        """The stand-in's clock: UTC seconds plus what tests advanced it by."""
        return time.time() + float(self.setting("clock_offset", 0))

    def schedule(self, name: str, target: str, seconds: float) -> None:
        """Have a job done on an object that many seconds from now."""
        self.execute("INSERT INTO jobs (due, name, target) VALUES (?, ?, ?)", self.now() + seconds, name, target)

    def reset(self) -> None:
        """Forget everything except where webhooks go."""
        with self.transaction():
            kept = {name: value for name, value in self._settings.items() if name in KEPT_ON_RESET}
            for table in TABLES:
                self.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the tuple above
            self._settings, self.has_faults = {}, False
            for name, value in kept.items():
                self.set_setting(name, value)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()
