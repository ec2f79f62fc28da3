"""Which tax was collected of an order and returned, row by row beside the ledger's entries."""

from collections.abc import Sequence
from dataclasses import replace

from catalog.order.models import MakerOrder, Order
from marketplace.core import clock
from marketplace.payments.models import Refund
from marketplace.tax import services
from marketplace.tax.services import RefundedLine, TaxedLine


def record_sale(*, source: str, order: Order, parts: Sequence[MakerOrder]) -> None:
    """The rows of a paid order; call it in the transaction that books the charge under `source`."""
    rows = []
    for part in parts:
        own = [replace(TaxedLine(**line.taxed), reference=_name(line)) for line in part.lines.all() if line.taxed]
        own += [TaxedLine(**row) for row in part.shipping_taxed]
        rows += [(part.maker, row) for row in own]
    services.record(source=source, order_number=order.number, rows=rows, day=clock.today())


def record_refund(refund: Refund, *, charge: str) -> None:
    """The rows that a refund takes back of the entry `charge`."""
    part = refund.maker_order
    rows = [
        RefundedLine(_name(row.line), row.taxable_cents if row.line.taxed["taxable"] else 0, row.tax_cents)
        for row in refund.lines.select_related("line").order_by("pk")
        if row.line.taxed
    ]
    if refund.shipping_cents:
        rows += [RefundedLine(row["reference"], row["taxable"], row["tax"]) for row in part.shipping_taxed]
    services.record_refund(source=refund.source, charge=charge, lines=_merged(rows), day=clock.today())


def record_failure(refund: Refund, *, source: str) -> None:
    """The bank sent a refund back: its rows count again."""
    services.record_refund_undone(source=source, refund=refund.source, day=clock.today())


def _merged(rows: Sequence[RefundedLine]) -> list[RefundedLine]:
    """One row per line: a refund may hold canceled and returned pieces of the same one."""
    sums: dict[str, RefundedLine] = {}
    for row in rows:
        have = sums.get(row.reference, RefundedLine(row.reference, 0, 0))
        sums[row.reference] = RefundedLine(row.reference, have.taxable + row.taxable, have.tax + row.tax)
    return list(sums.values())


def _name(line) -> str:
    return f"line:{line.pk}"
