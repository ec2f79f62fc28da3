"""A maker's account at Stripe: opened by its owner, completed at Stripe, never believed without asking Stripe."""

from django.db import transaction

from makers import permissions
from makers.models import Maker
from marketplace.core import clock, outbox

from . import gateway
from .account_model import MakerAccount

SHOWN_PAYOUTS = 12
KEPT = ("can_be_paid", "payouts_enabled", "details_submitted", "disabled_reason")


def start_onboarding(*, user, maker: Maker, return_url: str, refresh_url: str) -> str:
    """The address at Stripe where the owner goes on. Raises PermissionDenied, GatewayError, Unreachable."""
    permissions.require(permissions.can_manage_members(user, maker))
    account_id = maker.stripe_account or _open_account(maker)
    return gateway.onboarding_address(account_id=account_id, return_url=return_url, refresh_url=refresh_url)


def dashboard_address(*, user, maker: Maker) -> str:
    """The owner's own page at Stripe, with bank account and payouts; good once.

    Raises PermissionDenied, and GatewayError before the account is set up.
    """
    permissions.require(permissions.can_manage_members(user, maker))
    return gateway.account_dashboard_address(maker.stripe_account)


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


def look_at(maker: Maker) -> MakerAccount | None:
    """Ask Stripe for the account and keep the answer; None where there is none. Raises GatewayError, Unreachable."""
    if not maker.stripe_account:
        return None
    return _remember(maker, gateway.retrieve_account(maker.stripe_account))


@transaction.atomic
def _remember(maker: Maker, found: gateway.Account) -> MakerAccount:
    """Where Stripe asks for something new, or stops paying, the maker gets one letter."""
    row, _made = MakerAccount.objects.select_for_update().get_or_create(
        maker=maker, defaults={"looked_at": clock.now()}
    )
    before = (row.waits_for_maker, row.disabled_reason, frozenset(row.requirements))
    for name in KEPT:
        setattr(row, name, getattr(found, name))
    row.requirements, row.looked_at = list(found.requirements), clock.now()
    row.save()
    if row.waits_for_maker and before != (True, row.disabled_reason, frozenset(row.requirements)):
        key = f"account:{maker.pk}:{row.looked_at.isoformat()}"
        outbox.post(topic="payments.tell_account", key=key, payload={"maker": maker.pk})
    return row


def look_at_account(payload: dict) -> None:
    """Outbox: Stripe says that an account changed. Raises GatewayError, Unreachable."""
    maker = Maker.objects.filter(stripe_account=payload["account"]).exclude(stripe_account="").first()
    if maker is not None:
        look_at(maker)


def bank_payouts(maker: Maker) -> list[gateway.Payout]:
    """The newest payments from the maker's account at Stripe to its bank. Raises GatewayError, Unreachable."""
    return gateway.payouts_of(maker.stripe_account, most=SHOWN_PAYOUTS) if maker.stripe_account else []
