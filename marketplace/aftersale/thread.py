"""Words between shopper and maker on one part of an order; neither learns the other's e-mail address.

Staff read them once one of the two asks the staff for a decision, reports a message, or a bank disputes the payment.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from catalog.order.models import MakerOrder, Order
from makers import permissions
from makers.models import Maker
from marketplace.core import clock, outbox

from .access import Access
from .models import Message
from .saying import said
from .words import Side

MOST_AN_HOUR = 20


def write_as_shopper(*, access: Access, part: MakerOrder, text: str) -> Message:
    """Raises PermissionDenied, ValidationError."""
    access.require_part(part)
    return _write(part, Side.SHOPPER, access.user, text)


def write_as_maker(*, user, part: MakerOrder, text: str) -> Message:
    """Raises PermissionDenied, ValidationError."""
    permissions.require(permissions.can_edit_maker(user, part.maker))
    return _write(part, Side.MAKER, user, text)


@transaction.atomic
def _write(part: MakerOrder, side: Side, author, text: str) -> Message:
    text, now = said(text, "text", _("Write your message.")), clock.now()
    MakerOrder.objects.select_for_update().get(pk=part.pk)
    if Message.objects.filter(part=part, side=side, at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise ValidationError({"text": _("You wrote many messages within an hour. Wait a little, then write again.")})
    message = Message.objects.create(part=part, side=side, author=author, text=text, at=now)
    outbox.post(topic="aftersale.tell_message", key=f"message:{message.pk}", payload={"message": message.pk})
    return message


@transaction.atomic
def report_message(*, message: Message, side: Side) -> None:
    """One side asks the staff to look at what the other wrote; a second report changes nothing.

    The caller has checked that whoever asks is of that side.
    """
    if message.side == side or not Message.objects.filter(pk=message.pk, reported_at=None).update(
        reported_at=clock.now(), reported_by=side
    ):
        return
    outbox.post(topic="aftersale.tell_report", key=f"message:{message.pk}:reported", payload={"message": message.pk})


def unanswered(maker: Maker) -> QuerySet[MakerOrder]:
    """The maker's parts whose last word is the shopper's, the longest waiting first; `asked_at` is when."""
    last = Message.objects.filter(part=OuterRef("pk")).exclude(side=Side.STAFF).order_by("-at", "-pk")
    rows = MakerOrder.objects.filter(maker=maker).select_related("order")
    rows = rows.annotate(last_side=Subquery(last.values("side")[:1]), asked_at=Subquery(last.values("at")[:1]))
    return rows.filter(last_side=Side.SHOPPER).order_by("asked_at", "pk")


def words_of(order: Order) -> str:
    """All that was written about an order, for a bank that asks."""
    rows = Message.objects.filter(part__order=order).select_related("part__maker")
    return "\n".join(
        f"{row.at.astimezone(clock.LOS_ANGELES):%Y-%m-%d %H:%M} {_writer(row)}: {row.text}" for row in rows
    )


def _writer(message: Message) -> str:
    names = {Side.SHOPPER: "Customer", Side.STAFF: "Marketplace"}
    return names.get(Side(message.side), message.part.maker.name)
