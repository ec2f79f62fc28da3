"""Returns: a shopper asks by line, the maker decides, staff decide where the two do not agree.

The pieces' money goes back once they arrived at the maker, or where staff say so.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max, Sum
from django.utils.translation import gettext as _

from catalog.order.models import MakerOrder, Order, ParcelLine
from catalog.partner.models import StockRecord
from catalog.search.listing import refresh_after_commit
from makers import permissions
from marketplace.core import clock, outbox
from marketplace.fulfilment.counting import Count, counts_of
from marketplace.fulfilment.refunding import Disputed, NothingLeft, Row, request_refund
from marketplace.payments.models import OurReason, Refund, RefundKind
from marketplace.payments.permissions import REFUND, has

from . import workflow
from .access import Access
from .models import Return, ReturnChange, ReturnLine, ReturnPhoto
from .saying import clean_photos, said
from .words import OPEN, Action, Reason, Side

MAKERS_FAULT = {Reason.DAMAGED, Reason.FAULTY, Reason.NOT_AS_SHOWN, Reason.WRONG_PIECE, Reason.FALSE_CLAIM}


def deadlines_of(part: MakerOrder) -> dict[int, date]:
    """Line id -> the last day to ask for a return, counted from the last parcel with pieces of it."""
    left = ParcelLine.objects.filter(parcel__maker_order=part).values_list("line").annotate(Max("parcel__shipped_at"))
    return {line: _day(at) + timedelta(days=part.return_days) for line, at in left}


def _day(at) -> date:
    return at.astimezone(clock.LOS_ANGELES).date()


def returnable_of(part: MakerOrder, counts: Sequence[Count]) -> dict[int, int]:
    """Line id -> pieces that can be asked back now: with the shopper, in time, in no open return."""
    deadlines, today = deadlines_of(part), clock.today()
    asked = dict(
        ReturnLine.objects.filter(item__part=part, item__status__in=OPEN).values_list("line").annotate(Sum("quantity"))
    )
    found = {count.line.pk: count.with_shopper - asked.get(count.line.pk, 0) for count in counts}
    return {line: left for line, left in found.items() if left > 0 and line in deadlines and deadlines[line] >= today}


def ask_return(
    *, access: Access, part: MakerOrder, pieces: Mapping[int, tuple[int, str]], text: str, photos: Sequence = (),
    by_receiver: bool = False,
) -> Return:  # fmt: skip
    """Ask to give `pieces` (line id -> how many, why) back; the maker is told.

    Raises PermissionDenied, ValidationError.
    """
    access.require_part(part)
    text, pictures = said(text, "text"), clean_photos(photos)
    chosen = {line: row for line, row in pieces.items() if row[0]}
    if any(reason not in Reason.values or reason == Reason.FALSE_CLAIM for _quantity, reason in chosen.values()):
        raise ValidationError({"pieces": _("Choose a reason for each piece.")})
    with transaction.atomic():
        item, change = write_return(part=part, access=access, chosen=chosen, text=text, by_receiver=by_receiver)
        for picture in pictures:
            photo = ReturnPhoto(item=item)
            photo.file.save("photo.jpg", picture, save=False)
            photo.save(force_insert=True)
        tell(change)
    return item


def write_return(
    *, part: MakerOrder, access: Access, chosen: Mapping[int, tuple[int, str]], text: str, **more
) -> tuple[Return, ReturnChange]:
    """The rows of a new return, under the order's lock. Raises ValidationError where more is asked than can be."""
    Order.objects.select_for_update().get(pk=part.order_id)
    left = returnable_of(part, counts_of(part))
    if not chosen:
        raise ValidationError({"pieces": _("Choose what you want to return.")})
    for line, (quantity, _reason) in chosen.items():
        if type(quantity) is not int or not 0 < quantity <= left.get(line, 0):
            raise ValidationError({"pieces": _("Fewer pieces can be returned. Look at the numbers again.")})
    return make_return(part=part, access=access, chosen=chosen, text=text, **more)


def make_return(
    *, part: MakerOrder, access: Access, chosen: Mapping[int, tuple[int, str]], text: str, **more
) -> tuple[Return, ReturnChange]:
    """The rows of a return of pieces that were counted."""
    now = clock.now()
    item = Return.objects.create(part=part, text=text, asked_at=now, changed_at=now, **more)
    ReturnLine.objects.bulk_create(
        ReturnLine(item=item, line_id=line, quantity=quantity, reason=reason)
        for line, (quantity, reason) in sorted(chosen.items())
    )
    change = ReturnChange.objects.create(
        item=item, to_status=item.status, side=Side.SHOPPER, actor=access.user, words=text, at=now
    )
    return item, change


def tell(change: ReturnChange) -> None:
    """Let the other side know by letter."""
    outbox.post(topic="aftersale.tell_return", key=f"return-change:{change.pk}", payload={"change": change.pk})


def _move(item: Return, action: Action, side: Side, actor, words: str = "", **fields) -> Return:
    with transaction.atomic():
        tell(workflow.perform(item=item, action=action, side=side, actor=actor, words=words, **fields))
    return item


