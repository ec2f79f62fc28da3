"""What a shop is known by: rows of each table, the ledger, the audit trail's end, the register.

Equal facts before a backup and after its restoration mean that nothing was lost or altered on the way.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Sum

from certification import audit
from certification.models import AuditHead
from certification.register.data import register_lines
from certification.register.search import Query
from marketplace.core import clock
from marketplace.payments.models import LedgerEntry, LedgerPosting

CHUNK = 2000
SESSIONS = "django_session"  # left out: nobody stays signed in by a stolen backup


class Damaged(Exception):
    """Ledger or audit trail are not as they were written."""


def facts(at: datetime) -> dict[str, dict]:
    """Ledger, audit trail and register as of a moment in UTC, which decides what has run out. Raises Damaged."""
    with clock.at(at):
        return {"ledger": _ledger(), "audit": _audit(), "register": _register()}


def rows_of_tables() -> dict[str, int]:
    """How many rows each table has, whatever migrations it went through."""
    with connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)) - {SESSIONS})
        return {name: _count(cursor, name) for name in names}


def _count(cursor, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database's own name
    return cursor.fetchone()[0]


def migrations() -> list[str]:
    """Every migration that the database knows."""
    rows = MigrationRecorder.Migration.objects.using(connection.alias).values_list("app", "name")
    return sorted(f"{app}.{name}" for app, name in rows)


def differences(before: dict, after: dict) -> list[str]:
    """What of two shops is not the same, in words; empty where all is."""
    return [
        f"{name}: was {before.get(name)}, is {after.get(name)}"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def _ledger() -> dict:
    whole = LedgerPosting.objects.aggregate(sum=Sum("cents", default=0))["sum"]
    if whole:
        raise Damaged(f"the ledger's postings add up to {whole} cents, not to zero")
    entries = LedgerEntry.objects.order_by("pk").values_list("pk", "source", "reference", "description", "at")
    postings = LedgerPosting.objects.order_by("pk").values_list("entry", "account", "maker", "part", "kind", "cents")
    return {
        "entries": entries.count(), "postings": postings.count(),
        "digest": _digest(row for rows in (entries, postings) for row in rows.iterator(chunk_size=CHUNK)),
    }  # fmt: skip


def _audit() -> dict:
    if faults := audit.verify():
        raise Damaged("the audit trail is damaged: " + "; ".join(faults[:5]))
    return {"end": str(AuditHead.objects.filter(pk=1).first() or AuditHead())}


def _register() -> dict:
    lines = list(map(tuple, register_lines(Query())))
    return {"certificates": len(lines), "digest": _digest(lines)}


def _digest(rows: Iterable[tuple]) -> str:
    whole = hashlib.sha256()
    for row in rows:
        whole.update("\x1f".join(_text(value) for value in row).encode() + b"\n")
    return whole.hexdigest()


def _text(value) -> str:
    return value.astimezone(clock.LOS_ANGELES).isoformat() if isinstance(value, datetime) else str(value)
