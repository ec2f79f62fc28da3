"""The database as one file: `pg_dump`'s own format for PostgreSQL, a copy of the file for SQLite."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from .facts import SESSIONS

NAMES = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
OPTIONS = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}


class DumpFailed(Exception):
    """The database's own tool refused; the message is its own."""


@contextmanager
def one_moment() -> Iterator[str]:
    """Everything read and dumped inside shows the database at one moment. Gives the snapshot's name, "" on SQLite."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0]
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # atomic() would lock for writing, and SQLite copies nothing from a writer
        try:
            yield ""
        finally:
            cursor.execute("ROLLBACK")


def dump(to: Path, snapshot: str) -> None:
    """Write the database into the file `to`, without anyone's session; call it within `one_moment`."""
    if connection.vendor == "postgresql":
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
             f"--exclude-table-data={SESSIONS}", f"--file={to}")  # fmt: skip
        return
    copy = sqlite3.connect(to)
    try:
        connection.connection.backup(copy)
        copy.execute("DELETE FROM django_session")
        copy.commit()
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("VACUUM")
    finally:
        copy.close()


def load(file: Path) -> None:
    """Bring a dump into the empty database."""
    if connection.vendor == "postgresql":
        _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
             f"--dbname={connection.settings_dict['NAME']}", str(file))  # fmt: skip
        return
    copy = sqlite3.connect(file)
    try:
        connection.ensure_connection()
        copy.backup(connection.connection)
    finally:
        copy.close()


def is_empty() -> bool:
    return not connection.introspection.table_names()


def _run(tool: str, *arguments: str) -> None:
    """The password goes through the environment, where other users of the machine do not see it."""
    settings = connection.settings_dict
    place = {name: str(settings[key]) for key, name in NAMES.items() if settings.get(key)}
    place |= {name: str(settings["OPTIONS"][key]) for key, name in OPTIONS.items() if settings["OPTIONS"].get(key)}
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own tools and settings
            [tool, *arguments], env={**os.environ, **place}, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise ImproperlyConfigured(f"{tool} is not installed: it comes with PostgreSQL's client programs") from None
    if done.returncode:
        raise DumpFailed(f"{tool}: {done.stderr.strip()[-2000:]}")
