"""What tax is due on lines, and the record of what was charged by which rate: the interface of this package."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Sum

from makers.models import Maker

from . import committing, providers
from .lines import Kind, RefundedLine, TaxableLine, TaxedLine, taxable_cents
from .models import TaxRecord
from .rates import Destination, TaxUnknown

__all__ = [
    "Destination", "Kind", "OverRefunded", "RefundedLine", "TaxUnknown", "TaxableLine", "TaxedLine", "assess", "record",
    "record_refund", "record_refund_undone", "taxable_cents",
]  # fmt: skip


class OverRefunded(ValueError):
    """More would be given back on a line than was charged."""


def assess(*, lines: Sequence[TaxableLine], destination: Destination, day: date, ask: bool = True) -> list[TaxedLine]:
    """The tax on each line, reckoned per line and rounded half up. Raises TaxUnknown.

    With Stripe Tax the answer of the first call is remembered; `ask=False` takes what is remembered and never
    calls Stripe, for use inside a transaction.
    """
    if providers.provider_name() == providers.STRIPE:
        return providers.by_stripe(lines, destination, day, ask=ask)
    return providers.by_table(lines, destination, day)


@transaction.atomic
def record(*, source: str, order_number: str, rows: Sequence[tuple[Maker, TaxedLine]], day: date) -> None:
    """Keep what was charged under the ledger entry `source`; what was kept before is not kept again.

    References must differ among all makers of one source.
    """
    known = set(TaxRecord.objects.filter(source=source).values_list("reference", flat=True))
    fresh = [(maker, row) for maker, row in rows if row.reference not in known]
    TaxRecord.objects.bulk_create(
        TaxRecord(
            source=source, reference=row.reference, order_number=order_number, maker=maker, state=row.state,
            district_code=row.district, place=row.place, rate_ppm=row.ppm, rate_id=row.rate_id,
            taxable_cents=row.taxable, tax_cents=row.tax, day=day,
        )
        for maker, row in fresh
    )  # fmt: skip
    committing.queue_commits(source=source, order_number=order_number, rows=[row for _maker, row in fresh])


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
    committing.queue_reversals(source=source, charge=charge, lines=lines)


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
    committing.note_undone(refund=refund)
