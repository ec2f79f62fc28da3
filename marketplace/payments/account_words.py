"""What Stripe asks of a maker, why an account rests and why a bank sent money back, in plain words.

Stripe's ids: https://docs.stripe.com/api/accounts/object (requirements), https://docs.stripe.com/payouts (failures).
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

# The first entry with a part in an id names what is asked for; so the narrower ones come first.
ASKED = (
    ("external_account", _("A bank account for your payouts")),
    ("tos_acceptance", _("Your agreement to Stripe's terms")),
    ("company.verification", _("A document about the business, such as its registration")),
    ("verification.additional_document", _("A second document with your address, such as a utility bill")),
    ("verification", _("A photo of an identity document")),
    ("tax_id", _("The tax number of the business (EIN)")),
    ("id_number", _("Your tax number (SSN or ITIN)")),
    ("ssn_last_4", _("The last four digits of your Social Security number")),
    ("dob", _("Your date of birth")),
    ("company.name", _("The legal name of the business")),
    ("first_name", _("Your name as it stands in your papers")),
    ("last_name", _("Your name as it stands in your papers")),
    ("address", _("Your address")),
    ("phone", _("Your phone number")),
    ("email", _("Your e-mail address")),
    ("business_type", _("Whether you are a person or a company")),
    ("business_profile", _("What you sell, and where")),
    ("owners", _("Who owns and runs the business")),
    ("directors", _("Who owns and runs the business")),
    ("executives", _("Who owns and runs the business")),
    ("relationship", _("Who owns and runs the business")),
    ("representative", _("Who owns and runs the business")),
)
SOMETHING = _("More details; Stripe's page names them")
RESTS = (
    ("requirements.pending_verification", _("Stripe checks what you sent. You need do nothing now.")),
    ("requirements", _("Stripe needs what is listed here before money can move.")),
    ("action_required", _("Stripe needs what is listed here before money can move.")),
    ("under_review", _("Stripe looks at the account. You need do nothing now.")),
    ("listed", _("Stripe checks the account against lists that the law prescribes. You need do nothing now.")),
    ("platform_paused", _("We paused the account. Write to us.")),
    ("rejected", _("Stripe closed the account. Write to us; we find out with you what can be done.")),
)  # fmt: skip
RESTS_OTHERWISE = _("Stripe holds the account. Its page says why.")
SENT_BACK = {
    "account_closed": _("the bank account was closed"),
    "account_frozen": _("the bank account is frozen"),
    "bank_account_restricted": _("the bank account takes no such payments"),
    "debit_not_authorized": _("the bank account takes no such payments"),
    "incorrect_account_holder_name": _("the name on the bank account is another one"),
    "invalid_account_number": _("the bank does not know the account number"),
    "no_account": _("the bank does not know the account number"),
}
SENT_BACK_OTHERWISE = _("the bank did not take it")
ON_THE_WAY = {
    "paid": _("arrived"), "pending": _("on its way"), "in_transit": _("on its way"), "canceled": _("canceled"),
    "failed": _("sent back by the bank"),
}  # fmt: skip


def asked_for(requirements: Iterable[str]) -> list[str]:
    """What a maker has to give, each thing once, from Stripe's ids such as `individual.dob.day`."""
    words = (next((text for part, text in ASKED if part in name), SOMETHING) for name in requirements)
    return list(dict.fromkeys(str(text) for text in words))


def why_it_rests(disabled_reason: str) -> str:
    """Why no money moves, "" where it does."""
    if not disabled_reason:
        return ""
    return str(next((text for start, text in RESTS if disabled_reason.startswith(start)), RESTS_OTHERWISE))


def why_sent_back(failure_code: str) -> str:
    return str(SENT_BACK.get(failure_code, SENT_BACK_OTHERWISE))
