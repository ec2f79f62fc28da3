"""The backup's file: a tar with the database, public media, private evidence, and last a manifest of them all.

The manifest holds the size and SHA-256 of each member and the facts of the shop, so that a restoration proves itself.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import FileField

from marketplace.core import clock

from . import dumping
from .facts import differences, facts, migrations, rows_of_tables

DATABASE, MANIFEST = "database", "manifest.json"
FORMAT = 1
KEPT_IN_PLACE = {".gitkeep"}


class BadBackup(Exception):
    """The file is no backup, is damaged, or does not fit this place; the message says which."""


@dataclass(frozen=True)
class Summary:
    """What was written or restored. `missing` are files that rows name and nobody has."""

    path: Path
    files: int
    size: int
    rows: int
    missing: list[str]


class _Hashed(io.RawIOBase):
    """The first `size` bytes of a file, hashed while they are read; what is added meanwhile is not in the archive."""

    def __init__(self, file: BinaryIO, size: int):
        self.file, self.left, self.hash = file, size, hashlib.sha256()

    def readable(self):
        return True

    def readinto(self, into):
        data = self.file.read(min(len(into), self.left))
        self.left -= len(data)
        self.hash.update(data)
        into[: len(data)] = data
        return len(data)


def _folders() -> dict[str, Path]:
    return {"media": Path(settings.MEDIA_ROOT), "evidence": Path(settings.EVIDENCE_ROOT)}


def write(path: Path) -> Summary:
    """Back the shop up into a new file that only its owner can read. Raises FileExistsError, DumpFailed."""
    at = clock.now()
    if path.exists():
        raise FileExistsError(f"{path} exists already")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(opened, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
            summary = _write(tar, path, at)
            tar.close()
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return summary


def _write(tar: tarfile.TarFile, path: Path, at) -> Summary:
    members: dict[str, list] = {}
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        dumped = Path(scratch) / DATABASE
        with dumping.one_moment() as snapshot:
            found, rows, known, named = facts(at), rows_of_tables(), migrations(), set(_named_files())
            dumping.dump(dumped, snapshot)
        members[DATABASE] = _add(tar, DATABASE, dumped)
    for name, file in _files():
        try:
            members[name] = _add(tar, name, file)
        except FileNotFoundError:  # deleted since the folder was read: its row is gone too, or it is named as missing
            continue
    manifest = {
        "format": FORMAT, "at": at.isoformat(), "engine": connection.vendor, "migrations": known, "facts": found,
        "rows": rows, "members": members,
    }  # fmt: skip
    data = json.dumps(manifest, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))
    size = sum(size for size, _digest in members.values())
    return Summary(path, len(members) - 1, size, sum(rows.values()), sorted(named - set(members)))


def _add(tar: tarfile.TarFile, name: str, path: Path) -> list:
    with path.open("rb") as file:
        info = tarfile.TarInfo(name)
        info.size = os.fstat(file.fileno()).st_size
        hashed = _Hashed(file, info.size)
        tar.addfile(info, io.BufferedReader(hashed))
    return [info.size, hashed.hash.hexdigest()]


def _files() -> Iterator[tuple[str, Path]]:
    """Every file below the two folders, as its name in the archive and its path."""
    for top, root in _folders().items():
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.name not in KEPT_IN_PLACE:
                yield f"{top}/{path.relative_to(root).as_posix()}", path


def _named_files() -> Iterator[str]:
    """Every file that a row of the database names."""
    roots = {root.resolve(): top for top, root in _folders().items()}
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField) and model._meta.managed:
                top = roots.get(Path(field.storage.location).resolve(), "")
                names = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                yield from (f"{top}/{name}" for name in names.iterator(chunk_size=2000) if name)


def restore(path: Path) -> Summary:
    """Bring a backup into an empty place and prove that it is the same shop. Raises BadBackup, DumpFailed."""
    _require_empty_place()
    with _opened(path) as tar:
        manifest = _manifest(tar)
        _require_fit(manifest)
        _check(tar, manifest["members"])
        _unpack(tar, manifest["members"])
    wrong = differences(manifest["rows"], rows_of_tables())
    call_command("migrate", verbosity=0, interactive=False)
    wrong += differences(manifest["facts"], facts(datetime.fromisoformat(manifest["at"])))
    wrong += _other_files(manifest["members"])
    if wrong:
        raise BadBackup("What was restored is not what was backed up; do not use this place:\n" + "\n".join(wrong))
    members = manifest["members"]
    size = sum(size for size, _digest in members.values())
    return Summary(path, len(members) - 1, size, sum(manifest["rows"].values()), [])


def _require_empty_place() -> None:
    if not dumping.is_empty():
        raise BadBackup("The database has tables already: restore into a new, empty one.")
    for top, root in _folders().items():
        if root.exists() and any(item.name not in KEPT_IN_PLACE for item in root.iterdir()):
            raise BadBackup(f"The folder for {top} is not empty: restore into a new one.")


def _opened(path: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(path, "r:")
    except (OSError, tarfile.TarError) as error:
        raise BadBackup(f"{path} can't be read as a backup: {error}") from error


def _manifest(tar: tarfile.TarFile) -> dict:
    try:
        found = json.loads(tar.extractfile(MANIFEST).read())
    except (KeyError, AttributeError, ValueError, tarfile.TarError) as error:
        raise BadBackup("The backup has no manifest: it was not finished, or it is something else.") from error
    if found.get("format") != FORMAT:
        raise BadBackup(f"This program reads backups of format {FORMAT}, not {found.get('format')}.")
    return found


def _require_fit(manifest: dict) -> None:
    if manifest["engine"] != connection.vendor:
        raise BadBackup(f"The backup is of a {manifest['engine']} database, this place has {connection.vendor}.")
    on_disk = MigrationLoader(None).disk_migrations
    replaced = (name for migration in on_disk.values() for name in migration.replaces)
    known = {f"{app}.{name}" for app, name in (*on_disk, *replaced)}
    unknown = sorted(set(manifest["migrations"]) - known)
    if unknown:
        raise BadBackup("The backup is newer than this program, which lacks " + ", ".join(unknown[:5]) + ".")


def _check(tar: tarfile.TarFile, members: dict[str, list]) -> None:
    """Every member is there as it was written, and nothing else."""
    there = {info.name: info for info in tar.getmembers() if info.name != MANIFEST}
    if set(there) != set(members):
        raise BadBackup("The backup's members are not those of its manifest.")
    for name, (size, digest) in members.items():
        info = there[name]
        whole = info.isreg() and info.size == size and _digest(tar.extractfile(info)) == digest
        if not whole or name.partition("/")[0] not in (DATABASE, *_folders()):
            raise BadBackup(f"{name} is damaged.")


def _digest(file) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()


def _unpack(tar: tarfile.TarFile, members: dict[str, list]) -> None:
    """Files first, the database last: a place with a database has all its files."""
    for name in members:
        if name == DATABASE:
            continue
        top, _, rest = name.partition("/")
        info = tar.getmember(name)
        info.name, info.mode = rest, 0o600 if top == "evidence" else settings.FILE_UPLOAD_PERMISSIONS
        root = _folders()[top]
        root.mkdir(parents=True, exist_ok=True, mode=0o700 if top == "evidence" else 0o755)
        tar.extract(info, root, filter="data")
    for folder in filter(Path.is_dir, _folders()["evidence"].rglob("*")):
        folder.chmod(0o700)
    with tempfile.TemporaryDirectory() as scratch:
        info = tar.getmember(DATABASE)
        tar.extract(info, scratch, filter="data")
        dumping.load(Path(scratch) / DATABASE)


def _other_files(members: dict[str, list]) -> Iterator[str]:
    there = dict(_files())
    for name, (_size, digest) in members.items():
        if name == DATABASE:
            continue
        with there[name].open("rb") as file:
            if _digest(file) != digest:
                yield f"{name} differs"
