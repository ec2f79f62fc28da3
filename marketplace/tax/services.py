"""What tax is due on lines, and the record of what was charged by which rate: the interface of this package."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.db.models import Sum

from makers.models import Maker

from .finding import rate_for
from .models import TaxRecord
from .rates import Destination, Rate, tax_on


class Kind(StrEnum):
    """What a line charges for; the rules are California's (CDTFA regulation 1628, publication 100)."""

    GOODS = "goods"
    SHIPPING = "shipping"  # by carrier, stated separately: not taxable up to its cost
    HANDLING = "handling"
    SHIPPING_AND_HANDLING = "shipping_and_handling"  # one amount for both: taxable beyond the carrier's cost
    PICKUP = "pickup"  # handing over at the maker's place


class OverRefunded(ValueError):
    """More would be given back on a line than was charged."""


@dataclass(frozen=True)
class TaxableLine:
    """A charge in cents after the maker's own discount; one that the marketplace bears does not lower it.

    `carrier_cost` is what the carrier gets for a shipping charge; left out, the charge is not above it.
    """

    reference: str
    amount: int
    kind: Kind = Kind.GOODS
    carrier_cost: int | None = None


@dataclass(frozen=True)
class TaxedLine:
    """What is due on one line, and by which rate."""

    reference: str
    taxable: int
    tax: int
    district: str
    place: str
    state: str
    ppm: int
    rate_id: int | None


@dataclass(frozen=True)
class RefundedLine:
    """What goes back on one line, in positive cents; nothing taxable for a line that was not."""

    reference: str
    taxable: int
    tax: int


def assess(*, lines: Sequence[TaxableLine], destination: Destination, day: date) -> list[TaxedLine]:
    """The tax on each line, reckoned per line and rounded half up. Raises TaxUnknown."""
    rate = rate_for(destination, day)
    return [_taxed(line, rate) for line in lines]


def _taxed(line: TaxableLine, rate: Rate) -> TaxedLine:
    taxable = taxable_cents(line, taxes_shipping=rate.taxes_shipping) if rate.rate_id else 0
    return TaxedLine(
        line.reference, taxable, tax_on(taxable, rate), rate.district, rate.place, rate.state, rate.ppm, rate.rate_id
    )


def taxable_cents(line: TaxableLine, *, taxes_shipping: bool = False) -> int:
    """How much of a line is taxable."""
    if line.amount < 0:
        raise ValueError(f"{line.reference}: a charge is not negative")
    if taxes_shipping or line.kind not in (Kind.SHIPPING, Kind.SHIPPING_AND_HANDLING):
        return line.amount
    if line.carrier_cost is None:
        return 0 if line.kind == Kind.SHIPPING else line.amount
    return max(0, line.amount - line.carrier_cost)


@transaction.atomic
def record(*, source: str, order_number: str, maker: Maker, rows: Sequence[TaxedLine], day: date) -> None:
    """Keep what was charged under the ledger entry `source`; what was kept before is not kept again.

    References must differ among all makers of one source.
    """
    known = set(TaxRecord.objects.filter(source=source).values_list("reference", flat=True))
    TaxRecord.objects.bulk_create(
        TaxRecord(
            source=source, reference=row.reference, order_number=order_number, maker=maker, state=row.state,
            district_code=row.district, place=row.place, rate_ppm=row.ppm, rate_id=row.rate_id,
            taxable_cents=row.taxable, tax_cents=row.tax, day=day,
        )
        for row in rows if row.reference not in known
    )  # fmt: skip


@transaction.atomic
def record_refund(*, source: str, charge: str, lines: Sequence[RefundedLine], day: date) -> None:
    """Keep what went back of the lines of the entry `charge`. Raises OverRefunded; nothing is kept then.

    A second call with the same `source` keeps nothing. `day` is the day of the refund: the report of that
    quarter carries it, by the rate that was charged.
    """
    if TaxRecord.objects.filter(source=source).exists():
        return
    references = [line.reference for line in lines]
    charged = TaxRecord.objects.select_for_update().filter(source=charge, reference__in=references).order_by("pk")
    by_reference = {row.reference: row for row in charged}
    for line in lines:
        original = by_reference[line.reference]
        _guard(original, line)
        _reverse(original, source=source, taxable=-line.taxable, tax=-line.tax, day=day)


def _guard(original: TaxRecord, line: RefundedLine) -> None:
    back = original.reversals.aggregate(taxable=Sum("taxable_cents"), tax=Sum("tax_cents"))
    taxable = original.taxable_cents + (back["taxable"] or 0) - line.taxable
    tax = original.tax_cents + (back["tax"] or 0) - line.tax
    if min(line.taxable, line.tax, taxable, tax) < 0:
        raise OverRefunded(f"{original}: {line.taxable} and {line.tax} more can't go back")


def _reverse(original: TaxRecord, *, source: str, taxable: int, tax: int, day: date) -> None:
    TaxRecord.objects.create(
        source=source, reference=original.reference, order_number=original.order_number, maker_id=original.maker_id,
        state=original.state, district_code=original.district_code, place=original.place,
        rate_ppm=original.rate_ppm, rate_id=original.rate_id, taxable_cents=taxable, tax_cents=tax, day=day,
        reverses=original,
    )  # fmt: skip


@transaction.atomic
def record_refund_undone(*, source: str, refund: str, day: date) -> None:
    """Keep that the refund of the entry `refund` came back: its lines count as charged again."""
    if TaxRecord.objects.filter(source=source).exists():
        return
    for row in TaxRecord.objects.filter(source=refund).select_related("reverses").order_by("pk"):
        if row.reverses is not None:
            _reverse(row.reverses, source=source, taxable=-row.taxable_cents, tax=-row.tax_cents, day=day)
