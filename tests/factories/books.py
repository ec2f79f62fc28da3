"""The books desk in tests: its people, a disputed order, a payment left to people."""

from django.contrib.auth.models import Permission

from marketplace import fulfilment
from marketplace.fulfilment import settling
from marketplace.payments import gateway
from marketplace.payments.models import Attempt, Dispute
from marketplace.payments.permissions import BOOKKEEPERS, ensure_groups
from marketplace.tax import permissions as tax_permissions
from tests import factories
from tests.fulfilment.shop import basket_with, pay, place


def bookkeeper(email: str = ""):
    """Staff who may do everything with money and tax."""
    ensure_groups()
    tax_permissions.ensure_groups()
    return factories.staff(BOOKKEEPERS, email=email)


def staff_with(*perms: str):
    """Staff with these permissions alone, such as `payments.change_dispute`."""
    ensure_groups()
    user = factories.staff()
    for perm in perms:
        app, codename = perm.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


def disputed(standin, attempt) -> Dispute:
    """The bank disputes a paid attempt, and we heard of it."""
    charge = standin.client.v1.payment_intents.retrieve(attempt.intent_id).latest_charge
    made = standin.hook("dispute", charge=charge)
    fulfilment.look_at_dispute({"dispute": made["id"]})
    return Dispute.objects.get(dispute_id=made["id"])


def decided(standin, dispute, verdict: str) -> Dispute:
    """The bank decided: "won" or "lost"."""
    standin.hook("dispute/decide", dispute=dispute.dispute_id, verdict=verdict)
    fulfilment.look_at_dispute({"dispute": dispute.dispute_id})
    dispute.refresh_from_db()
    return dispute


def left_to_people(standin, *products, is_paid=True, **change) -> Attempt:
    """An attempt whose payment did not look as agreed when it was looked at: `change` says what of it differed."""
    attempt = place(basket_with(*products))
    if is_paid:
        pay(standin, attempt)
        attempt.refresh_from_db()
        facts = {**vars(gateway.retrieve_intent(attempt.intent_id)), **(change or {"received": 1})}
        settling.apply_intent(attempt_id=attempt.pk, intent=gateway.Intent(**facts))
    else:
        attempt = fulfilment.ensure_intent(attempt=attempt)
        settling.give_up(attempt_id=attempt.pk, why="Stripe refused to end it")
    attempt.refresh_from_db()
    return attempt
