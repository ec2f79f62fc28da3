"""How a maker's pieces reach the shopper, at what cost and by when. Pure functions, amounts in cents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .planning import Item, PlannedParcel, parcels_for

PARCEL, PICKUP = "parcel", "pickup"


@dataclass(frozen=True)
class Option:
    """One way of delivery that a maker offers, with the parcels that it means."""

    code: str
    label: Promise
    parcels: tuple[PlannedParcel, ...]

    @property
    def cents(self) -> int:
        return sum(parcel.cents for parcel in self.parcels)

    @property
    def handling_cents(self) -> int:
        """The part of `cents` that is taxable."""
        return sum(parcel.handling_cents for parcel in self.parcels)

    @property
    def promised_on(self) -> date:
        """The first day that is promised."""
        return min(parcel.promised_on for parcel in self.parcels)

    @property
    def is_pickup(self) -> bool:
        return self.code == PICKUP


def options_for(items: Sequence[Item], *, pickup: bool, goods_cents: int, today: date) -> list[Option]:
    """What is offered for these pieces of one maker; the first is chosen unless the shopper says otherwise."""
    options = [Option(PARCEL, _("Ship it"), tuple(parcels_for(items, goods_cents=goods_cents, today=today)))]
    if pickup:
        ready = parcels_for(items, goods_cents=goods_cents, today=today, pickup=True)
        options.append(Option(PICKUP, _("Pick up in Los Angeles"), tuple(ready)))
    return options


def chosen(options: list[Option], code: str | None) -> Option:
    """The option of this code, or the first where the maker offers no such thing (any more)."""
    by_code: Mapping[str, Option] = {option.code: option for option in options}
    return by_code.get(code or "", options[0])