def accept(*, user, item: Return, answer: str) -> Return:
    """The maker says yes and where to send the pieces. Raises PermissionDenied, ValidationError, WrongMoment."""
    permissions.require(permissions.can_edit_maker(user, item.part.maker))
    words = said(answer, "answer", _("Say where the pieces go and how to send them."))
    return _move(item, Action.ACCEPT, Side.MAKER, user, words, answer=words)


def decline(*, user, item: Return, answer: str) -> Return:
    """The maker says no, and why. Raises PermissionDenied, ValidationError, WrongMoment."""
    permissions.require(permissions.can_edit_maker(user, item.part.maker))
    words = said(answer, "answer", _("Say why; the shopper reads it and may ask the marketplace."))
    return _move(item, Action.DECLINE, Side.MAKER, user, words, answer=words)


def drop(*, access: Access, item: Return) -> Return:
    """The shopper keeps the pieces. Raises PermissionDenied, WrongMoment."""
    access.require_part(item.part)
    return _move(item, Action.DROP, Side.SHOPPER, access.user)


def escalate(*, access: Access, item: Return, objection: str) -> Return:
    """The shopper asks the staff after a no, or after days of silence. Raises as `decline`."""
    access.require_part(item.part)
    words = said(objection, "objection", _("Say what the marketplace should know."))
    return _move(item, Action.ESCALATE, Side.SHOPPER, access.user, words, objection=words)


def receive(*, user, item: Return, put_back: bool) -> Return:
    """The pieces arrived: their money goes back, and they are for sale again where the maker says so.

    A payment that the bank looks into keeps the return at `received`. Raises PermissionDenied, WrongMoment.
    """
    permissions.require(permissions.can_edit_maker(user, item.part.maker))
    with transaction.atomic():
        workflow.perform(item=item, action=Action.RECEIVE, side=Side.MAKER, actor=user, put_back=put_back)
        if put_back:
            _restock(item)
    try:
        return pay_back(user=user, item=item)
    except Disputed:
        return item


def pay_back(*, user, item: Return) -> Return:
    """Refund what arrived. Raises PermissionDenied, WrongMoment, Disputed, NothingLeft."""
    side = _side(user, item)
    return _refund(item, side, user, OurReason.RETURNED)


def _side(user, item: Return) -> Side:
    if permissions.can_edit_maker(user, item.part.maker):
        return Side.MAKER
    if has(user, REFUND):
        return Side.STAFF
    raise PermissionDenied


def decide(*, user, item: Return, refund: bool, words: str) -> Return:
    """Staff end what shopper and maker could not. Raises PermissionDenied, ValidationError, WrongMoment, Disputed."""
    permissions.require(has(user, REFUND) and not permissions.can_edit_maker(user, item.part.maker))
    words = said(words, "words", _("Give the reasons; shopper and maker read them."))
    if refund:
        return _refund(item, Side.STAFF, user, words[:500], decision=words)
    return _move(item, Action.REJECT, Side.STAFF, user, words, decision=words)


@transaction.atomic
def _refund(item: Return, side: Side, user, reason: str, **fields) -> Return:
    """The order is locked before the return, as everywhere, so that the two never wait for each other."""
    Order.objects.select_for_update().get(pk=item.part.order_id)
    if Action.REFUND not in workflow.possible(Return.objects.get(pk=item.pk), side):
        raise workflow.WrongMoment(f"a return that is {item.status} is not refunded by {side}")
    refund = refund_lines(item, user, reason)
    tell(
        workflow.perform(item=item, action=Action.REFUND, side=side, actor=user, words=reason, refund=refund, **fields)
    )
    return item


def refund_lines(item: Return, user, reason: str) -> Refund:
    """Give the money of a return's pieces back, with shipping where all of a part came back by the maker's fault."""
    rows = list(item.lines.order_by("line_id"))
    pieces = {row.line_id: row.quantity for row in rows}
    fault = all(row.reason in MAKERS_FAULT for row in rows)
    return request_refund(
        maker_order=item.part, user=user, reason=reason, choose=lambda counts: came_back(counts, pieces),
        kind=RefundKind.FALSE_CLAIM if item.for_false_claim else RefundKind.RETURN,
        with_shipping=fault and is_all(counts_of(item.part), pieces),
    )  # fmt: skip


def is_all(counts: Sequence[Count], pieces: Mapping[int, int]) -> bool:
    """Whether these pieces are all that is left of a part."""
    return all(count.to_ship + count.with_shopper == pieces.get(count.line.pk, 0) for count in counts)


def came_back(counts: Sequence[Count], pieces: Mapping[int, int]) -> list[Row]:
    """Rows for pieces that were with the shopper; those that wait to be shipped stay. Raises NothingLeft."""
    rows = []
    for count in counts:
        quantity = pieces.get(count.line.pk, 0)
        if quantity > count.with_shopper:
            raise NothingLeft(f"{count.with_shopper} pieces of line {count.line.pk} are with the shopper")
        if quantity:
            rows.append(Row(count.pieces_back(quantity), canceled=False))
    return rows


def _restock(item: Return) -> None:
    """Put the pieces on sale again, stock records in the order of their ids."""
    lines = item.lines.select_related("line__product").order_by("line__stockrecord_id")
    for row in lines:
        StockRecord.objects.filter(pk=row.line.stockrecord_id).update(num_in_stock=F("num_in_stock") + row.quantity)
    refresh_after_commit(row.line.product for row in lines)
