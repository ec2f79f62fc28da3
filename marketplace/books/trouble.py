"""Money that did not go where it should: what waits for a person, each kind as a queryset, oldest first."""

from collections.abc import Callable

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from marketplace.core import outbox
from marketplace.core.models import OutboxMessage
from marketplace.payments import ledger
from marketplace.payments.models import (
    Attempt,
    AttemptStatus,
    LedgerPosting,
    MoneyStatus,
    Refund,
    Reversal,
    Transfer,
)
from marketplace.payments.permissions import REFUND, require

MANY_TRIES = 5


def failed_refunds() -> QuerySet[Refund]:
    """Refunds that Stripe or the bank refused and that were not asked for again."""
    return (
        Refund.objects.filter(status=MoneyStatus.FAILED, retried_as=None)
        .select_related("maker_order__order", "maker_order__maker").order_by("created_at", "pk")
    )  # fmt: skip


def refused_transfers() -> QuerySet[Transfer]:
    """Shares of makers that Stripe refused; each is tried again every hour."""
    return (
        Transfer.objects.filter(status=MoneyStatus.REQUESTED).exclude(last_error="")
        .select_related("maker_order__order", "maker_order__maker").order_by("created_at", "pk")
    )  # fmt: skip


def debts() -> QuerySet:
    """Parts whose maker owes: a share could not be taken back and was not kept from a later sale yet.

    Rows with `part`, `part__order__number`, `maker`, `maker__name` and `owed` in cents, by maker.
    """
    refused = Reversal.objects.filter(status=MoneyStatus.FAILED).values("transfer__maker_order")
    return (
        LedgerPosting.objects.filter(account=ledger.MAKERS, part__in=refused)
        .values("part", "part__order__number", "maker", "maker__name").annotate(owed=Sum("cents"))
        .filter(owed__gt=0).order_by("maker__name", "maker", "part")
    )  # fmt: skip


def payments_for_people() -> QuerySet[Attempt]:
    """Payments that do not match their order, or that Stripe does not let us end."""
    return Attempt.objects.filter(status=AttemptStatus.FOR_PEOPLE).select_related("order").order_by("closed_at", "pk")


def stuck_work() -> QuerySet[OutboxMessage]:
    """Work that failed again and again; it is still tried every hour."""
    waiting = OutboxMessage.objects.filter(done_at__isnull=True, attempts__gte=MANY_TRIES)
    return waiting.exclude(last_error="").order_by("pk")


def try_now(*, user, message: OutboxMessage) -> bool:
    """Try stuck work now; whether it still waited. Raises PermissionDenied."""
    require(user, REFUND)
    return outbox.hurry(message.pk)


KINDS: dict[str, tuple[object, Callable[[], QuerySet]]] = {
    "refunds": (_("Failed refunds"), failed_refunds),
    "payments": (_("Payments that do not match"), payments_for_people),
    "transfers": (_("Refused payouts"), refused_transfers),
    "debts": (_("Owed by makers"), debts),
    "work": (_("Stuck work"), stuck_work),
}
