"""How a maker's pieces reach the shopper, at what cost and by when. Pure functions, amounts in cents.

The promised day is the one on which the maker ships, or has the pieces ready for pickup (16 CFR 435:
ship when promised). Shipping is charged flat per maker and stated separately, so that it stays untaxed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import to_cents

from .calendar import business_days_after

PARCEL, PICKUP = "parcel", "pickup"


@dataclass(frozen=True)
class Option:
    """One way of delivery that a maker offers; `handling_cents` is the part of `cents` that is taxable."""

    code: str
    label: Promise
    cents: int
    promised_on: date
    handling_cents: int = 0

    @property
    def is_pickup(self) -> bool:
        return self.code == PICKUP


def options_for(maker, *, goods_cents: int, today: date) -> list[Option]:
    """What `maker` offers for goods of this worth; the first one is chosen unless the shopper says otherwise."""
    promised_on = business_days_after(today, maker.dispatch_days)
    options = [Option(PARCEL, _("Parcel"), _parcel_cents(maker, goods_cents), promised_on)]
    if maker.offers_pickup:
        options.append(Option(PICKUP, _("Pick up in Los Angeles"), 0, promised_on))
    return options


def _parcel_cents(maker, goods_cents: int) -> int:
    free_above = maker.free_shipping_above
    if free_above is not None and goods_cents >= to_cents(free_above):
        return 0
    return to_cents(maker.shipping_flat)


def chosen(options: list[Option], code: str | None) -> Option:
    """The option of this code, or the first where the maker offers no such thing (any more)."""
    by_code: Mapping[str, Option] = {option.code: option for option in options}
    return by_code.get(code or "", options[0])
