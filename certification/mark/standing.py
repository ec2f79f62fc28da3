"""What the mark may say of a certificate now, asked of the register and remembered for a few seconds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from certification.models import Certificate
from certification.selectors import register_rows
from certification.words import PublicStatus
from marketplace.core import clock

# With Cache-Control's max-age this stays below the 60 seconds in which an ended certificate must be seen everywhere.
REMEMBERED = timedelta(seconds=5)
MOST_REMEMBERED = 5000
_seen: dict[str, tuple[datetime, "Standing | None"]] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """A certificate as the mark shows it: with its claims while it is valid, without them otherwise."""

    number: str
    valid: bool
    claims: tuple[str, ...]
    product: str
    maker: str
    valid_until: date


def standing_of(certificate: Certificate) -> Standing:
    """Valid where the register says so, which looks at status, days and the facts as they are now."""
    valid = register_rows([certificate])[0].status == PublicStatus.VALID
    return Standing(
        number=certificate.number,
        valid=valid,
        claims=tuple(certificate.claims) if valid else (),
        product=certificate.product_description,
        maker=certificate.maker_name,
        valid_until=certificate.valid_until,
    )


def recent_standing(number: str) -> Standing | None:
    """The standing of at most REMEMBERED ago, for the many who ask; None for a number that was never given."""
    now = clock.now()
    known = _seen.get(number)
    if known is not None and timedelta(0) <= now - known[0] < REMEMBERED:
        return known[1]
    certificate = Certificate.objects.filter(number=number).first()
    standing = standing_of(certificate) if certificate else None
    if len(_seen) >= MOST_REMEMBERED:
        _seen.clear()
    _seen[number] = (now, standing)
    return standing


def forget() -> None:
    """Ask anew for every number."""
    _seen.clear()
