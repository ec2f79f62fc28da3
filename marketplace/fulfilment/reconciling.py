"""Our ledger beside Stripe's balance, every hour: what only Stripe knows is booked, a lasting difference stops payouts.

A payment that Stripe has and we have not looked at yet makes the two differ for a moment; so only a difference in
two runs one after the other counts.
"""

import logging
from datetime import timedelta

from django.db import transaction

from marketplace.core import clock, outbox
from marketplace.payments import gateway, ledger
from marketplace.payments.ledger import Posting
from marketplace.payments.models import LedgerEntry, Reconciliation

logger = logging.getLogger(__name__)
LOOK_BACK = timedelta(days=4)
OTHER_SIDE = {"payout": ledger.BANK, "payout_failure": ledger.BANK, "adjustment": ledger.DISPUTES}
IN_A_ROW = 2


def reconcile() -> Reconciliation:
    """Book Stripe's fees, payouts and disputes, then compare. Raises GatewayError, Unreachable."""
    for movement in gateway.movements_since(int((clock.now() - LOOK_BACK).timestamp())):
        _book(movement)
    found = Reconciliation.objects.create(
        at=clock.now(), ledger_cents=ledger.balance_of(ledger.STRIPE), stripe_cents=gateway.balance()
    )
    if payouts_stopped():
        _tell(found)
    return found


def payouts_stopped() -> bool:
    """Whether ledger and balance differed in each of the last runs."""
    last = list(Reconciliation.objects.order_by("-at", "-pk")[:IN_A_ROW])
    return len(last) == IN_A_ROW and not any(run.agrees for run in last)


def _book(movement: gateway.Movement) -> None:
    """Book what happened at Stripe alone; what we caused ourselves is booked where we caused it."""
    if movement.type == "charge" and movement.fee:
        _book_fee(movement)
    elif movement.type in OTHER_SIDE:
        ledger.post(
            source=f"movement:{movement.id}",
            description=f"Stripe: {movement.type} {movement.source}",
            postings=[
                Posting(ledger.STRIPE, movement.net), Posting(OTHER_SIDE[movement.type], -movement.net),
            ],
        )  # fmt: skip


def _book_fee(movement: gateway.Movement) -> None:
    ledger.post(
        source=f"fee:{movement.source}",
        description="Stripe's fee",
        postings=[Posting(ledger.STRIPE_FEES, movement.fee), Posting(ledger.STRIPE, -movement.fee)],
    )


@transaction.atomic
def _tell(found: Reconciliation) -> None:
    logger.error("ledger %s and Stripe %s differ", found.ledger_cents, found.stripe_cents)
    outbox.post(
        topic="payments.tell_difference", key=f"books-differ:{clock.today().isoformat()}",
        payload={"ours": found.ledger_cents, "theirs": found.stripe_cents, "entries": LedgerEntry.objects.count()},
    )  # fmt: skip
