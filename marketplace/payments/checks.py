"""Start-up checks: the stand-in never stands beside a key that moves real money."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from . import gateway


@register
def check_no_live_key_at_the_stand_in(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A live key, secret or public, would be shown to a program that is not Stripe."""
    live = gateway.is_live() or "_live_" in settings.STRIPE_PUBLISHABLE_KEY
    if not (live and gateway.is_standin()):
        return []
    return [
        Error(
            "STRIPE_API_ADDRESS names a stand-in for Stripe beside a live key.",
            hint="Unset STRIPE_API_ADDRESS to take real payments, or use test keys with the stand-in.",
            id="payments.E001",
        )
    ]
