"""The only package that speaks to Stripe: plain results in, plain results out, amounts in integer cents."""

from .accounts import (
    Account,
    Payout,
    Transfer,
    account_dashboard_address,
    create_account,
    find_reversal,
    find_transfer,
    onboarding_address,
    payouts_of,
    retrieve_account,
    retrieve_payout,
    retrieve_transfer,
    reverse_transfer,
    transfer,
)
from .books import Dispute, Movement, balance, movements_of, movements_since, retrieve_dispute, submit_dispute_evidence
from .connection import KEY_REMEMBERED, GatewayError, Unreachable, client, is_live, is_standin
from .customers import (
    SavedCard,
    create_customer,
    create_customer_session,
    detach_payment_method,
    payment_methods_of,
)
from .events import BadEvent, Event, construct_event
from .payments import (
    Intent,
    Refund,
    cancel_intent,
    create_intent,
    give_intent_to_customer,
    list_refunds,
    refund,
    retrieve_intent,
    retrieve_refund,
)
from .taxes import TaxAnswer, TaxedLine, TaxLine, calculate_tax, commit_tax, reverse_tax

__all__ = [
    "KEY_REMEMBERED", "Account", "BadEvent", "Dispute", "Event", "GatewayError", "Intent", "Movement", "Payout",
    "Refund", "SavedCard", "TaxAnswer", "TaxLine", "TaxedLine", "Transfer", "Unreachable",
    "account_dashboard_address", "balance", "calculate_tax", "cancel_intent", "client", "commit_tax",
    "construct_event", "create_account", "create_customer", "create_customer_session", "create_intent",
    "detach_payment_method", "find_reversal", "find_transfer", "give_intent_to_customer", "is_live", "is_standin",
    "list_refunds", "movements_of", "movements_since", "onboarding_address", "payment_methods_of", "payouts_of",
    "refund", "retrieve_account", "retrieve_dispute", "retrieve_intent", "retrieve_payout", "retrieve_refund",
    "retrieve_transfer", "reverse_tax", "reverse_transfer", "submit_dispute_evidence", "transfer",
]  # fmt: skip
