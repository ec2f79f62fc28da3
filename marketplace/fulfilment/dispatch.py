"""A maker ships its part of an order, or hands it over at pickup."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.order import workflow
from catalog.order.models import MakerOrder, Order, Parcel, PartStatus
from makers import permissions
from marketplace.core import clock, outbox

TRACKING = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{4,58}[A-Za-z0-9]")
DONE = (PartStatus.SHIPPED, PartStatus.REFUNDED)


@transaction.atomic
def ship(*, user, maker_order: MakerOrder, carrier: str, tracking_number: str) -> Parcel:
    """Record the parcel, tell the shopper. Raises PermissionDenied, ValidationError, WrongMoment."""
    permissions.require(permissions.can_edit_maker(user, maker_order.maker))
    carrier, tracking_number = carrier.strip(), tracking_number.strip()
    if not maker_order.is_pickup:
        _check(carrier, tracking_number)
    order = Order.objects.select_for_update().get(pk=maker_order.order_id)
    part = workflow.perform(maker_order=maker_order, action="ship", actor=user)
    parcel = Parcel.objects.create(
        maker_order=part, carrier=carrier, tracking_number=tracking_number, shipped_by=user, shipped_at=clock.now()
    )
    if not order.maker_orders.exclude(status__in=DONE).exists():
        order.set_status("shipped")
    outbox.post(topic="orders.tell_shipped", key=f"parcel:{parcel.pk}", payload={"parcel": parcel.pk})
    return parcel


def _check(carrier: str, tracking_number: str) -> None:
    errors = {}
    if not carrier:
        errors["carrier"] = _("Choose who carries the parcel.")
    if not TRACKING.fullmatch(tracking_number):
        errors["tracking_number"] = _("Enter the tracking number from the label: letters and digits, 6 or more.")
    if errors:
        raise ValidationError(errors)
