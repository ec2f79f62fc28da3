"""Who reckons the tax: our own table of published rates, or Stripe Tax; both behind `services.assess`."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from marketplace.core.money import allocate
from marketplace.payments import gateway

from . import table
from .finding import find
from .lines import Kind, TaxableLine, TaxedLine, taxable_cents
from .rates import Destination, Rate, TaxUnknown, tax_on

TABLE, STRIPE = "table", "stripe"
# Stripe's code for goods that no narrower one fits: taxed wherever goods are.
GOODS_CODE = "txcd_99999999"
REMEMBERED_SECONDS = 3 * 3600


def provider_name() -> str:
    """The configured provider. Raises ImproperlyConfigured for anything else than the two."""
    name = settings.TAX_PROVIDER
    if name not in (TABLE, STRIPE):
        raise ImproperlyConfigured(f"TAX_PROVIDER is {name!r}, expected table or stripe")
    return name


def by_table(lines: Sequence[TaxableLine], destination: Destination, day: date) -> list[TaxedLine]:
    """The tax by our own table. Raises TaxUnknown."""
    rate = find(table.current(), destination, day)
    return [_taxed(line, rate) for line in lines]


def _taxed(line: TaxableLine, rate: Rate) -> TaxedLine:
    taxable = taxable_cents(line, taxes_shipping=rate.taxes_shipping)
    if rate.rate_id is None:
        taxable = 0
    return TaxedLine(
        line.reference, taxable, tax_on(taxable, rate), rate.district, rate.place, rate.state, rate.ppm, rate.rate_id,
        amount=line.amount,
    )  # fmt: skip


def by_stripe(lines: Sequence[TaxableLine], destination: Destination, day: date, *, ask: bool) -> list[TaxedLine]:
    """The tax by Stripe Tax, asked once for the same lines and address. Raises TaxUnknown.

    The lines' references name the basket's lines, so that no two orders share one of Stripe's calculations.
    """
    if table.current().duty(destination.state, day) is None:
        return [_taxed(line, Rate("", 0, state=destination.state)) for line in lines]
    key = _key(lines, destination, day)
    rows = cache.get(key)
    if rows is None:
        if not ask:
            raise TaxUnknown("Stripe was not asked for these lines yet")
        rows = [asdict(row) for row in _ask(lines, destination)]
        cache.set(key, rows, REMEMBERED_SECONDS)
    return [TaxedLine(**row) for row in rows]


def _key(lines: Sequence[TaxableLine], destination: Destination, day: date) -> str:
    facts = [asdict(destination), day.isoformat(), [asdict(line) for line in lines]]
    return f"tax-{hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()}"


def _ask(lines: Sequence[TaxableLine], destination: Destination) -> list[TaxedLine]:
    shipping = [line for line in lines if line.kind == Kind.SHIPPING]
    goods = [line for line in lines if line.kind != Kind.SHIPPING and line.amount]
    address = {
        "line1": destination.line1, "city": destination.city, "state": destination.state,
        "postal_code": destination.zip_code,
    }  # fmt: skip
    try:
        answer = gateway.calculate_tax(
            address=address,
            lines=[gateway.TaxLine(line.reference, line.amount, line.tax_code or GOODS_CODE) for line in goods],
            shipping=sum(line.amount for line in shipping),
        )
    except gateway.GatewayError as error:
        raise TaxUnknown(f"Stripe Tax: {error}") from error
    found = {line.reference: line for line in answer.lines}
    if set(found) != {line.reference for line in goods} or sum(row.tax for row in answer.lines) > answer.tax:
        raise TaxUnknown(f"Stripe Tax answered for other lines: {answer.id}")
    on_shipping = _spread(answer.shipping_tax, shipping)
    return [_answered(line, found, on_shipping, destination.state, answer.id) for line in lines]


def _spread(tax: int, lines: Sequence[TaxableLine]) -> dict[str, int]:
    """Stripe's one tax on all shipping, split by what each line charges."""
    weights = [line.amount for line in lines]
    shares = allocate(tax, weights) if sum(weights) else [0] * len(weights)
    return {line.reference: share for line, share in zip(lines, shares, strict=True)}


def _answered(
    line: TaxableLine, found: Mapping[str, gateway.TaxedLine], on_shipping: Mapping[str, int], state: str, answer: str
) -> TaxedLine:
    if line.reference not in found:
        tax = on_shipping.get(line.reference, 0)
        some = next(iter(found.values()), None)
        place, ppm = (some.jurisdiction, some.rate_ppm) if some else ("", 0)
    else:
        row = found[line.reference]
        tax, place, ppm = row.tax, row.jurisdiction, row.rate_ppm
    taxable = line.amount if tax else 0
    return TaxedLine(
        line.reference, taxable, tax, f"{state}/{place}"[:130], place[:120], state, ppm if tax else 0, None,
        amount=line.amount, calculation=answer,
    )  # fmt: skip
