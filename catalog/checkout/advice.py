"""What to do when a payment was declined, by Stripe's word for the reason; Stripe's own message says what happened.

A lost, stolen or suspected card is not called so: whoever holds it must not learn it here
(Stripe's guide to decline codes asks for this).
"""

import json

from django.utils.translation import gettext as _


def advice() -> dict[str, str]:
    """A sentence for each of Stripe's error and decline codes that a shopper can do something about."""
    bank = _("Use another card, or call the number on the back of your card: only your bank knows why.")
    other = _("Use another card.")
    again = _("Wait a minute, then try again with the same card, or use another.")
    return {
        "card_declined": bank,
        "generic_decline": bank,
        "do_not_honor": bank,
        "call_issuer": bank,
        "insufficient_funds": _("Use another card, or try again once there is enough on this one."),
        "card_velocity_exceeded": _("Use another card, or ask your bank to raise the limit."),
        "withdrawal_count_limit_exceeded": _("Use another card, or ask your bank to raise the limit."),
        "expired_card": _("Check the date that you typed, or use another card."),
        "invalid_expiry_month": _("Check the date that you typed, or use another card."),
        "invalid_expiry_year": _("Check the date that you typed, or use another card."),
        "incorrect_number": _("Compare the number with your card and type it again."),
        "invalid_number": _("Compare the number with your card and type it again."),
        "incorrect_cvc": _("Type the three digits on the back of your card again (American Express: four in front)."),
        "invalid_cvc": _("Type the three digits on the back of your card again (American Express: four in front)."),
        "incorrect_zip": _("Type the ZIP code of the address that your bank sends statements to."),
        "card_not_supported": other,
        "currency_not_supported": other,
        "test_mode_live_card": _("Use one of the test cards."),
        "processing_error": again,
        "try_again_later": again,
        "reenter_transaction": again,
        "issuer_not_available": again,
        "authentication_required": _("Try again and confirm the payment with your bank."),
        "payment_intent_authentication_failure": _(
            "Try again and confirm the payment in your bank's window or app, or use another card."
        ),
    }


def advice_json() -> str:
    """The advice for checkout.js, which shows it beside Stripe's message."""
    return json.dumps(advice())


def advice_for(code: str) -> str:
    """What to do about one error or decline code."""
    return advice().get(code) or _("Try again or use another card.")
