"""Which parcels a maker's pieces travel in, what each costs and by when it leaves. Pure, amounts in cents.

The promised day is the one on which the maker ships, or has the pieces ready for pickup (16 CFR 435.2: ship when
promised). Pieces of one profile and one day share a parcel. The carrier's part is stated apart and untaxed, handling
is taxed (Reg. 1628); a parcel that is free has neither.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .calendar import business_days_after
from .terms import Terms


@dataclass(frozen=True)
class Item:
    """So many pieces of one line: each weighs `weight_oz` and takes `making_days` business days to make."""

    line_id: int
    quantity: int
    weight_oz: int
    making_days: int
    terms: Terms


@dataclass(frozen=True)
class PlannedParcel:
    """Lines that leave together; `handling_cents` is the part of `cents` that is taxable."""

    number: int
    line_ids: tuple[int, ...]
    cents: int
    handling_cents: int
    promised_on: date


def parcels_for(items: Sequence[Item], *, goods_cents: int, today: date, pickup: bool = False) -> list[PlannedParcel]:
    """Parcels by day, numbered from 1. What is picked up costs nothing and goes by day alone."""
    groups: dict[tuple[date, int], list[Item]] = {}
    for item in items:
        day = business_days_after(today, item.terms.dispatch_days + item.making_days, item.terms.closed)
        groups.setdefault((day, 0 if pickup else item.terms.profile or 0), []).append(item)
    parcels = []
    for number, ((day, _profile), own) in enumerate(sorted(groups.items(), key=lambda group: group[0]), start=1):
        cents, handling = (0, 0) if pickup else cost_of(own, goods_cents)
        parcels.append(PlannedParcel(number, tuple(item.line_id for item in own), cents, handling, day))
    return parcels


def cost_of(items: Sequence[Item], goods_cents: int) -> tuple[int, int]:
    """What one parcel costs, and how much of that is handling; all pieces of the maker count for free shipping."""
    terms = items[0].terms
    if terms.free_above_cents is not None and goods_cents >= terms.free_above_cents:
        return 0, 0
    weight = sum(item.weight_oz * item.quantity for item in items)
    carried = by_weight(terms.steps, weight) if terms.steps else terms.cents
    return carried + terms.handling_cents, terms.handling_cents


def by_weight(steps: Sequence[tuple[int, int]], weight_oz: int) -> int:
    """The price of the first step that is heavy enough; beyond the last, full ones of it and the rest."""
    heaviest, most = steps[-1]
    full, rest = divmod(weight_oz, heaviest)
    if full and not rest:
        return full * most
    return full * most + next(cents for up_to, cents in steps if rest <= up_to)
