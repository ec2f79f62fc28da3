"""Stripe's events at our door: believed only when signed, fresh, of our mode and shaped like one."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import Any

import stripe
from django.conf import settings

from .connection import is_live

OLDEST_SECONDS = NEWEST_SECONDS = 300
LARGEST_EVENT = 512 * 1024
TIMESTAMP = re.compile(r"(?:^|,)\s*t=(\d{1,12})(?=,|$)")


class BadEvent(Exception):
    """Not an event of ours: unsigned, altered, too old, from the future, or not shaped like one."""


@dataclass(frozen=True)
class Event:
    """A hint that `object_id` changed. `account` is set for events of connected accounts."""

    id: str
    type: str
    object_id: str
    livemode: bool
    account: str = ""


def construct_event(payload: bytes, header: str) -> Event:
    """The event that Stripe signed. Raises BadEvent for everything else."""
    if len(payload) > LARGEST_EVENT:
        raise BadEvent("too large")
    _check_signature(payload, header)
    try:
        raw = json.loads(payload)
    except (ValueError, RecursionError) as error:  # or nested thousands of times
        raise BadEvent("not JSON") from error
    event = _event(raw)
    if event.livemode != is_live():
        raise BadEvent("an event of the other mode")
    return event


def _check_signature(payload: bytes, header: str) -> None:
    """Signed by Stripe, within five minutes of now in either direction."""
    found = TIMESTAMP.findall(header)
    if len(found) != 1:
        raise BadEvent("no single timestamp in the signature")
    if int(found[0]) > time.time() + NEWEST_SECONDS:
        raise BadEvent("signed in the future")
    try:
        stripe.WebhookSignature.verify_header(payload, header, settings.STRIPE_WEBHOOK_SECRET, OLDEST_SECONDS)
    except (stripe.SignatureVerificationError, UnicodeDecodeError, TypeError, ValueError) as error:
        raise BadEvent("the signature does not fit") from error


def _event(raw: Any) -> Event:
    if not isinstance(raw, dict) or raw.get("object") != "event":
        raise BadEvent("not a snapshot event")
    data = raw.get("data")
    changed = data.get("object") if isinstance(data, dict) else None
    if not isinstance(changed, dict):
        raise BadEvent("an event about nothing")
    if not isinstance(raw.get("livemode"), bool):
        raise BadEvent("an event without a mode")
    return Event(
        id=_word(raw.get("id")),
        type=_word(raw.get("type")),
        object_id=_word(changed.get("id", ""), required=False),
        livemode=raw["livemode"],
        account=_word(raw.get("account", ""), required=False),
    )


def _word(value: Any, *, required: bool = True) -> str:
    """A short text of an event. Raises BadEvent."""
    if not isinstance(value, str) or len(value) > 80 or (required and not value):
        raise BadEvent("an event without id or type")
    return value
