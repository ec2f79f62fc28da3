"""The client of Stripe's SDK, and the two errors that matter: refused, or nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import stripe
from django.conf import settings

CONNECT_SECONDS, ANSWER_SECONDS = 4, 25
NETWORK_RETRIES = 2
KEY_REMEMBERED = timedelta(hours=20)  # Stripe forgets an idempotency key after 24
STRIPE_HOST = "api.stripe.com"


class GatewayError(Exception):
    """Stripe said no. `code` is Stripe's word for it."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class Unreachable(GatewayError):
    """Nobody knows whether it was done: ask again with the same key."""


@lru_cache(maxsize=4)
def _client(key: str, address: str, retries: int) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": address} if address else None,
        max_network_retries=retries,
        http_client=stripe.RequestsClient(timeout=(CONNECT_SECONDS, ANSWER_SECONDS)),
    )


def client() -> stripe.StripeClient:
    """The client of the configured key and address."""
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_ADDRESS, NETWORK_RETRIES)


def is_live() -> bool:
    """Whether the configured key moves real money."""
    return "_live_" in settings.STRIPE_SECRET_KEY


def is_standin() -> bool:
    """Whether the configured address is anything but Stripe's own."""
    address = settings.STRIPE_API_ADDRESS
    return bool(address) and urlsplit(address).hostname != STRIPE_HOST


@contextmanager
def told() -> Iterator[None]:
    """Turn Stripe's errors into refused or unreachable."""
    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise Unreachable(str(error)) from error
    except stripe.StripeError as error:
        kind = GatewayError if _is_refusal(error) else Unreachable
        raise kind(error.user_message or str(error), error.code or "") from error


def _is_refusal(error: stripe.StripeError) -> bool:
    """Whether Stripe surely did not do it: a 4xx, but not that another request holds the key or the object (409).

    A good status with a body that is no JSON says nothing of what was done.
    """
    status = error.http_status or 500
    return 400 <= status < 500 and status != HTTPStatus.CONFLICT


def cents(amount: int) -> int:
    """A positive whole number of cents; TypeError for everything else."""
    # Decimal("10.00") would be sent as 10.00 and True as 1
    if type(amount) is not int or amount <= 0:
        raise TypeError(f"an amount is a positive whole number of cents, got {amount!r}")
    return amount


def moment(second: int) -> datetime:
    """A second of Stripe's as an aware moment in UTC."""
    return datetime.fromtimestamp(second, UTC)


def carries(raw: Any, metadata: Mapping[str, str]) -> bool:
    """Whether an object of Stripe's has all of this metadata."""
    own = raw.metadata.to_dict() if raw.metadata else {}
    return metadata.items() <= own.items()
