"""Cards as typed: checked, described, and charged as Stripe's test cards are."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from .card_table import CARDS, MESSAGES, Behaviour
from .errors import ApiError, bad_param, card_error, missing_param

DEBIT = ("4000056655665556", "5200828282828210", "6011981111111113", "6200000000000047")
PREPAID = "5105105105105100"


def luhn_ok(number: str) -> bool:
    """Whether a card number's check digit is right (ISO/IEC 7812-1)."""
    if not number.isascii() or not number.isdigit() or not 12 <= len(number) <= 19:
        return False
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[1::2]]
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0


def brand_of(number: str) -> str:
    """The network, from the first digits."""
    if number.startswith(("34", "37")):
        return "amex"
    if number.startswith("35"):
        return "jcb"
    if number.startswith(("30", "36", "38")):
        return "diners"
    if number.startswith("4"):
        return "visa"
    if number.startswith("62"):
        return "unionpay"
    if number.startswith("6"):
        return "discover"
    return "mastercard"


def funding_of(number: str) -> str:
    """Credit, unless it is one of the test cards that are published as debit or prepaid."""
    if number in DEBIT:
        return "debit"
    return "prepaid" if number == PREPAID else "credit"


def behaviour_of(number: str) -> Behaviour:
    """What a card does; a valid number that is no test card is declined, as in Stripe's test mode."""
    return CARDS.get(number) or Behaviour(number, "card_declined", "test_mode_live_card")


def declined(card: Behaviour) -> ApiError | None:
    """The error that charging a card gives, or None if it succeeds."""
    if card.code is None:
        return None
    param = {"incorrect_cvc": "cvc", "expired_card": "exp_month", "incorrect_number": "number"}.get(card.code)
    message = MESSAGES.get(card.decline_code or "", MESSAGES[card.code])
    if card.decline_code == "test_mode_live_card":
        message = "Your card was declined. Only test cards are accepted here."
    return card_error(message, code=card.code, param=param, decline_code=card.decline_code)


def card_details(raw: Any, now: float) -> tuple[dict[str, Any], str]:
    """Check a card as typed; give Stripe's `card` hash and the number.

    `now` is in UTC seconds. Raises card errors (402) for what the cardholder can correct.
    """
    if not isinstance(raw, dict):
        raise missing_param("card")
    for name in ("number", "exp_month", "exp_year"):
        if not raw.get(name):
            raise missing_param(f"card[{name}]")
    number = str(raw["number"]).replace(" ", "")
    if not luhn_ok(number) and number not in CARDS:
        raise card_error(MESSAGES["incorrect_number"], code="incorrect_number", param="number")
    month, year = _expiry(raw, now)
    cvc = raw.get("cvc")
    if cvc is not None and not _cvc_ok(str(cvc), number):
        raise card_error(MESSAGES["invalid_cvc"], code="invalid_cvc", param="cvc")
    brand = brand_of(number)
    return {
        "brand": brand,
        "checks": {
            "address_line1_check": None,
            "address_postal_code_check": None,
            "cvc_check": "unchecked" if cvc else None,
        },
        "country": "US",
        "display_brand": "american_express" if brand == "amex" else brand,
        "exp_month": month,
        "exp_year": year,
        "fingerprint": hashlib.sha256(f"stand-in {number}".encode()).hexdigest()[:16],
        "funding": funding_of(number),
        "generated_from": None,
        "last4": number[-4:],
        "networks": {"available": [brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }, number


def _expiry(raw: dict[str, Any], now: float) -> tuple[int, int]:
    try:
        month, year = int(raw["exp_month"]), int(raw["exp_year"])
    except (TypeError, ValueError):
        raise bad_param("Invalid integer in the card's expiry", "card[exp_month]") from None
    year += 2000 if year < 100 else 0
    today = datetime.fromtimestamp(now, UTC)
    if not 1 <= month <= 12:
        raise card_error(MESSAGES["invalid_expiry_month"], code="invalid_expiry_month", param="exp_month")
    if year < today.year or year > today.year + 50:
        raise card_error(MESSAGES["invalid_expiry_year"], code="invalid_expiry_year", param="exp_year")
    if year == today.year and month < today.month:
        raise card_error(MESSAGES["invalid_expiry_month"], code="invalid_expiry_month", param="exp_month")
    return month, year


def _cvc_ok(cvc: str, number: str) -> bool:
    lengths = (3, 4) if brand_of(number) == "amex" else (3,)
    return cvc.isascii() and cvc.isdigit() and len(cvc) in lengths
