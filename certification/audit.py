"""Writing the audit trail as a hash chain, checking it, and erasing what is personal in it.

Each entry's hash is SHA-256 over its canonical JSON (RFC 8785), which holds the hash of the entry before. Actor and
reason lie apart; the entry holds a digest of them with a random salt, so that erasing them, salt included, leaves
the chain whole and nothing to guess from.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC

import rfc8785
from django.db import transaction
from django.db.models import QuerySet

from marketplace.core import clock

from .models import Application, AuditEntry, AuditHead, AuditPrivate
from .words import Verb

FIRST_HASH = "0" * 64


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that adds to the trail: its first lock is the chain's end, so that two never wait crosswise."""
    with transaction.atomic():
        _head()
        yield


def add(
    *, verb: str, actor, subject: str, application: Application | None = None, reason: str = "",
    before: dict | None = None, after: dict | None = None,
) -> AuditEntry:  # fmt: skip
    """The next entry of the chain. `verb` begins with the role of the actor; `before` and `after` name no person."""
    with writing():
        head = _head()
        private = AuditPrivate(actor=actor, reason=reason)
        entry = AuditEntry(
            number=head.number + 1, at=clock.now(), verb=str(verb), role=str(verb).split(":")[0], subject=subject,
            application=application, before=before or {}, after=after or {}, sealed=seal(private), previous=head.hash,
        )  # fmt: skip
        entry.hash = hash_of(entry)
        entry.save()
        private.entry = entry
        private.save(force_insert=True)
        AuditHead.objects.filter(pk=head.pk).update(number=entry.number, hash=entry.hash)
    return entry


def erase(*, entries: QuerySet[AuditEntry], reason: str) -> int:
    """Delete actor and reason of these entries for good, and say so in the trail; returns how many had them.

    For an operator who answers a person's request (manage.py erase_from_audit); `reason` is kept, so it names nobody.
    """
    with writing():
        private = AuditPrivate.objects.filter(entry__in=entries)
        numbers = sorted(private.values_list("entry__number", flat=True))
        if numbers:
            private.delete()
            add(verb=Verb.AUDIT_ERASE, actor=None, subject="audit", reason=reason, after={"numbers": numbers})
    return len(numbers)


def verify() -> list[str]:
    """What is wrong with the trail, entry by entry; empty where every row is as it was written."""
    return list(_faults(AuditEntry.objects.select_related("private").order_by("number").iterator(chunk_size=1000)))


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 over the canonical JSON of everything in the entry but its own hash, as 64 hexadecimal digits."""
    content = {
        "number": entry.number, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": entry.verb, "role": entry.role, "subject": entry.subject, "application": entry.application_id,
        "before": entry.before, "after": entry.after, "sealed": entry.sealed, "previous": entry.previous,
    }  # fmt: skip
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def seal(private: AuditPrivate) -> str:
    """The salted digest by which an entry vouches for its private part."""
    content = {"salt": private.salt, "actor": private.actor_id, "reason": private.reason}
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def _head() -> AuditHead:
    AuditHead.objects.get_or_create(pk=1)
    return AuditHead.objects.select_for_update().get(pk=1)


def _faults(entries: Iterable[AuditEntry]) -> Iterator[str]:
    erased = _erased()
    number, before = 0, FIRST_HASH
    for entry in entries:
        if entry.number != number + 1:
            yield f"{_missing(number + 1, entry.number - 1)}"
        elif entry.previous != before:
            yield f"entry {entry.number} does not follow entry {number}: rows were put in another order or replaced"
        if hash_of(entry) != entry.hash:
            yield f"entry {entry.number} was altered ({entry.verb} {entry.subject})"
        yield from _private_faults(entry, erased)
        number, before = entry.number, entry.hash
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    if head.number > number:
        yield _missing(number + 1, head.number)
    elif head.number < number or head.hash != before:
        yield f"the end of the chain is {head.number}, but entry {number} is the last one"


def _private_faults(entry: AuditEntry, erased: set[int]) -> Iterator[str]:
    private = entry.kept
    if private is None and entry.number not in erased:
        yield f"actor and reason of entry {entry.number} were removed without an erasure on record"
    if private is not None and seal(private) != entry.sealed:
        yield f"actor or reason of entry {entry.number} was altered"


def _erased() -> set[int]:
    records = AuditEntry.objects.filter(verb=Verb.AUDIT_ERASE).values_list("after", flat=True)
    return {number for after in records for number in after["numbers"]}


def _missing(first: int, last: int) -> str:
    return f"entry {first} is missing" if first == last else f"entries {first} to {last} are missing"
