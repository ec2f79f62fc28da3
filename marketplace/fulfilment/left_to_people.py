"""Payments that did not match their order, or that Stripe would not let us end: a bookkeeper ends them.

Either Stripe is asked again and the payment fits now, or the money goes back and the pieces are on sale again.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.order.workflow import WrongMoment
from marketplace.core.models import OutboxMessage
from marketplace.payments import gateway
from marketplace.payments.models import Attempt, AttemptStatus, DisputeOutcome
from marketplace.payments.permissions import REFUND, require

from .disputes import settle_what_was_due
from .settling import give_back, mismatch, release_attempt, succeeded, told_as

UNKNOWN_AT_STRIPE = "resource_missing"


def why_left(attempts: Iterable[Attempt]) -> dict[str, str]:
    """What the staff were told of each attempt, by its id as text."""
    keys = {told_as(attempt): str(attempt.pk) for attempt in attempts}
    told = OutboxMessage.objects.filter(key__in=keys).values_list("key", "payload")
    return {keys[key]: payload["differs"] for key, payload in told}


def look_again(*, user, attempt: Attempt) -> Attempt:
    """Ask Stripe once more: what fits now is paid, what was canceled ends.

    Raises PermissionDenied, ValidationError where it still does not fit, WrongMoment, GatewayError, Unreachable.
    """
    require(user, REFUND)
    if attempt.disputes.exclude(outcome=DisputeOutcome.WON).exists():
        raise ValidationError(_("The card's bank took this payment back, or looks into it: it can't be sold now."))
    intent = _ask(gateway.retrieve_intent, attempt)
    with transaction.atomic():
        locked = _locked(attempt)
        if intent is None or intent.status == "canceled":
            release_attempt(locked, user)
        elif intent.status != "succeeded":
            raise ValidationError(_("Stripe says that nothing was paid yet. Give the money back to end it."))
        elif differs := mismatch(locked, intent):
            raise ValidationError(_("It still does not match: %(differs)s") % {"differs": differs})
        else:
            succeeded(locked, intent)
    return locked


def return_payment(*, user, attempt: Attempt) -> Attempt:
    """End it: what was paid goes back whole, what was not paid is canceled, the pieces are on sale again.

    Raises PermissionDenied, ValidationError where it can't be done from here, WrongMoment, GatewayError, Unreachable.
    """
    require(user, REFUND)
    if attempt.disputes.filter(outcome=DisputeOutcome.OPEN).exists():
        raise ValidationError(_("The card's bank looks into this payment and decides. Wait until it has."))
    intent = _ask(gateway.cancel_intent, attempt)
    with transaction.atomic():
        locked = _locked(attempt)
        if intent is None or intent.status == "canceled":
            release_attempt(locked, user)
        elif intent.status != "succeeded":
            raise ValidationError(_("Stripe is still at it. Try again in an hour."))
        else:
            _require_ours(locked, intent)
            give_back(locked, intent, user)
            _book_what_the_bank_returned(locked)
    return locked


def _ask(action, attempt: Attempt) -> gateway.Intent | None:
    """The payment; None where it was never announced or Stripe knows none. Raises GatewayError, Unreachable."""
    if not attempt.intent_id:
        return None
    try:
        return action(attempt.intent_id)
    except gateway.GatewayError as error:
        if error.code != UNKNOWN_AT_STRIPE:
            raise
    return None


def _locked(attempt: Attempt) -> Attempt:
    locked = Attempt.objects.select_for_update(of=("self",)).select_related("order").get(pk=attempt.pk)
    if locked.status != AttemptStatus.FOR_PEOPLE:
        raise WrongMoment(f"an attempt that is {locked.status} is not for people")
    return locked


def _book_what_the_bank_returned(attempt: Attempt) -> None:
    """After a lost dispute the shopper has the money already."""
    lost = attempt.disputes.filter(outcome=DisputeOutcome.LOST).first()
    if lost is not None:
        settle_what_was_due(attempt, lost.amount_cents)


def _require_ours(attempt: Attempt, intent: gateway.Intent) -> None:
    """A payment in other money, or of something else, is not ours to book. Raises ValidationError."""
    ours = (attempt.intent_id, attempt.currency, gateway.is_live(), str(attempt.pk))
    if ours != (intent.id, intent.currency, intent.livemode, intent.metadata.get("attempt")):
        raise ValidationError(
            _("This payment is in another currency or mode, or belongs to something else. Return it in Stripe's own "
              "dashboard, then explain the difference under Differences.")
        )  # fmt: skip
