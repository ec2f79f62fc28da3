"""What an entry of the ledger says, in the reader's language: the ledger itself keeps its English words for good."""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# The first that fits speaks. `what` is the name of a kind of refund, `why` are words that somebody wrote.
SENTENCES = (
    (re.compile(r"Order (?P<number>\S+) paid"), _("Order %(number)s paid")),
    (re.compile(r"Order (?P<number>\S+) paid, can't be fulfilled"), _("Order %(number)s paid, can't be fulfilled")),
    (re.compile(r"Order (?P<number>\S+) paid out"), _("Order %(number)s paid out")),
    (re.compile(r"Order (?P<number>\S+) returned in full"), _("Order %(number)s returned in full")),
    (re.compile(r"Order (?P<number>\S+) returned by the bank"), _("Order %(number)s returned by the bank")),
    (re.compile(r"Order (?P<number>\S+): a refund came back"), _("Order %(number)s: a refund came back")),
    (re.compile(r"Order (?P<number>\S+): share taken back"), _("Order %(number)s: share taken back")),
    (re.compile(r"Order (?P<number>\S+): (?P<what>.+)"), _("Order %(number)s: %(what)s")),
    (re.compile(r"Owed for order (?P<owed>\S+), kept from order (?P<number>\S+)"),
     _("Owed for order %(owed)s, kept from order %(number)s")),
    (re.compile(r"Dispute of order (?P<number>\S+): (?P<why>.+)", re.DOTALL),
     _("Dispute of order %(number)s: %(why)s")),
    (re.compile(r"Stripe's fee"), _("Stripe's fee")),
    (re.compile(r"Stripe: payout (?P<id>\S+)"), _("Stripe paid out to our bank: %(id)s")),
    (re.compile(r"Stripe: payout_failure (?P<id>\S+)"), _("A payout to our bank failed: %(id)s")),
    (re.compile(r"Stripe: payout_cancel (?P<id>\S+)"), _("A payout to our bank was canceled: %(id)s")),
    (re.compile(r"Stripe: dispute (?P<id>\S+)"), _("Stripe took the sum of a dispute and its fee: %(id)s")),
    (re.compile(r"Stripe: dispute_reversal (?P<id>\S+)"), _("Stripe gave back the sum of a dispute: %(id)s")),
)  # fmt: skip


def in_words(description: str) -> str:
    """An entry's description in the active language; one that no sentence fits is given as it is."""
    for pattern, sentence in SENTENCES:
        if found := pattern.fullmatch(description):
            parts = found.groupdict()
            if "what" in parts:
                parts["what"] = gettext(parts["what"])
            return sentence % parts
    return description
