"""The drill: a shop with orders, refunds, evidence and an audit trail is backed up and restored into an empty place.

On whatever database the tests run on; the restoration is a process of its own, as it would be on another machine.
"""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import tarfile
from contextlib import closing, contextmanager
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ConnectionHandler, DatabaseError, connection

from certification.models import AuditEntry, Certificate, Evidence
from marketplace import fulfilment
from marketplace.backup import archive
from marketplace.backup.archive import DATABASE, MANIFEST
from marketplace.core import outbox
from marketplace.core.append_only import create_triggers, drop_triggers
from marketplace.payments.models import LedgerPosting
from tests import factories
from tests.fulfilment.shop import bought
from tests.processes import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def shop(migrated_data, standin, client):
    """A certified piece sold, half of the order given back; an application with evidence; a picture."""
    piece = factories.certified_product(price="48.00")
    attempt = bought(standin, piece, factories.certified_product(price="20.00"))
    part = attempt.order.maker_orders.order_by("pk").first()
    fulfilment.refund_part(user=factories.owner_of(part.maker), maker_order=part, reason="The zipper broke.")
    outbox.deliver()
    factories.evaluated(factories.product(piece.maker))
    client.force_login(factories.person())
    piece.maker.picture.save("front.jpg", factories.photo())
    assert LedgerPosting.objects.exists()
    assert AuditEntry.objects.exists()
    assert Certificate.objects.exists()
    assert Evidence.objects.exists()
    assert client.session.session_key
    return piece.maker


@pytest.fixture
def backup(shop, tmp_path) -> Path:
    path = tmp_path / "kept" / "shop.tar"
    call_command("backup", str(path), stdout=StringIO())
    return path


class Place:
    """An empty place: a database of its own and two folders."""

    def __init__(self, folder: Path, name: str):
        self.media, self.evidence, self.name = folder / "media", folder / "evidence", name
        self.url = database_url().rpartition("/")[0] + f"/{name}" if connection.vendor == "postgresql" else (
            f"sqlite:///{name}"
        )  # fmt: skip

    def restore(self, path: Path) -> subprocess.CompletedProcess:
        there = {"DATABASE_URL": self.url, "MEDIA_ROOT": str(self.media), "EVIDENCE_ROOT": str(self.evidence)}
        variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "marketplace.settings.dev", **there}
        command = [sys.executable, "-W", "ignore", "manage.py", "restore", str(path)]
        return subprocess.run(command, env=variables, cwd=settings.BASE_DIR, capture_output=True, text=True)

    @contextmanager
    def cursor(self):
        place = {**connection.settings_dict, "NAME": self.name, "TEST": {}, "CONN_MAX_AGE": 0}
        there = ConnectionHandler({"default": place})["default"]
        with closing(there), there.cursor() as cursor:
            yield cursor

    def tables(self) -> list[str]:
        with self.cursor() as cursor:
            return cursor.db.introspection.table_names(cursor)


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker):
    """On PostgreSQL: a second database; to drop one for each test would cost a checkpoint each time."""
    if connection.vendor == "sqlite":
        yield ""
        return
    name = f"restored_{os.getpid()}"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield name
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def place(tmp_path, database):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if not database:
        return Place(folder, str(folder / "db.sqlite3"))
    found = Place(folder, database)
    with found.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    return found


def rows_of(cursor, table: str) -> list[str]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted(map(repr, cursor.fetchall()))


def files_of(folder) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


def test_the_drill_every_row_and_every_file_is_back(backup, place):
    done = place.restore(backup)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "ledger, audit trail, register and files are equal" in done.stdout
    with connection.cursor() as ours, place.cursor() as theirs:
        tables = set(connection.introspection.table_names(ours))
        assert set(place.tables()) == tables
        differing = [table for table in tables - {"django_session"} if rows_of(ours, table) != rows_of(theirs, table)]
        assert differing == []
        assert rows_of(theirs, "django_session") == []
    assert files_of(place.media) == files_of(settings.MEDIA_ROOT)
    assert files_of(place.evidence) == files_of(settings.EVIDENCE_ROOT)
    assert files_of(place.evidence)
    assert files_of(place.media)


