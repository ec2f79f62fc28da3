"""A maker ships its part of an order in one parcel or several, or hands it over at pickup."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.order import workflow
from catalog.order.models import DONE, MakerOrder, Order, Parcel, ParcelLine, TrackingChange
from makers import permissions
from marketplace.core import clock, outbox

from .counting import Count, counts_of
from .lateness import keep_promise_date
from .releasing import release_after_dispatch

TRACKING = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{4,58}[A-Za-z0-9]")
CORRECTABLE = timedelta(days=1)


@transaction.atomic
def ship(
    *, user, maker_order: MakerOrder, carrier: str, tracking_number: str, pieces: Mapping[int, int] | None = None
) -> Parcel:
    """Record a parcel with `pieces` (line id -> how many; without it, all that waits), and tell the shopper.

    The maker's share may leave some days after the last parcel did. Raises PermissionDenied, ValidationError,
    WrongMoment.
    """
    permissions.require(permissions.can_edit_maker(user, maker_order.maker))
    carrier, tracking_number = carrier.strip(), tracking_number.strip()
    if not maker_order.is_pickup:
        _check(carrier, tracking_number)
    order = Order.objects.select_for_update().get(pk=maker_order.order_id)
    part = MakerOrder.objects.select_for_update().get(pk=maker_order.pk)
    counts = counts_of(part)
    contents = _contents(counts, pieces)
    rest = sum(count.to_ship for count in counts) - sum(contents.values())
    part = workflow.perform(maker_order=part, action="ship_some" if rest else "ship", actor=user)
    parcel = Parcel.objects.create(
        maker_order=part, carrier=carrier, tracking_number=tracking_number, shipped_by=user, shipped_at=clock.now()
    )
    ParcelLine.objects.bulk_create(
        ParcelLine(parcel=parcel, line_id=line, quantity=quantity) for line, quantity in contents.items()
    )
    keep_promise_date(part, counts_of(part))
    if not rest:
        release_after_dispatch(part)
    if not order.maker_orders.exclude(status__in=DONE).exists():
        order.set_status("shipped")
    outbox.post(topic="orders.tell_shipped", key=f"parcel:{parcel.pk}", payload={"parcel": parcel.pk})
    return parcel


def may_correct(parcel: Parcel) -> bool:
    """Whether the label may still be said to be another one."""
    return bool(parcel.carrier) and clock.now() < parcel.shipped_at + CORRECTABLE


@transaction.atomic
def correct_tracking(*, user, parcel: Parcel, carrier: str, tracking_number: str) -> Parcel:
    """Another carrier or number for a parcel of the last day; what was said before is kept, the shopper is told.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(permissions.can_edit_maker(user, parcel.maker_order.maker))
    parcel = Parcel.objects.select_for_update(of=("self",)).get(pk=parcel.pk)
    if not may_correct(parcel):
        raise ValidationError(_("A tracking number can be corrected for a day. Write to the shopper instead."))
    carrier, tracking_number = carrier.strip(), tracking_number.strip()
    _check(carrier, tracking_number)
    if (carrier, tracking_number) == (parcel.carrier, parcel.tracking_number):
        return parcel
    change = TrackingChange.objects.create(
        parcel=parcel, carrier=parcel.carrier, tracking_number=parcel.tracking_number, changed_by=user,
        changed_at=clock.now(),
    )  # fmt: skip
    parcel.carrier, parcel.tracking_number = carrier, tracking_number
    parcel.save(update_fields=["carrier", "tracking_number"])
    outbox.post(topic="orders.tell_shipped", key=f"tracking:{change.pk}", payload={"parcel": parcel.pk})
    return parcel


def _contents(counts: Sequence[Count], pieces: Mapping[int, int] | None) -> dict[int, int]:
    """What goes into the parcel. Raises ValidationError where that is nothing, or more than waits."""
    waiting = {count.line.pk: count.to_ship for count in counts if count.to_ship}
    if pieces is None:
        return waiting
    chosen = {line: quantity for line, quantity in pieces.items() if quantity}
    if not chosen:
        raise ValidationError({"pieces": _("Choose what is in this parcel.")})
    if any(quantity < 0 or quantity > waiting.get(line, 0) for line, quantity in chosen.items()):
        raise ValidationError({"pieces": _("There are fewer pieces left to ship. Look at the numbers again.")})
    return chosen


def _check(carrier: str, tracking_number: str) -> None:
    errors = {}
    if not carrier:
        errors["carrier"] = _("Choose who carries the parcel.")
    if not TRACKING.fullmatch(tracking_number):
        errors["tracking_number"] = _("Enter the tracking number from the label: letters and digits, 6 or more.")
    if errors:
        raise ValidationError(errors)
