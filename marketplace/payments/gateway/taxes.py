"""Stripe Tax: reckoned before paying, committed after, reversed on refunds. Amounts in cents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .connection import cents, client, told

SHIPPING_CODE = "txcd_92010001"
PARTS = ("line1", "city", "state", "postal_code")


@dataclass(frozen=True)
class TaxLine:
    """What is taxed: `amount` cents without tax, under one of Stripe's tax codes (clothing: txcd_20030000)."""

    reference: str
    amount: int
    tax_code: str


@dataclass(frozen=True)
class TaxedLine:
    """The tax on a line, in cents, who takes it, and the rate of all of them together as a text such as `975`."""

    reference: str
    amount: int
    tax: int
    jurisdiction: str
    rate_ten_thousandths: str
    state: str = ""

    @property
    def rate_ppm(self) -> int:
        """The rate in parts per million."""
        return int(Decimal(self.rate_ten_thousandths) * 100)


@dataclass(frozen=True)
class TaxAnswer:
    """A calculation. `tax` is all of it, `shipping_tax` included; Stripe keeps it for 90 days."""

    id: str
    tax: int
    shipping_tax: int
    lines: list[TaxedLine]


def calculate_tax(*, address: Mapping[str, str], lines: Sequence[TaxLine], shipping: int) -> TaxAnswer:
    """Reckon the tax of a delivery to an address in the United States. Raises GatewayError, Unreachable.

    `address` has line1, city, state and postal_code; `shipping` are the cents of separately stated carrier shipping.
    """
    where = {name: address[name] for name in PARTS if address.get(name)}
    params: Any = {
        "currency": "usd",
        "customer_details": {"address": {**where, "country": "US"}, "address_source": "shipping"},
        "line_items": [
            {
                "amount": cents(line.amount), "reference": line.reference, "tax_code": line.tax_code,
                "tax_behavior": "exclusive",
            }
            for line in lines
        ],
        "expand": ["line_items.data.tax_breakdown"],
    }  # fmt: skip
    if shipping:
        params["shipping_cost"] = {
            "amount": cents(shipping), "tax_code": SHIPPING_CODE, "tax_behavior": "exclusive",
        }  # fmt: skip
    with told():
        raw: Any = client().v1.tax.calculations.create(params)
        items = list(raw.line_items.data)
        if raw.line_items.has_more:
            items = _all_lines(raw.id)
    return TaxAnswer(
        id=raw.id,
        tax=raw.tax_amount_exclusive,
        shipping_tax=raw.shipping_cost.amount_tax if raw.shipping_cost else 0,
        lines=[_taxed(item) for item in items],
    )


def _all_lines(calculation_id: str) -> list[Any]:
    params: Any = {"limit": 100, "expand": ["data.tax_breakdown"]}
    return list(client().v1.tax.calculations.line_items.list(calculation_id, params).auto_paging_iter())


def _taxed(raw: Any) -> TaxedLine:
    taken = [part for part in raw.tax_breakdown or [] if part.tax_rate_details]
    rate = sum((Decimal(part.tax_rate_details.percentage_decimal) for part in taken), Decimal(0)) * 100
    return TaxedLine(
        reference=raw.reference,
        amount=raw.amount,
        tax=raw.amount_tax,
        jurisdiction=", ".join(dict.fromkeys(part.jurisdiction.display_name for part in taken)),
        rate_ten_thousandths=_plain(rate),
        state=next((part.jurisdiction.state for part in taken if part.jurisdiction.state), ""),
    )


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def commit_tax(*, calculation_id: str, reference: str, idempotency_key: str) -> str:
    """Book the tax of a paid order with Stripe Tax; the transaction's id. `reference` is unique for all time."""
    params: Any = {"calculation": calculation_id, "reference": reference}
    with told():
        made = client().v1.tax.transactions.create_from_calculation(params, {"idempotency_key": idempotency_key})
    return made.id


def reverse_tax(*, transaction_id: str, reference: str, amount: int | None, idempotency_key: str) -> str:
    """Reverse a booked tax transaction: all of it (None), or `amount` cents, tax included; the reversal's id."""
    params: Any = {"original_transaction": transaction_id, "reference": reference, "mode": "full"}
    if amount is not None:
        params.update(mode="partial", flat_amount=-cents(amount))
    with told():
        made = client().v1.tax.transactions.create_reversal(params, {"idempotency_key": idempotency_key})
    return made.id