def test_what_is_restored_is_guarded_as_before(shop, place, tmp_path):
    path, table = tmp_path / "shop.tar", LedgerPosting._meta.db_table
    with connection.schema_editor() as editor:  # transactional tests run without triggers
        create_triggers(editor, table)
    call_command("backup", str(path), stdout=StringIO())
    with connection.schema_editor() as editor:
        drop_triggers(editor, table)
    assert place.restore(path).returncode == 0
    for found in place.evidence.rglob("*"):
        assert stat.S_IMODE(found.stat().st_mode) & 0o077 == 0
    with place.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
        cursor.execute("UPDATE payments_ledgerposting SET cents = cents + 1")


def test_a_place_that_is_not_empty_is_left_alone(backup, place):
    place.evidence.mkdir()
    (place.evidence / "mine").write_text("mine")
    done = place.restore(backup)
    assert done.returncode
    assert "not empty" in done.stderr
    assert place.tables() == []
    (place.evidence / "mine").unlink()
    assert place.restore(backup).returncode == 0
    again = place.restore(backup)
    assert again.returncode
    assert "has tables already" in again.stderr


@pytest.mark.parametrize("harm", ["a byte", "cut off", "something else"])
def test_a_damaged_backup_restores_nothing(backup, place, harm):
    whole = bytearray(backup.read_bytes())
    if harm == "a byte":
        whole[2000] ^= 1
    elif harm == "cut off":
        del whole[len(whole) // 2 :]
    else:
        whole = bytearray(b"not a backup at all")
    backup.chmod(0o600)
    backup.write_bytes(whole)
    done = place.restore(backup)
    assert done.returncode
    assert "Traceback" not in done.stderr
    assert place.tables() == []
    assert not files_of(place.evidence)


def tampered(backup: Path, change) -> Path:
    """The backup with a changed database and a manifest that vouches for it."""
    made = backup.with_name("tampered.tar")
    with tarfile.open(backup) as old, tarfile.open(made, "w") as new:
        manifest = json.loads(old.extractfile(MANIFEST).read())
        for info in old.getmembers():
            data = old.extractfile(info).read()
            if info.name == DATABASE:
                file = backup.with_name("changed.sqlite3")
                file.write_bytes(data)
                with closing(sqlite3.connect(file)) as copy:
                    change(copy)
                    copy.commit()
                data = file.read_bytes()
                manifest["members"][DATABASE] = [len(data), sha256(data).hexdigest()]
            if info.name == MANIFEST:
                data = json.dumps(manifest).encode()
            info.size = len(data)
            new.addfile(info, BytesIO(data))
    return made


HARM = {
    "ledger": "UPDATE payments_ledgerentry SET description = 'Something else'",
    "audit trail": "UPDATE certification_auditentry SET verb = 'staff:certificate:grant'",
    "register": "UPDATE certification_certificate SET product_description = 'Another'",
    "table": "DELETE FROM django_site",
}


@pytest.mark.parametrize("what", HARM)
def test_what_was_altered_on_the_way_is_noticed(backup, place, what):
    if connection.vendor != "sqlite":
        pytest.skip("a dump of PostgreSQL can't be edited in place; what notices it is the same")

    def change(copy):
        for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            copy.execute(f'DROP TRIGGER "{name}"')
        copy.execute(HARM[what])

    done = place.restore(tampered(backup, change))
    assert done.returncode
    assert "do not use this place" in done.stderr or "audit trail is damaged" in done.stderr


def test_a_backup_is_its_owners_alone_never_overwritten_and_names_what_is_missing(shop, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    (Path(settings.MEDIA_ROOT) / shop.picture.name).unlink()
    told = StringIO()
    call_command("backup", str(folder), stdout=StringIO(), stderr=told)
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert f"media/{shop.picture.name}" in told.getvalue()
    before = path.read_bytes()
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(path), stdout=StringIO())
    assert path.read_bytes() == before
    assert [item.name for item in folder.iterdir()] == [path.name]


def test_a_file_that_grows_while_it_is_read_is_kept_as_it_was_at_first(tmp_path, monkeypatch):
    file, kept = tmp_path / "upload", tmp_path / "kept.tar"
    file.write_bytes(b"half and the rest")
    monkeypatch.setattr(archive.os, "fstat", lambda number: SimpleNamespace(st_size=4))  # before the rest came
    with tarfile.open(kept, "w") as tar:
        noted = archive._add(tar, "media/upload", file)
    monkeypatch.undo()
    with tarfile.open(kept) as tar:
        there = tar.extractfile("media/upload").read()
    assert there == b"half"
    assert noted == [4, sha256(there).hexdigest()]
