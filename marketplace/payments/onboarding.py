"""A maker's account at Stripe: opened by its owner, completed at Stripe, never believed without asking Stripe."""

from django.db import transaction

from makers import permissions
from makers.models import Maker

from . import gateway


def start_onboarding(*, user, maker: Maker, return_url: str, refresh_url: str) -> str:
    """The address at Stripe where the owner goes on. Raises PermissionDenied, GatewayError, Unreachable."""
    permissions.require(permissions.can_manage_members(user, maker))
    account_id = maker.stripe_account or _open_account(maker)
    return gateway.onboarding_address(account_id=account_id, return_url=return_url, refresh_url=refresh_url)


def _open_account(maker: Maker) -> str:
    made = gateway.create_account(
        email=maker.email,
        name=maker.name,
        metadata={"maker": str(maker.pk)},
        idempotency_key=f"account:{maker.pk}:1",
    )
    return _keep(maker, made.id)


@transaction.atomic
def _keep(maker: Maker, account_id: str) -> str:
    """Remember the account; of two clicks at once the first one's account stays."""
    locked = Maker.objects.select_for_update().get(pk=maker.pk)
    if not locked.stripe_account:
        locked.stripe_account = account_id
        locked.save(update_fields=["stripe_account"])
    maker.stripe_account = locked.stripe_account
    return locked.stripe_account


def account_of(maker: Maker) -> gateway.Account | None:
    """The account as Stripe knows it now, or None where there is none. Raises GatewayError, Unreachable."""
    return gateway.retrieve_account(maker.stripe_account) if maker.stripe_account else None
