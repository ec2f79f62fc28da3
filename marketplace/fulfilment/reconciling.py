"""Our ledger beside Stripe's books, every hour: what only Stripe knows is booked, what differs stops payouts.

Both ways: each change of Stripe's balance must have its entries here, and each entry that moved money at Stripe its
change there, to the cent. A payment that Stripe has and we have not looked at yet makes the two differ for a moment;
so only what differs in two runs one after the other counts.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from marketplace.core import clock, outbox
from marketplace.payments import gateway, ledger, permissions
from marketplace.payments.ledger import Posting
from marketplace.payments.models import Attempt, LedgerEntry, LedgerPosting, Reconciliation

from .disputes import book_movement

logger = logging.getLogger(__name__)
LOOK_BACK = timedelta(days=4)
PAYOUTS = ("payout", "payout_failure", "payout_cancel")
IN_A_ROW, MOST_ASKED = 2, 100


def reconcile() -> Reconciliation:
    """Book Stripe's fees, payouts and disputes, then compare. Raises GatewayError, Unreachable."""
    since = _since()
    movements = gateway.movements_since(int(since.timestamp()))
    for movement in movements:
        _book(movement)
    found = Reconciliation.objects.create(
        at=clock.now(), ledger_cents=ledger.balance_of(ledger.STRIPE), stripe_cents=gateway.balance(),
        differences=_differences(movements, since),
    )  # fmt: skip
    if payouts_stopped():
        _tell(found)
    return found


def _since() -> datetime:
    """Some days before the last run, or before anyone could pay, so that a shop which rested misses nothing that
    Stripe did meanwhile."""
    last = Reconciliation.objects.order_by("-at", "-pk").first()
    first = None if last else Attempt.objects.order_by("created_at", "pk").first()
    return (last.at if last else first.created_at if first else clock.now()) - LOOK_BACK


@transaction.atomic
def ask_to_compare(*, user) -> None:
    """Have the worker compare once more; asked again within a minute, once. Raises PermissionDenied."""
    permissions.require(user, permissions.BOOKS)
    outbox.post(topic="payments.compare", key=f"compare:{clock.now():%Y-%m-%dT%H:%M}", payload={})


def compare(payload: dict) -> None:
    """Outbox: somebody asked for it. Raises GatewayError, Unreachable."""
    reconcile()


def payouts_stopped() -> bool:
    """Whether ledger and Stripe differed in each of the last runs."""
    last = list(Reconciliation.objects.order_by("-at", "-pk")[:IN_A_ROW])
    return len(last) == IN_A_ROW and not any(run.agrees for run in last)


def _book(movement: gateway.Movement) -> None:
    """Book what happened at Stripe alone; what we caused ourselves is booked where we caused it."""
    if movement.type == "charge" and movement.fee:
        _book_fee(movement)
    elif movement.type in PAYOUTS:
        ledger.post(
            source=f"movement:{movement.id}", reference=movement.source,
            description=f"Stripe: {movement.type} {movement.source}",
            postings=[Posting(ledger.STRIPE, movement.net), Posting(ledger.BANK, -movement.net)],
        )  # fmt: skip
    elif movement.type == "adjustment":
        book_movement(movement)


def _book_fee(movement: gateway.Movement) -> None:
    ledger.post(
        source=f"fee:{movement.source}",
        reference=movement.source,
        description="Stripe's fee",
        postings=[Posting(ledger.STRIPE_FEES, movement.fee), Posting(ledger.STRIPE, -movement.fee)],
    )


def _differences(movements: list[gateway.Movement], since) -> list[dict]:
    """What does not fit, by Stripe's id of the event: cents in our books and in theirs.

    An event may have been booked long after it happened, so Stripe is asked anew for what seems not to fit.
    """
    theirs: Counter[str] = Counter()
    for movement in movements:
        theirs[movement.source] += movement.net
    rows = LedgerPosting.objects.filter(account=ledger.STRIPE).exclude(entry__reference="")
    recent = set(rows.filter(entry__at__gte=since).values_list("entry__reference", flat=True))
    ours = Counter(
        dict(
            rows.filter(entry__reference__in=recent | set(theirs))
            .values_list("entry__reference")
            .annotate(sum=Sum("cents"))
        )
    )
    doubtful = [key for key in sorted({*theirs, *recent}) if ours[key] != theirs[key]]
    found = []
    for key in doubtful[:MOST_ASKED]:
        at_stripe = sum(movement.net for movement in gateway.movements_of(key))
        if ours[key] != at_stripe:
            found.append({"reference": key, "ours": ours[key], "theirs": at_stripe})
    return found


def explained_as(run: Reconciliation, reference: str) -> str:
    """What the entry is called that explains a difference of a run."""
    return f"explained:{reference}:{run.pk}"


@transaction.atomic
def explain(*, user, reference: str, why: str) -> LedgerEntry:
    """Book what Stripe has of an event beyond our books, with a word of why: a payment made by hand, say.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(user, permissions.REFUND)
    if not why.strip():
        raise ValidationError({"why": _("Say what this was, for those who ask later.")})
    last = Reconciliation.objects.select_for_update().order_by("-at", "-pk").first()
    found = next((row for row in (last.differences if last else []) if row["reference"] == reference), None)
    if found is None:
        raise ValidationError(_("There is no such difference in the last run."))
    cents = found["theirs"] - found["ours"]
    return ledger.post(
        source=explained_as(last, reference), reference=reference,
        description=f"{why.strip()} ({user.email})",
        postings=[Posting(ledger.STRIPE, cents), Posting(ledger.EXPLAINED, -cents)],
    )  # fmt: skip


@transaction.atomic
def _tell(found: Reconciliation) -> None:
    logger.error("ledger %s and Stripe %s differ: %s", found.ledger_cents, found.stripe_cents, found.differences)
    outbox.post(
        topic="payments.tell_difference", key=f"books-differ:{clock.today().isoformat()}",
        payload={
            "ours": found.ledger_cents, "theirs": found.stripe_cents, "entries": LedgerEntry.objects.count(),
            "differences": found.differences,
        },
    )  # fmt: skip
