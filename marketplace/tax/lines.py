"""The lines that tax is reckoned on: what goes in, what comes out, and how much of a charge is taxable. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a line charges for; the rules are California's (CDTFA regulation 1628, publication 100)."""

    GOODS = "goods"
    SHIPPING = "shipping"  # by carrier, stated separately: not taxable up to its cost
    HANDLING = "handling"
    SHIPPING_AND_HANDLING = "shipping_and_handling"  # one amount for both: taxable beyond the carrier's cost
    PICKUP = "pickup"  # handing over at the maker's place


@dataclass(frozen=True)
class TaxableLine:
    """A charge in cents after the maker's own discount; one that the marketplace bears does not lower it.

    `carrier_cost` is what the carrier gets for a shipping charge; left out, the charge is not above it.
    `tax_code` is Stripe's word for the kind of goods; the table needs none, since California taxes clothing too.
    """

    reference: str
    amount: int
    kind: Kind = Kind.GOODS
    carrier_cost: int | None = None
    tax_code: str = ""


@dataclass(frozen=True)
class TaxedLine:
    """What is due on one line, and by which rate; `calculation` names Stripe's own reckoning where it made one."""

    reference: str
    taxable: int
    tax: int
    district: str
    place: str
    state: str
    ppm: int
    rate_id: int | None
    amount: int = 0
    calculation: str = ""


@dataclass(frozen=True)
class RefundedLine:
    """What goes back on one line, in positive cents; nothing taxable for a line that was not."""

    reference: str
    taxable: int
    tax: int


def taxable_cents(line: TaxableLine, *, taxes_shipping: bool = False) -> int:
    """How much of a line is taxable."""
    if line.amount < 0:
        raise ValueError(f"{line.reference}: a charge is not negative")
    if taxes_shipping or line.kind not in (Kind.SHIPPING, Kind.SHIPPING_AND_HANDLING):
        return line.amount
    if line.carrier_cost is None:
        return 0 if line.kind == Kind.SHIPPING else line.amount
    return max(0, line.amount - line.carrier_cost)
