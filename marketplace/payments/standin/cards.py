"""Stripe's published test cards and test payment methods, and what each of them does."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .errors import ApiError, bad_param, card_error, missing_param

MESSAGES = {
    "card_declined": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
    "incorrect_number": "Your card number is incorrect.",
    "invalid_expiry_month": "Your card's expiration month is invalid.",
    "invalid_expiry_year": "Your card's expiration year is invalid.",
    "invalid_cvc": "Your card's security code is invalid.",
}


@dataclass(frozen=True)
class Behaviour:
    """What happens to a payment with a card.

    code/decline_code: the error on charging (None: succeeds); secure: asks for 3-D Secure first;
    dispute: reason of a dispute opened later; refund: `pending` or `failed` settle later;
    instant: the funds are available at once.
    """

    number: str
    code: str | None = None
    decline_code: str | None = None
    secure: bool = False
    dispute: str | None = None
    refund: str | None = None
    instant: bool = False


def _declined(number: str, decline_code: str) -> Behaviour:
    return Behaviour(number, "card_declined", decline_code)


CARDS = {
    card.number: card
    for card in [
        Behaviour("4242424242424242"), Behaviour("4000056655665556"), Behaviour("5555555555554444"),
        Behaviour("2223003122003222"), Behaviour("5200828282828210"), Behaviour("378282246310005"),
        Behaviour("371449635398431"), Behaviour("6011111111111117"), Behaviour("3056930009020004"),
        Behaviour("3566002020360505"), Behaviour("4000000000003055"),
        Behaviour("4000002500003155", secure=True), Behaviour("4000002760003184", secure=True),
        Behaviour("4000000000003220", secure=True), Behaviour("4000000000003063", secure=True),
        Behaviour("4000008400001629", "card_declined", "generic_decline", secure=True),
        _declined("4000000000000002", "generic_decline"), _declined("4000000000009995", "insufficient_funds"),
        _declined("4000000000009987", "lost_card"), _declined("4000000000009979", "stolen_card"),
        _declined("4000000000006975", "card_velocity_exceeded"), _declined("4000000000000341", "generic_decline"),
        _declined("4100000000000019", "fraudulent"),
        Behaviour("4000000000000069", "expired_card"), Behaviour("4000000000000127", "incorrect_cvc"),
        Behaviour("4000000000000119", "processing_error"),
        Behaviour("4242424242424241", "incorrect_number"),
        Behaviour("4000000000000259", dispute="fraudulent"),
        Behaviour("4000000000002685", dispute="product_not_received"),
        Behaviour("4000000000000077", instant=True),
        Behaviour("4000000000007726", refund="pending"), Behaviour("4000000000005126", refund="failed"),
    ]
}  # fmt: skip

NAMED = {
    "pm_card_visa": "4242424242424242",
    "pm_card_visa_debit": "4000056655665556",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_amex": "378282246310005",
    "pm_card_discover": "6011111111111117",
    "pm_card_authenticationRequiredOnSetup": "4000002500003155",
    "pm_card_authenticationRequired": "4000002760003184",
    "pm_card_threeDSecure2Required": "4000000000003220",
    "pm_card_threeDSecureRequired": "4000000000003063",
    "pm_card_threeDSecureOptional": "4000000000003055",
    "pm_card_threeDSecureRequiredChargeDeclined": "4000008400001629",
    "pm_card_visa_chargeDeclined": "4000000000000002",
    "pm_card_chargeDeclined": "4000000000000002",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_visa_chargeDeclinedLostCard": "4000000000009987",
    "pm_card_visa_chargeDeclinedStolenCard": "4000000000009979",
    "pm_card_chargeDeclinedExpiredCard": "4000000000000069",
    "pm_card_chargeDeclinedIncorrectCvc": "4000000000000127",
    "pm_card_chargeDeclinedProcessingError": "4000000000000119",
    "pm_card_visa_chargeDeclinedVelocityLimitExceeded": "4000000000006975",
    "pm_card_chargeCustomerFail": "4000000000000341",
    "pm_card_radarBlock": "4100000000000019",
    "pm_card_createDispute": "4000000000000259",
    "pm_card_createDisputeProductNotReceived": "4000000000002685",
    "pm_card_bypassPending": "4000000000000077",
    "pm_card_pendingRefund": "4000000000007726",
    "pm_card_refundFail": "4000000000005126",
}


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
    if number.startswith("6"):
        return "discover"
    return "mastercard"


def behaviour_of(number: str) -> Behaviour:
    """What a card does; a valid number that is no test card is declined, as in Stripe's test mode."""
    return CARDS.get(number) or _declined(number, "test_mode_live_card")


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
        "funding": "debit" if number == "4000056655665556" else "credit",
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
