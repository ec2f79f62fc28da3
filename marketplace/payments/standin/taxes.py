"""Stripe Tax in small: sales tax of California by a table that stands in for Stripe's, none elsewhere. In cents.

The rates are round figures for tests and the demo, not the law: the state's 7.25 % everywhere in California,
and 2.5 % of districts more in the ZIP codes of Los Angeles County.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .call import Call, check_currency, find, page
from .errors import ApiError, bad_param, missing_param
from .params import choice, integer, mapping, metadata, read, text
from .store import Obj, new_id

DAYS_90 = 90 * 86_400
STATE_RATE, DISTRICT_RATE = Decimal("7.25"), Decimal("2.5")
LOS_ANGELES_ZIPS = [(90001, 90899), (91001, 91899), (93510, 93599)]
SHIPPING = "txcd_92010001"
UNTAXED = (SHIPPING, "txcd_00000000")
CALCULATION = {
    "currency": text, "customer_details": mapping, "customer": text, "line_items": lambda name, value: value,
    "shipping_cost": mapping, "ship_from_details": mapping, "tax_date": integer,
}  # fmt: skip
LINE = {
    "amount": integer, "reference": text, "tax_code": text, "quantity": integer, "product": text,
    "tax_behavior": choice("exclusive", "inclusive"), "metadata": metadata,
}  # fmt: skip
REVERSAL = {
    "mode": choice("full", "partial"), "original_transaction": text, "reference": text, "flat_amount": integer,
    "metadata": metadata, "line_items": lambda name, value: value, "shipping_cost": mapping,
}  # fmt: skip


def rates_of(address: dict[str, Any]) -> list[tuple[str, str, Decimal]]:
    """What is taken at an address, as (level, name, percent)."""
    if address.get("state") != "CA":
        return []
    found = [("state", "California", STATE_RATE)]
    zip_code = str(address.get("postal_code") or "")[:5]
    if zip_code.isdecimal() and any(low <= int(zip_code) <= high for low, high in LOS_ANGELES_ZIPS):
        found.append(("district", "Los Angeles County districts", DISTRICT_RATE))
    return found


def share(amount: int, percent: Decimal) -> int:
    """Percent of cents, half a cent rounds up."""
    return int((amount * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def create(call: Call) -> Obj:
    """POST /v1/tax/calculations."""
    sent = read(call.params, CALCULATION, required=("currency", "line_items"))
    check_currency(sent["currency"])
    address = _address(sent.get("customer_details") or {})
    rates = rates_of(address)
    raw_lines = sent["line_items"]
    if not isinstance(raw_lines, list) or not raw_lines:
        raise bad_param("Invalid array", "line_items")
    calculation_id = new_id("taxcalc")
    lines = [_line(call, raw, number, rates, calculation_id) for number, raw in enumerate(raw_lines)]
    if len({line["reference"] for line in lines}) < len(lines):
        raise bad_param("Each line item needs a reference of its own.", "line_items")
    shipping = _shipping(sent.get("shipping_cost"), rates)
    tax = sum(line["amount_tax"] for line in lines)
    for line in lines:
        call.store.put(line)
    calculation: Obj = {
        "id": calculation_id,
        "object": "tax.calculation",
        "amount_total": sum(line["amount"] for line in lines) + tax + (shipping["amount"] if shipping else 0),
        "currency": "usd",
        "customer": sent.get("customer"),
        "customer_details": {
            "address": address, "address_source": sent["customer_details"].get("address_source", "shipping"),
            "ip_address": None, "tax_ids": [], "taxability_override": "none",
        },
        "expires_at": call.now + DAYS_90,
        "livemode": False,
        "ship_from_details": None,
        "shipping_cost": shipping,
        "tax_amount_exclusive": tax,
        "tax_amount_inclusive": 0,
        "tax_breakdown": _summary(lines, rates),
        "tax_date": sent.get("tax_date", call.now),
    }  # fmt: skip
    return call.store.put(calculation)


def _address(details: dict[str, Any]) -> dict[str, Any]:
    raw = details.get("address")
    if not isinstance(raw, dict) or not raw.get("country"):
        raise missing_param("customer_details[address][country]")
    if raw["country"] != "US":
        raise bad_param("The stand-in taxes deliveries within the United States only.", "customer_details[address]")
    if not raw.get("postal_code") or not raw.get("state"):
        raise ApiError(
            "The customer's location is not recognized: send at least state and postal_code.",
            code="customer_tax_location_invalid", param="customer_details[address]",
        )  # fmt: skip
    return {name: raw.get(name) or None for name in ("city", "country", "line1", "line2", "postal_code", "state")}


def _line(call: Call, raw: Any, number: int, rates: list[tuple[str, str, Decimal]], calculation_id: str) -> Obj:
    if not isinstance(raw, dict):
        raise bad_param("Invalid object", f"line_items[{number}]")
    sent = read(raw, LINE, required=("amount",))
    code = sent.get("tax_code") or "txcd_99999999"
    taken = [] if code in UNTAXED else rates
    breakdown = _breakdown(sent["amount"], taken)
    return {
        "id": new_id("tax_li"), "object": "tax.calculation_line_item", "amount": sent["amount"],
        "amount_tax": sum(part["amount"] for part in breakdown), "livemode": False,
        "metadata": sent.get("metadata") or {}, "product": sent.get("product"), "quantity": sent.get("quantity", 1),
        "reference": sent.get("reference") or f"L{number + 1}", "tax_behavior": sent.get("tax_behavior", "exclusive"),
        "tax_code": code, "_tax_breakdown": breakdown, "_parent": calculation_id,
    }  # fmt: skip


def _breakdown(amount: int, rates: list[tuple[str, str, Decimal]]) -> list[Obj]:
    """One part per jurisdiction; together they are the tax of the whole rate, rounded once."""
    whole = share(amount, sum((rate for _, _, rate in rates), Decimal(0)))
    parts: list[Obj] = []
    for level, name, rate in rates:
        last = len(parts) == len(rates) - 1
        tax = whole - sum(part["amount"] for part in parts) if last else share(amount, rate)
        parts.append(
            {
                "amount": tax,
                "jurisdiction": {"country": "US", "display_name": name, "level": level, "state": "CA"},
                "sourcing": "destination",
                "tax_rate_details": {
                    "display_name": "Sales Tax", "percentage_decimal": str(rate), "tax_type": "sales_tax",
                },
                "taxability_reason": "standard_rated",
                "taxable_amount": amount,
            }
        )  # fmt: skip
    return parts


def _shipping(raw: dict[str, Any] | None, rates: list[tuple[str, str, Decimal]]) -> Obj | None:
    """Separately stated carrier shipping is not taxed in California."""
    if not raw:
        return None
    sent = read(raw, {"amount": integer, "tax_code": text, "tax_behavior": choice("exclusive", "inclusive")})
    if "amount" not in sent:
        raise missing_param("shipping_cost[amount]")
    return {
        "amount": sent["amount"], "amount_tax": 0, "tax_behavior": sent.get("tax_behavior", "exclusive"),
        "tax_code": sent.get("tax_code") or SHIPPING,
    }  # fmt: skip


def _summary(lines: list[Obj], rates: list[tuple[str, str, Decimal]]) -> list[Obj]:
    taxed = [line for line in lines if line["_tax_breakdown"]]
    shown = rates if taxed else []
    return [
        {
            "amount": sum(line["_tax_breakdown"][place]["amount"] for line in taxed),
            "inclusive": False,
            "tax_rate_details": {
                "country": "US", "flat_amount": None, "percentage_decimal": str(rate), "rate_type": "percentage",
                "state": "CA", "tax_type": "sales_tax",
            },
            "taxability_reason": "standard_rated",
            "taxable_amount": sum(line["amount"] for line in taxed),
        }
        for place, (_, _, rate) in enumerate(shown)
    ]  # fmt: skip


def get(call: Call, id: str) -> Obj:
    """GET /v1/tax/calculations/<id>."""
    return find(call, "tax.calculation", id)


def list_lines(call: Call, id: str) -> Obj:
    """GET /v1/tax/calculations/<id>/line_items, in the order in which they were sent."""
    find(call, "tax.calculation", id)
    return page(
        call, "tax.calculation_line_item", f"/v1/tax/calculations/{id}/line_items", oldest_first=True, _parent=id
    )


def commit(call: Call) -> Obj:
    """POST /v1/tax/transactions/create_from_calculation."""
    fields = {"calculation": text, "reference": text, "metadata": metadata, "posted_at": integer}
    sent = read(call.params, fields, required=("calculation", "reference"))
    calculation = find(call, "tax.calculation", sent["calculation"], param="calculation", status=400)
    if calculation["expires_at"] <= call.now:
        raise ApiError("The calculation has expired.", code="tax_calculation_expired", param="calculation")
    lines = call.store.select("tax.calculation_line_item", where={"_parent": calculation["id"]})
    details = {name: calculation[name] for name in ("customer", "customer_details", "tax_date")}
    return _book(call, sent, "transaction", details, lines, calculation["shipping_cost"], None)


def _book(
    call: Call, sent: Obj, type: str, details: Obj, lines: list[Obj], shipping: Obj | None, original: str | None
) -> Obj:
    if call.store.select("tax.transaction", where={"reference": sent["reference"]}):
        raise bad_param("A tax transaction with this reference exists already.", "reference")
    transaction: Obj = {
        "id": new_id("tax"), "object": "tax.transaction", "created": call.now, "currency": "usd", **details,
        "livemode": False, "metadata": sent.get("metadata") or {}, "posted_at": sent.get("posted_at", call.now),
        "reference": sent["reference"],
        "reversal": {"original_transaction": original} if original else None,
        "ship_from_details": None, "shipping_cost": shipping, "type": type,
    }  # fmt: skip
    call.store.put(transaction)
    names = ("amount", "amount_tax", "metadata", "product", "quantity", "reference", "tax_behavior", "tax_code")
    for line in lines:
        call.store.put(
            {
                "id": new_id("tax_li"), "object": "tax.transaction_line_item", "livemode": False, "type": type,
                **{name: line[name] for name in names}, "_parent": transaction["id"],
                "reversal": {"original_line_item": line["id"]} if original else None,
            }
        )  # fmt: skip
    return transaction


def reverse(call: Call) -> Obj:
    """POST /v1/tax/transactions/create_reversal: all of it, or `flat_amount` (negative, tax included) of it."""
    sent = read(call.params, REVERSAL, required=("mode", "original_transaction", "reference"))
    original = find(call, "tax.transaction", sent["original_transaction"], param="original_transaction", status=400)
    if original["type"] != "transaction":
        raise bad_param("Reversals can't be reversed.", "original_transaction")
    if "line_items" in sent or sent.get("shipping_cost"):
        raise bad_param("The stand-in reverses all or a flat amount.", "line_items")
    whole = _total(call, original)
    already = -sum(_total(call, item) for item in _reversals(call, original["id"]))
    wanted = whole - already if sent["mode"] == "full" else -sent.get("flat_amount", 0)
    if sent["mode"] == "full" and already:
        raise bad_param("A part of this transaction was reversed already; reverse the rest by amount.", "mode")
    if not 0 < wanted <= whole - already:
        raise bad_param("The flat amount must be negative and within what is left of the transaction.", "flat_amount")
    lines = _portion(call, original, already, wanted, whole)
    details = {name: original[name] for name in ("customer", "customer_details", "tax_date")}
    return _book(call, sent, "reversal", details, lines, None, original["id"])


def _reversals(call: Call, original: str) -> list[Obj]:
    found = call.store.select("tax.transaction", where={"type": "reversal"})
    return [item for item in found if item["reversal"]["original_transaction"] == original]


def _lines_of(call: Call, transaction: Obj) -> list[Obj]:
    return call.store.select("tax.transaction_line_item", where={"_parent": transaction["id"]})


def _total(call: Call, transaction: Obj) -> int:
    shipping = transaction["shipping_cost"]
    lines = sum(line["amount"] + line["amount_tax"] for line in _lines_of(call, transaction))
    return int(lines + (shipping["amount"] + shipping["amount_tax"] if shipping else 0))


def _portion(call: Call, original: Obj, already: int, wanted: int, whole: int) -> list[Obj]:
    """Each line's part of what is reversed, cumulatively rounded, so that all parts together are the whole."""
    lines = _lines_of(call, original)
    parts = []
    left = wanted
    for place, line in enumerate(lines):
        tax = line["amount_tax"] * (already + wanted) // whole - line["amount_tax"] * already // whole
        amount = line["amount"] * (already + wanted) // whole - line["amount"] * already // whole
        if place == len(lines) - 1:
            amount = left - tax
        left -= amount + tax
        parts.append({**line, "amount": -amount, "amount_tax": -tax})
    return parts


def get_transaction(call: Call, id: str) -> Obj:
    """GET /v1/tax/transactions/<id>."""
    return find(call, "tax.transaction", id)


def list_transaction_lines(call: Call, id: str) -> Obj:
    """GET /v1/tax/transactions/<id>/line_items."""
    find(call, "tax.transaction", id)
    return page(
        call, "tax.transaction_line_item", f"/v1/tax/transactions/{id}/line_items", oldest_first=True, _parent=id
    )
