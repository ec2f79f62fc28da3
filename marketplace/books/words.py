"""Plain names: accounts of the ledger, kinds of trouble, what a bank is told."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.payments import ledger
from marketplace.payments.models import AttemptStatus, Dispute, DisputeOutcome


@dataclass(frozen=True)
class Account:
    """What an account is called, and what stands on it."""

    name: str
    meaning: str


ACCOUNTS = {
    ledger.STRIPE: Account(_("Held at Stripe"), _("Our balance there: what shoppers paid, less what left.")),
    ledger.BANK: Account(_("Sent to the bank"), _("What Stripe paid out to the operator's bank account.")),
    ledger.MAKERS: Account(_("Owed to makers"), _("Their shares, until they are paid out.")),
    ledger.TAX: Account(_("Sales tax payable"), _("Collected from shoppers, to be paid to the states.")),
    ledger.REFUNDS_DUE: Account(_("Refunds due"), _("Payments that can't be fulfilled, on their way back.")),
    ledger.FEES: Account(_("Marketplace fees"), _("What the marketplace keeps of makers' sales.")),
    ledger.STRIPE_FEES: Account(_("Stripe's fees"), _("What Stripe takes for payments and disputes.")),
    ledger.DISPUTES: Account(_("Disputes"), _("What banks took back; what was won or charged to a maker is off it.")),
    ledger.PROMOTIONS: Account(_("Promotions"), _("What vouchers of the marketplace took off prices.")),
    ledger.EXPLAINED: Account(_("Explained"), _("What Stripe had beyond our books, with a word of why.")),
}
ATTEMPTS = {
    AttemptStatus.OPEN: _("Waiting for payment"),
    AttemptStatus.PAID: _("Paid"),
    AttemptStatus.EXPIRED: _("Not paid in time"),
    AttemptStatus.REFUNDED: _("Given back"),
    AttemptStatus.FOR_PEOPLE: _("A person decides"),
}
EVIDENCE = {
    "customer_name": _("Name of the customer"),
    "customer_email_address": _("E-mail of the customer"),
    "shipping_address": _("Shipping address"),
    "product_description": _("What was bought"),
    "shipping_carrier": _("Carrier"),
    "shipping_tracking_number": _("Tracking numbers"),
    "shipping_date": _("Day of shipping"),
    "uncategorized_text": _("What happened, in your words"),
}
DISPUTE_REASONS = {
    "bank_cannot_process": _("The bank can't process it"),
    "credit_not_processed": _("A refund is missing"),
    "customer_initiated": _("The customer asked the bank"),
    "debit_not_authorized": _("The debit was not allowed"),
    "duplicate": _("Charged twice"),
    "fraudulent": _("The cardholder did not buy it"),
    "general": _("No reason given"),
    "incorrect_account_details": _("Wrong account details"),
    "insufficient_funds": _("Not enough money on the account"),
    "product_not_received": _("The pieces did not arrive"),
    "product_unacceptable": _("The pieces are not as described"),
    "subscription_canceled": _("A subscription had ended"),
    "unrecognized": _("The cardholder does not recognize it"),
}
TO_ANSWER, WITH_THE_BANK = _("To answer"), _("With the bank")


def state_of_dispute(dispute: Dispute):
    """How far it has come, in words."""
    if dispute.outcome != DisputeOutcome.OPEN:
        return DisputeOutcome(dispute.outcome).label
    return WITH_THE_BANK if dispute.answered_at else TO_ANSWER
