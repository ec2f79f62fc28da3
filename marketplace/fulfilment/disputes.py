"""A bank takes a payment back: makers' shares are held, the case is answered, and who bears a loss is decided.

The marketplace bears disputes and their fees. Where a dispute is lost because a maker did not deliver what was
ordered, staff may charge that maker, up to what it got for the order.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.order.models import DONE, MakerOrder, Order
from marketplace.core import clock, outbox
from marketplace.payments import gateway, ledger, permissions
from marketplace.payments.ledger import Posting
from marketplace.payments.models import Attempt, AttemptStatus, Dispute, DisputeOutcome, PostingKind

from .sending_back import tell_trouble

LONGEST_TEXT = 20_000
WON, LOST = ("won", "warning_closed", "prevented"), ("lost",)


def look_at_dispute(payload: dict) -> None:
    """Outbox: a bank disputes a payment, or decided. Not ours: nothing to do. Raises GatewayError, Unreachable."""
    found = gateway.retrieve_dispute(payload["dispute"])
    attempt = Attempt.objects.filter(intent_id=found.intent_id).exclude(intent_id="").first()
    if attempt is not None:
        _follow(attempt.pk, found)


@transaction.atomic
def _follow(attempt_id, found: gateway.Dispute) -> None:
    """Bring our row and books to where the dispute is."""
    attempt = Attempt.objects.select_for_update().select_related("order").get(pk=attempt_id)
    outcome = _outcome(found)
    dispute, created = Dispute.objects.select_for_update().get_or_create(
        dispute_id=found.id,
        defaults={
            "attempt": attempt, "status": found.status, "reason": found.reason, "amount_cents": found.amount,
            "due_by": found.due_by, "opened_at": clock.now(),
        },
    )  # fmt: skip
    for movement in found.movements:
        book_movement(movement)
    if dispute.outcome != DisputeOutcome.OPEN:
        return
    dispute.status, dispute.outcome, dispute.due_by = found.status, outcome, found.due_by
    if outcome != DisputeOutcome.OPEN:
        dispute.closed_at = clock.now()
    if outcome == DisputeOutcome.LOST and attempt.status == AttemptStatus.REFUNDED:
        settle_what_was_due(attempt, found.amount)
    dispute.save(update_fields=["status", "outcome", "due_by", "closed_at"])
    if outcome != DisputeOutcome.OPEN:  # what was held may leave; the next release reckons how much
        attempt.order.maker_orders.filter(status__in=DONE, release_at=None).update(release_at=clock.now())
    part = attempt.order.maker_orders.order_by("pk").first()
    if created and outcome == DisputeOutcome.OPEN:
        what = f"the bank disputes {found.amount} cents ({found.reason}); answer dispute {found.id} in time"
        tell_trouble(key=f"dispute:{found.id}", part=part, what=what)
    if outcome != DisputeOutcome.OPEN:
        tell_trouble(key=f"dispute:{found.id}:{outcome}", part=part, what=f"dispute {found.id} was {outcome}")


def settle_what_was_due(attempt: Attempt, cents: int) -> None:
    """The payment was to be returned anyway, and the bank has done so."""
    if ledger.is_booked(f"refund:{attempt.pk}"):
        return
    ledger.post(
        source=f"refund:{attempt.pk}", description=f"Order {attempt.order.number} returned by the bank",
        postings=[Posting(ledger.REFUNDS_DUE, cents), Posting(ledger.DISPUTES, -cents)],
    )  # fmt: skip


def _outcome(found: gateway.Dispute) -> DisputeOutcome:
    if found.status in LOST:
        return DisputeOutcome.LOST
    return DisputeOutcome.WON if found.status in WON else DisputeOutcome.OPEN


def book_movement(movement: gateway.Movement) -> None:
    """Book what a dispute took or brought back, and the fee for it, once."""
    ledger.post(
        source=f"movement:{movement.id}", reference=movement.source,
        description=f"Stripe: {movement.reporting_category or movement.type} {movement.source}",
        postings=[
            Posting(ledger.STRIPE, movement.net), Posting(ledger.STRIPE_FEES, movement.fee),
            Posting(ledger.DISPUTES, -movement.net - movement.fee),
        ],
    )  # fmt: skip


def evidence_for(dispute: Dispute, *, written: str = "") -> dict[str, str]:
    """What the order says for itself: who bought what, how it was shipped; `written` is what the two sides wrote."""
    order = dispute.attempt.order
    shopper = dispute.attempt.snapshot["shopper"]
    parcels = [parcel for part in order.maker_orders.order_by("pk") for parcel in part.parcels.order_by("pk")]
    facts = {
        "customer_name": shopper["name"],
        "customer_email_address": shopper["email"],
        "shipping_address": ", ".join(
            filter(None, (shopper["line1"], shopper["line2"], shopper["city"], shopper["state"], shopper["zip_code"]))
        ),
        "product_description": "; ".join(
            f"{line.quantity} x {line.title} ({line.partner_name})" for line in order.lines.order_by("pk")
        ),
        "shipping_carrier": ", ".join(dict.fromkeys(parcel.carrier for parcel in parcels if parcel.carrier)),
        "shipping_tracking_number": ", ".join(parcel.tracking_number for parcel in parcels if parcel.tracking_number),
        "shipping_date": clock.day_of(parcels[0].shipped_at).isoformat() if parcels else "",
        "uncategorized_text": "\n\n".join(filter(None, (_story(order, parcels), written))),
    }
    return {name: text[:LONGEST_TEXT] for name, text in facts.items() if text}


def _story(order: Order, parcels) -> str:
    rows = [f"{clock.day_of(order.date_placed)} ordered as {order.number}"]
    rows += [
        f"{clock.day_of(parcel.shipped_at)} shipped with {parcel.carrier} {parcel.tracking_number}".rstrip()
        for parcel in parcels
    ]
    return "\n".join(rows)


def answer(*, user, dispute: Dispute, evidence: dict[str, str]) -> Dispute:
    """Send the answer to the bank, once and for good. Raises PermissionDenied, ValidationError, GatewayError."""
    permissions.require(user, permissions.DISPUTES)
    evidence = {name: text.strip()[:LONGEST_TEXT] for name, text in evidence.items() if text.strip()}
    if not evidence:
        raise ValidationError(_("Say what speaks for the sale."))
    if not Dispute.objects.filter(pk=dispute.pk, outcome=DisputeOutcome.OPEN, answered_at=None).update(
        evidence=evidence
    ):
        raise ValidationError(_("This dispute was answered or decided already."))
    found = gateway.submit_dispute_evidence(
        dispute_id=dispute.dispute_id, evidence=evidence, idempotency_key=f"dispute:{dispute.dispute_id}:1"
    )
    Dispute.objects.filter(pk=dispute.pk, answered_at=None).update(answered_at=clock.now(), answered_by=user)
    _follow(dispute.attempt_id, found)
    dispute.refresh_from_db()
    return dispute


@transaction.atomic
def charge_maker(*, user, dispute: Dispute, part: MakerOrder, cents: int, why: str) -> None:
    """A lost dispute is borne by a maker, up to its share in the order. Raises PermissionDenied, ValidationError."""
    permissions.require(user, permissions.DISPUTES)
    locked = Dispute.objects.select_for_update().select_related("attempt").get(pk=dispute.pk)
    part = MakerOrder.objects.select_for_update().get(pk=part.pk)
    if locked.outcome != DisputeOutcome.LOST or part.order_id != locked.attempt.order_id:
        raise ValidationError(_("Only a lost dispute of this order can be charged."))
    if not why.strip():
        raise ValidationError({"why": _("Say why the maker bears it; the maker reads it.")})
    source = charged_as(locked, part)
    if ledger.is_booked(source):
        raise ValidationError(_("This maker was charged for it already."))
    if type(cents) is not int or not 0 < cents <= most_to_charge(locked, part):
        raise ValidationError({"cents": _("More than $0.00, and at most what the maker gets for this order.")})
    ledger.post(
        source=source,
        description=f"Dispute of order {part.order.number}: {why.strip()}",
        postings=[
            Posting(ledger.MAKERS, cents, part, PostingKind.DISPUTE), Posting(ledger.DISPUTES, -cents),
        ],
    )  # fmt: skip
    outbox.post(topic="payments.settle_part", key=source, payload={"part": part.pk})


def charged_as(dispute: Dispute, part: MakerOrder) -> str:
    """What the entry is called that charges a maker for a dispute."""
    return f"dispute-charge:{dispute.dispute_id}:{part.pk}"


def most_to_charge(dispute: Dispute, part: MakerOrder) -> int:
    """Up to how many cents the maker of a part can be charged: what it got for the order, not more than was lost."""
    return max(0, min(part.share_cents - _charged(part), dispute.amount_cents))


def _charged(part: MakerOrder) -> int:
    """What was taken from the maker's share already, by refunds and disputes."""
    kinds = (PostingKind.REFUND, PostingKind.SHIPPING_REFUND, PostingKind.FEE_REFUND, PostingKind.DISPUTE)
    return sum(part.postings.filter(account=ledger.MAKERS, kind__in=kinds).values_list("cents", flat=True))
