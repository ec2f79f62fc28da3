"""A maker's part of a paid order goes back to the shopper, whole; the maker's share is taken back where it was paid.

Requested in one transaction, sent by the outbox under a stored key, booked in another: nothing is refunded twice
and never more than was paid, since a part has one refund and its amount was fixed when it was placed.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.order import workflow
from catalog.order.models import MakerOrder, Order, PartStatus
from makers import permissions
from marketplace.core import outbox
from marketplace.payments import gateway, ledger
from marketplace.payments.ledger import Posting
from marketplace.payments.models import Attempt, MoneyStatus, Refund, Transfer

STAFF_PERMISSION = "payments.add_refund"
PAID = (PartStatus.TO_SHIP, PartStatus.SHIPPED)
LONGEST_REASON = 500


def may_refund(user, maker_order: MakerOrder) -> bool:
    """The maker's own people, and staff with the permission."""
    return permissions.can_edit_maker(user, maker_order.maker) or (user.is_staff and user.has_perm(STAFF_PERMISSION))


@transaction.atomic
def refund_part(*, user, maker_order: MakerOrder, reason: str) -> Refund:
    """Give the whole part back. Raises PermissionDenied, ValidationError, WrongMoment."""
    permissions.require(may_refund(user, maker_order))
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("Say in up to 500 characters why; the shopper reads it.")})
    order = Order.objects.select_for_update().get(pk=maker_order.order_id)
    part = MakerOrder.objects.get(pk=maker_order.pk)
    if part.status not in PAID:
        raise workflow.WrongMoment(f"a part that is {part.status} can't be refunded")
    part = workflow.perform(maker_order=part, action="refund", actor=user)
    refund = Refund.objects.create(
        maker_order=part,
        amount_cents=part.goods_cents + part.shipping_cents + part.tax_cents,
        reason=reason,
        requested_by=user,
    )
    _move_order(order)
    outbox.post(topic="payments.refund_part", key=f"refund-part:{part.pk}", payload={"refund": refund.pk})
    return refund


def _move_order(order: Order) -> None:
    """The order follows its parts: refunded when all are, shipped when what is left is shipped."""
    left = set(order.maker_orders.exclude(status=PartStatus.REFUNDED).values_list("status", flat=True))
    if not left:
        order.set_status("refunded")
    elif left == {PartStatus.SHIPPED}:
        order.set_status("shipped")


def send_refund(payload: dict) -> None:
    """Outbox: return the money; a refusal goes to people, an unknown outcome is tried again with the same key."""
    refund = Refund.objects.select_related("maker_order__order__attempt").get(pk=payload["refund"])
    if refund.status != MoneyStatus.REQUESTED:
        return
    attempt = refund.maker_order.order.attempt
    try:
        made = gateway.refund(
            intent_id=attempt.intent_id,
            amount=refund.amount_cents,
            metadata={"part": str(refund.maker_order_id)},
            idempotency_key=refund.idempotency_key,
        )
    except gateway.Unreachable:
        raise
    except gateway.GatewayError as error:
        _refused(refund, error)
        return
    _book(refund, made)


@transaction.atomic
def _book(refund: Refund, made: gateway.Refund) -> None:
    refund.status, refund.refund_id = MoneyStatus.DONE, made.id
    refund.save(update_fields=["status", "refund_id"])
    part = refund.maker_order
    ledger.post(
        source=f"refund-part:{part.pk}", description=f"Part of order {part.order.number} returned",
        postings=_postings(part, refund.amount_cents),
    )  # fmt: skip
    outbox.post(topic="orders.tell_part_refunded", key=f"refund-part:{part.pk}:told", payload={"refund": refund.pk})
    if Transfer.objects.filter(maker_order=part).exists():
        outbox.post(topic="payments.take_back", key=f"take-back:{part.pk}", payload={"part": part.pk})


def _postings(part: MakerOrder, cents: int, sign: int = 1) -> list[Posting]:
    """What a refund books; with sign -1, what its failure books back."""
    return [
        Posting(ledger.MAKERS, sign * (part.goods_cents + part.shipping_cents - part.fee_cents), part.maker),
        Posting(ledger.FEES, sign * part.fee_cents, part.maker),
        Posting(ledger.TAX, sign * part.tax_cents, part.maker),
        Posting(ledger.STRIPE, -sign * cents),
    ]


@transaction.atomic
def _refused(refund: Refund, error: gateway.GatewayError) -> None:
    refund.status, refund.last_error = MoneyStatus.FAILED, str(error)[:300]
    refund.save(update_fields=["status", "last_error"])
    tell_trouble(key=f"refund-part:{refund.maker_order_id}:refused", part=refund.maker_order, what=str(error))


def tell_trouble(*, key: str, part: MakerOrder, what: str) -> None:
    """Write to the staff that money did not go where it should."""
    outbox.post(topic="payments.tell_trouble", key=key, payload={"order": part.order_id, "what": what[:500]})


def look_at_refund(payload: dict) -> None:
    """Outbox: Stripe hints that a refund failed after it was made; book it back and tell people."""
    found = gateway.retrieve_refund(payload["refund"])
    if found.status != "failed":
        return
    refund = Refund.objects.select_related("maker_order__order").filter(refund_id=found.id).first()
    if refund is not None:
        _came_back(refund, found)
        return
    attempt = Attempt.objects.select_related("order").filter(pk=found.metadata.get("attempt") or None).first()
    if attempt is not None:
        _whole_came_back(attempt, found)


def look_at_dispute(payload: dict) -> None:
    """Outbox: a bank disputes a payment; people have to answer it in time. Not ours: nothing to do."""
    found = gateway.retrieve_dispute(payload["dispute"])
    attempt = Attempt.objects.filter(intent_id=found.intent_id).exclude(intent_id="").first()
    part = attempt.order.maker_orders.first() if attempt else None
    if part is not None:
        what = f"the bank disputes {found.amount} cents ({found.reason}); answer dispute {found.id} in time"
        tell_trouble(key=f"dispute:{found.id}", part=part, what=what)


@transaction.atomic
def _came_back(refund: Refund, found: gateway.Refund) -> None:
    part = refund.maker_order
    ledger.post(
        source=f"refund-failed:{found.id}", description=f"Refund of order {part.order.number} came back",
        postings=_postings(part, refund.amount_cents, sign=-1),
    )  # fmt: skip
    Refund.objects.filter(pk=refund.pk).update(status=MoneyStatus.FAILED, last_error="the bank sent it back")
    tell_trouble(key=f"refund-failed:{found.id}", part=part, what=f"refund {found.id} came back")


@transaction.atomic
def _whole_came_back(attempt: Attempt, found: gateway.Refund) -> None:
    ledger.post(
        source=f"refund-failed:{found.id}", description=f"Refund of order {attempt.order.number} came back",
        postings=[Posting(ledger.STRIPE, found.amount), Posting(ledger.REFUNDS_DUE, -found.amount)],
    )  # fmt: skip
    part = attempt.order.maker_orders.first()
    tell_trouble(key=f"refund-failed:{found.id}", part=part, what=f"refund {found.id} came back")
