"""Status lists (W3C Bitstring Status List 1.0): which certificates do not hold now, from the register's rows.

Lists come in pairs: 1 and 2 are of the first 131,072 certificates, 3 and 4 of the next. The first of a pair
("revocation") names all that do not hold, the second ("suspension") those among them that may come back. Open Badges
3.0 lets a credential name one status only: the first. The place of a certificate is its primary key modulo the length.
"""

import base64
import gzip
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.conf import settings
from django.core.cache import cache
from django.db.models import Max
from django.urls import reverse

from certification.models import Certificate
from certification.selectors import register_rows
from certification.words import PublicStatus
from marketplace.core import clock

from .issuer import did

ENTRIES = 131_072  # the least that the specification allows, so that asking for a list tells little
PURPOSES = ("revocation", "suspension")
# Together with Cache-Control's max-age an end is in the list within 60 seconds, unless the register takes longer than
# six seconds to read: lists are then kept for PAUSE times as long, so that reading it never fills a processor.
REMEMBERED = 30
PAUSE = 5
BUSY = 300  # seconds until another request may try where one broke off
GOOD_FOR = timedelta(days=1)
CHUNK = 500


def entry(pk: int) -> dict:
    """Where the status of this certificate is found."""
    pair, index = divmod(pk, ENTRIES)
    address = _address(pair * len(PURPOSES) + 1)
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSES[0],
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def exists(number: int) -> bool:
    """Whether some certificate may stand in this list; the first pair is there from the start."""
    if number < 1:
        return False
    newest = Certificate.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return (number - 1) // len(PURPOSES) <= newest // ENTRIES


def status_list(number: int) -> tuple[dict, dict]:
    """The unsecured credential of one list as it was a moment ago, and its registered JWT claims."""
    pair, place = divmod(number - 1, len(PURPOSES))
    return _recent(pair).documents[place]


@dataclass(frozen=True, slots=True)
class Made:
    """Both lists of a pair, when they were made, and how long they are good enough."""

    at: datetime
    kept: timedelta
    documents: tuple[tuple[dict, dict], ...]

    @property
    def fresh(self) -> bool:
        return timedelta(0) <= clock.now() - self.at < self.kept


def _recent(pair: int) -> Made:
    """One request makes the lists anew while the others get the last ones; a slow register is asked less often."""
    key = f"credentials:status:{settings.SITE_ADDRESS}:{pair}"
    last = cache.get(key)
    if last is not None and (last.fresh or not cache.add(f"{key}:busy", True, BUSY)):
        return last
    started, now = time.perf_counter(), clock.now()
    documents = _documents(pair)
    took = timedelta(seconds=time.perf_counter() - started)
    made = Made(now, max(timedelta(seconds=REMEMBERED), took * PAUSE), documents)
    cache.set(key, made, GOOD_FOR.total_seconds())
    cache.delete(f"{key}:busy")
    return made


def _address(number: int) -> str:
    return settings.SITE_ADDRESS + reverse("credentials:status", args=[number])


def _documents(pair: int) -> tuple[tuple[dict, dict], ...]:
    marked = _marked(pair)
    return tuple(
        _document(pair * len(PURPOSES) + place, purpose, marked[purpose]) for place, purpose in enumerate(PURPOSES, 1)
    )


def _document(number: int, purpose: str, bits: bytearray) -> tuple[dict, dict]:
    now = clock.now().astimezone(UTC)
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": _address(number),
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did(),
        "validFrom": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "validUntil": f"{now + GOOD_FOR:%Y-%m-%dT%H:%M:%SZ}",
        "credentialSubject": {
            "id": f"{_address(number)}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": _encoded(bits),
        },
    }
    return document, {"iss": did(), "jti": _address(number), "exp": int((now + GOOD_FOR).timestamp())}


def _marked(pair: int) -> dict[str, bytearray]:
    """The bits of each purpose; index 0 is the leftmost bit of the first byte."""
    bits = {purpose: bytearray(ENTRIES // 8) for purpose in PURPOSES}
    rows = Certificate.objects.filter(pk__gte=pair * ENTRIES, pk__lt=(pair + 1) * ENTRIES).order_by("pk")
    certificates = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(certificates, CHUNK)):
        for row in register_rows(chunk):
            for purpose in _purposes_of(row.status):
                index = row.certificate.pk % ENTRIES
                bits[purpose][index // 8] |= 0x80 >> index % 8
    return bits


def _purposes_of(status: PublicStatus) -> tuple[str, ...]:
    """Expiry needs no entry: every credential carries its own last day."""
    if status in (PublicStatus.VALID, PublicStatus.EXPIRED):
        return ()
    return PURPOSES if status == PublicStatus.SUSPENDED else PURPOSES[:1]


def _encoded(bits: bytearray) -> str:
    """Multibase base64url of the gzipped bits."""
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
