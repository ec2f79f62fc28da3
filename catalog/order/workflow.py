"""How a maker's part of an order moves: one table, one writer."""

from django.db import transaction

from .models import MakerOrder, Order, PartStatus, PartStatusChange

TRANSITIONS = {
    (PartStatus.PENDING, "pay"): PartStatus.TO_SHIP,
    (PartStatus.PENDING, "expire"): PartStatus.EXPIRED,
    (PartStatus.PENDING, "refund"): PartStatus.REFUNDED,
    (PartStatus.EXPIRED, "refund"): PartStatus.REFUNDED,
    (PartStatus.TO_SHIP, "ship_some"): PartStatus.PART_SHIPPED,
    (PartStatus.TO_SHIP, "ship"): PartStatus.SHIPPED,
    (PartStatus.PART_SHIPPED, "ship_some"): PartStatus.PART_SHIPPED,
    (PartStatus.PART_SHIPPED, "ship"): PartStatus.SHIPPED,
    (PartStatus.PART_SHIPPED, "cancel_rest"): PartStatus.SHIPPED,
    (PartStatus.TO_SHIP, "refund"): PartStatus.REFUNDED,
    (PartStatus.PART_SHIPPED, "refund"): PartStatus.REFUNDED,
    (PartStatus.SHIPPED, "refund"): PartStatus.REFUNDED,
}


class WrongMoment(Exception):
    """The part is in a status from which this action leads nowhere."""


def perform(*, maker_order: MakerOrder, action: str, actor=None) -> MakerOrder:
    """Move the part along; locks it first. Raises WrongMoment."""
    with transaction.atomic():
        part = MakerOrder.objects.select_for_update().get(pk=maker_order.pk)
        to = TRANSITIONS.get((PartStatus(part.status), action))
        if to is None:
            raise WrongMoment(f"a part that is {part.status} can't {action}")
        PartStatusChange.objects.create(maker_order=part, from_status=part.status, to_status=to, actor=actor)
        part.status = to
        part.save(update_fields=["status"])
    return part


def perform_all(*, order: Order, action: str, actor=None) -> list[MakerOrder]:
    """Move all parts of an order, with their makers and lines; locks them in the order of their ids.

    Raises WrongMoment; then none was moved.
    """
    with transaction.atomic():
        parts = list(
            MakerOrder.objects.select_for_update(of=("self",)).filter(order=order).select_related("maker")
            .prefetch_related("lines").order_by("pk")
        )  # fmt: skip
        moves = [(part, TRANSITIONS.get((PartStatus(part.status), action))) for part in parts]
        changes = []
        for part, to in moves:
            if to is None:
                raise WrongMoment(f"a part that is {part.status} can't {action}")
            changes.append(PartStatusChange(maker_order=part, from_status=part.status, to_status=to, actor=actor))
            part.status = to
        PartStatusChange.objects.bulk_create(changes)
        for to in {part.status for part in parts}:
            MakerOrder.objects.filter(pk__in=[part.pk for part in parts if part.status == to]).update(status=to)
    return parts
