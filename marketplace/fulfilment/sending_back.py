"""A requested refund on its way: sent to Stripe, booked, taken out of the maker's share, booked back where it fails."""

from django.db import transaction
from django.utils.translation import gettext_noop

from catalog.order.models import MakerOrder
from marketplace.core import clock, outbox
from marketplace.payments import gateway, ledger
from marketplace.payments.ledger import Posting
from marketplace.payments.models import Attempt, MoneyStatus, PostingKind, Refund

from .taxing import record_failure, record_refund


def send_refund(payload: dict) -> None:
    """Outbox: return the money; a refusal goes to people, an unknown outcome is tried again with the same key.

    Stripe remembers a key for a day. Later, and before a refusal is believed, it is asked whether the refund was
    made when nobody answered.
    """
    refund = Refund.objects.select_related("maker_order__order__attempt").get(pk=payload["refund"])
    if refund.status != MoneyStatus.REQUESTED:
        return
    made = _find(refund) if refund.created_at < clock.now() - gateway.KEY_REMEMBERED else None
    try:
        made = made or _make(refund)
    except gateway.Unreachable:
        raise
    except gateway.GatewayError as error:
        made = _find(refund)
        if made is None:
            _refused(refund, error)
            return
    _book(refund.pk, made)


def _make(refund: Refund) -> gateway.Refund:
    return gateway.refund(
        intent_id=refund.maker_order.order.attempt.intent_id,
        amount=refund.amount_cents,
        metadata=_marks(refund),
        idempotency_key=refund.idempotency_key,
    )


def _find(refund: Refund) -> gateway.Refund | None:
    known = gateway.list_refunds(refund.maker_order.order.attempt.intent_id)
    return next((made for made in known if _marks(refund).items() <= made.metadata.items()), None)


def _marks(refund: Refund) -> dict[str, str]:
    return {"refund": str(refund.pk), "part": str(refund.maker_order_id)}


@transaction.atomic
def _book(refund_pk: int, made: gateway.Refund) -> None:
    refund = _locked(refund_pk)
    if refund.status != MoneyStatus.REQUESTED:
        return
    refund.status, refund.refund_id = MoneyStatus.DONE, made.id
    refund.save(update_fields=["status", "refund_id"])
    part = refund.maker_order
    ledger.post(
        source=refund.source, reference=made.id, description=f"Order {part.order.number}: {refund.get_kind_display()}",
        postings=_postings(refund),
    )  # fmt: skip
    record_refund(refund, charge=f"charge:{part.order.attempt.intent_id}")
    outbox.post(topic="orders.tell_part_refunded", key=f"{refund.source}:told", payload={"refund": refund.pk})
    outbox.post(topic="payments.settle_part", key=f"{refund.source}:settle", payload={"part": part.pk})


def _locked(refund_pk: int) -> Refund:
    return (
        Refund.objects.select_for_update(of=("self",))
        .select_related("maker_order__order__attempt", "maker_order__maker")
        .get(pk=refund_pk)
    )


def _postings(refund: Refund, sign: int = 1) -> list[Posting]:
    """What a refund books; with sign -1, what its failure books back."""
    part = refund.maker_order
    return [
        Posting(ledger.MAKERS, sign * (refund.goods_cents - refund.discount_cents), part, PostingKind.REFUND),
        Posting(ledger.MAKERS, sign * refund.shipping_cents, part, PostingKind.SHIPPING_REFUND),
        Posting(ledger.MAKERS, -sign * refund.fee_cents, part, PostingKind.FEE_REFUND),
        Posting(ledger.FEES, sign * refund.fee_cents, part, PostingKind.FEE_REFUND),
        Posting(ledger.TAX, sign * refund.tax_cents, part, PostingKind.TAX_REFUND),
        Posting(ledger.PROMOTIONS, -sign * refund.promo_cents, part, PostingKind.REFUND),
        Posting(ledger.STRIPE, -sign * refund.amount_cents),
    ]


@transaction.atomic
def _refused(refund: Refund, error: gateway.GatewayError) -> None:
    changed = Refund.objects.filter(pk=refund.pk, status=MoneyStatus.REQUESTED).update(
        status=MoneyStatus.FAILED, last_error=str(error)[:300]
    )
    if changed:
        tell_trouble(key=f"{refund.source}:refused", part=refund.maker_order, what=str(error))


def tell_trouble(*, key: str, part: MakerOrder, what: str) -> None:
    """Write to the staff that money did not go where it should."""
    outbox.post(topic="payments.tell_trouble", key=key, payload={"order": part.order_id, "what": what[:500]})


def look_at_refund(payload: dict) -> None:
    """Outbox: Stripe hints that a refund changed; one that failed after it was made is booked back, people told."""
    found = gateway.retrieve_refund(payload["refund"])
    if found.status not in ("failed", "canceled"):
        return
    refund = Refund.objects.filter(refund_id=found.id).first()
    if refund is not None:
        _came_back(refund.pk, found)
        return
    attempt = Attempt.objects.select_related("order").filter(pk=found.metadata.get("attempt") or None).first()
    if attempt is not None:
        _whole_came_back(attempt, found)


@transaction.atomic
def _came_back(refund_pk: int, found: gateway.Refund) -> None:
    refund = _locked(refund_pk)
    part, source = refund.maker_order, f"refund-failed:{found.id}"
    if refund.status != MoneyStatus.DONE:
        return
    ledger.post(
        source=source, reference=found.id, description=f"Order {part.order.number}: a refund came back",
        postings=_postings(refund, sign=-1),
    )  # fmt: skip
    record_failure(refund, source=source)
    refund.status, refund.last_error = MoneyStatus.FAILED, gettext_noop("the bank sent it back")
    refund.save(update_fields=["status", "last_error"])
    tell_trouble(key=source, part=part, what=f"refund {found.id} came back; ask the shopper where to send the money")


@transaction.atomic
def _whole_came_back(attempt: Attempt, found: gateway.Refund) -> None:
    ledger.post(
        source=f"refund-failed:{found.id}", reference=found.id,
        description=f"Order {attempt.order.number}: a refund came back",
        postings=[Posting(ledger.STRIPE, found.amount), Posting(ledger.REFUNDS_DUE, -found.amount)],
    )  # fmt: skip
    part = attempt.order.maker_orders.first()
    tell_trouble(key=f"refund-failed:{found.id}", part=part, what=f"refund {found.id} came back")
