"""Stripe's events: believed only when signed, stored once, answered at once; the worker looks into them."""

import logging

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from makers.models import Maker
from marketplace.core import outbox

from . import gateway
from .models import WebhookEvent

logger = logging.getLogger(__name__)
_INTENT, _REFUND, _DISPUTE = (
    ("payments.look", "intent"), ("payments.look_refund", "refund"), ("payments.look_dispute", "dispute"),
)  # fmt: skip
# The events to choose for the endpoint at Stripe; of others nothing follows.
LOOKED_INTO = {
    "payment_intent.succeeded": _INTENT,
    "payment_intent.canceled": _INTENT,
    "refund.updated": _REFUND,
    "refund.failed": _REFUND,
    "charge.dispute.created": _DISPUTE,
    "charge.dispute.updated": _DISPUTE,
    "charge.dispute.closed": _DISPUTE,
    "charge.dispute.funds_withdrawn": _DISPUTE,
    "charge.dispute.funds_reinstated": _DISPUTE,
}
# The same for events of makers' accounts.
OF_ACCOUNTS = {
    "account.updated": "payments.look_account",
    "payout.failed": "payments.tell_payout",
}


@csrf_exempt
@require_POST
def receive(request):
    """200 for an event that Stripe signed, also for its repetition; 400 for everything else."""
    try:
        event = gateway.construct_event(request.body, request.headers.get("Stripe-Signature", ""))
    except gateway.BadEvent as error:
        return _refuse(str(error))
    if event.account and not Maker.objects.filter(stripe_account=event.account).exists():
        return _refuse("an event of an account that is not ours")
    store_event(event=event)
    return HttpResponse("ok", content_type="text/plain")


def _refuse(why: str) -> HttpResponse:
    logger.warning("webhook refused: %s", why)
    return HttpResponse("not an event", status=400, content_type="text/plain")


@transaction.atomic
def store_event(*, event: gateway.Event) -> None:
    """Keep the hint once, and queue the work it asks for once."""
    row = WebhookEvent(event_id=event.id, type=event.type, object_id=event.object_id)
    WebhookEvent.objects.bulk_create([row], ignore_conflicts=True)
    if event.type in LOOKED_INTO:
        topic, name = LOOKED_INTO[event.type]
        outbox.post(topic=topic, key=f"event:{event.id}", payload={name: event.object_id})
    if event.account and event.type in OF_ACCOUNTS:
        payload = {"account": event.account, "object": event.object_id}
        outbox.post(topic=OF_ACCOUNTS[event.type], key=f"event:{event.id}", payload=payload)
