"""Status lists (W3C Bitstring Status List 1.0): which certificates are revoked or suspended, from the register's rows.

Lists come in pairs: 1 tells revocation and 2 suspension of the first 131,072 certificates, 3 and 4 of the next. The
place of a certificate in its lists is its primary key modulo their length.
"""

import base64
import gzip
from collections.abc import Iterator
from datetime import UTC, timedelta
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
# Together with Cache-Control's max-age an end is in the list within 60 seconds.
REMEMBERED = 30
GOOD_FOR = timedelta(days=1)
CHUNK = 500


def entries(pk: int) -> list[dict]:
    """Where the status of this certificate is found."""
    pair, index = divmod(pk, ENTRIES)
    return [_entry(purpose, pair * len(PURPOSES) + place, index) for place, purpose in enumerate(PURPOSES, 1)]


def exists(number: int) -> bool:
    """Whether some certificate may stand in this list; the first pair is there from the start."""
    if number < 1:
        return False
    newest = Certificate.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return (number - 1) // len(PURPOSES) <= newest // ENTRIES


def status_list(number: int) -> tuple[dict, dict]:
    """The unsecured credential of one list as of at most REMEMBERED seconds ago, and its registered JWT claims."""
    key = f"credentials:status:{settings.SITE_ADDRESS}:{number}"
    found = cache.get(key)
    if found is None:
        found = _document(number)
        cache.set(key, found, REMEMBERED)
    return found


def _entry(purpose: str, number: int, index: int) -> dict:
    return {
        "id": f"{_address(number)}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": _address(number),
    }


def _address(number: int) -> str:
    return settings.SITE_ADDRESS + reverse("credentials:status", args=[number])


def _document(number: int) -> tuple[dict, dict]:
    pair, place = divmod(number - 1, len(PURPOSES))
    now = clock.now().astimezone(UTC)
    claims = {"iss": did(), "jti": _address(number), "exp": int((now + GOOD_FOR).timestamp())}
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
            "statusPurpose": PURPOSES[place],
            "encodedList": _encoded(pk % ENTRIES for pk in _marked(pair, PURPOSES[place])),
        },
    }
    return document, claims


def _marked(pair: int, purpose: str) -> Iterator[int]:
    """Primary keys of the certificates to which the purpose applies now."""
    rows = Certificate.objects.filter(pk__gte=pair * ENTRIES, pk__lt=(pair + 1) * ENTRIES).order_by("pk")
    certificates = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(certificates, CHUNK)):
        yield from (row.certificate.pk for row in register_rows(chunk) if _purpose_of(row.status) == purpose)


def _purpose_of(status: PublicStatus) -> str:
    """Expiry needs no entry: every credential carries its own last day. What ended otherwise is revoked."""
    if status in (PublicStatus.VALID, PublicStatus.EXPIRED):
        return ""
    return "suspension" if status == PublicStatus.SUSPENDED else "revocation"


def _encoded(indexes: Iterator[int]) -> str:
    """Multibase base64url of the gzipped bits; index 0 is the leftmost bit of the first byte."""
    bits = bytearray(ENTRIES // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
