"""Stripe's published test cards of the United States and its test payment methods, and what each of them does."""

from __future__ import annotations

from dataclasses import dataclass

MESSAGES = {
    "card_declined": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "card_velocity_exceeded": "Your card was declined for making repeated attempts too frequently"
    " or exceeding its amount limit.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
    "incorrect_number": "Your card number is incorrect.",
    "incorrect_zip": "Your card's postal code is incorrect.",
    "invalid_expiry_month": "Your card's expiration month is invalid.",
    "invalid_expiry_year": "Your card's expiration year is invalid.",
    "invalid_cvc": "Your card's security code is invalid.",
}


@dataclass(frozen=True)
class Behaviour:
    """What happens to a payment with a card.

    code/decline_code: the error on charging (None: succeeds); secure: asks for 3-D Secure first;
    once: only until it was set up for a customer; lookup_fails: 3-D Secure can't be done at all;
    attaches: may be kept by a customer though charging fails; disputes: reasons of disputes opened later;
    warned: the network warns of fraud; refund: `pending` or `failed` settle later;
    instant: the funds are available at once; risk: Radar's level; failed_checks: what of cvc, line1, zip
    does not fit; unchecked: the bank checks no address.
    """

    number: str
    code: str | None = None
    decline_code: str | None = None
    secure: bool = False
    once: bool = False
    lookup_fails: bool = False
    attaches: bool = False
    disputes: tuple[str, ...] = ()
    warned: bool = False
    refund: str | None = None
    instant: bool = False
    risk: str = "normal"
    failed_checks: tuple[str, ...] = ()
    unchecked: bool = False


def _declined(number: str, decline_code: str, *, attaches: bool = False, secure: bool = False) -> Behaviour:
    return Behaviour(number, "card_declined", decline_code, attaches=attaches, secure=secure)


PLAIN = (
    "4242424242424242", "4000056655665556", "5555555555554444", "2223003122003222", "5200828282828210",
    "5105105105105100", "378282246310005", "371449635398431", "6011111111111117", "6011000990139424",
    "6011981111111113", "3056930009020004", "36227206271667", "6555900000604105", "3566002020360505",
    "6200000000000005", "6200000000000047", "6205500000000000004",
)  # fmt: skip
CARDS = {
    card.number: card
    for card in [
        *[Behaviour(number) for number in PLAIN],
        # 3-D Secure
        Behaviour("4000002500003155", secure=True, once=True), Behaviour("4000002760003184", secure=True),
        Behaviour("4000003800000446"), Behaviour("4000000000003220", secure=True),
        Behaviour("4000000000003063", secure=True), Behaviour("4000000000003055"), Behaviour("4000000000003097"),
        Behaviour("4000008400001280", "card_declined", "processing_error", lookup_fails=True),
        _declined("4000008400001629", "generic_decline", secure=True),
        _declined("4000008260003178", "insufficient_funds", secure=True),
        # declined
        _declined("4000000000000002", "generic_decline"), _declined("4000000000009995", "insufficient_funds"),
        _declined("4000000000009987", "lost_card"), _declined("4000000000009979", "stolen_card"),
        _declined("4000000000006975", "card_velocity_exceeded"),
        _declined("4000000000000341", "generic_decline", attaches=True),
        Behaviour("4000000000000069", "expired_card"), Behaviour("4000000000000127", "incorrect_cvc"),
        Behaviour("4000000000000119", "processing_error"), Behaviour("4242424242424241", "incorrect_number"),
        # Radar and checks
        Behaviour("4100000000000019", "card_declined", "fraudulent", risk="highest"),
        Behaviour("4000000000004954", risk="highest"), Behaviour("4000000000009235", risk="elevated"),
        Behaviour("4000000000000101", failed_checks=("cvc",)), Behaviour("4000000000000036", failed_checks=("zip",)),
        Behaviour("4000000000000028", failed_checks=("line1",)),
        Behaviour("4000000000000010", failed_checks=("line1", "zip")),
        Behaviour("4000000000000044", unchecked=True),
        # disputes and warnings
        Behaviour("4000000000000259", disputes=("fraudulent",)),
        Behaviour("4000000000002685", disputes=("product_not_received",)),
        Behaviour("4000000000001976", disputes=("inquiry",)),
        Behaviour("4000000000005423", warned=True),
        Behaviour("4000000404000079", disputes=("fraudulent", "product_not_received")),
        # refunds and funds
        Behaviour("4000000000007726", refund="pending"), Behaviour("4000000000005126", refund="failed"),
        Behaviour("4000000000000077", instant=True),
    ]
}  # fmt: skip

NAMED = {
    "pm_card_visa": "4242424242424242",
    "pm_card_visa_debit": "4000056655665556",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_mastercard_debit": "5200828282828210",
    "pm_card_mastercard_prepaid": "5105105105105100",
    "pm_card_amex": "378282246310005",
    "pm_card_discover": "6011111111111117",
    "pm_card_diners": "36227206271667",
    "pm_card_jcb": "3566002020360505",
    "pm_card_unionpay": "6200000000000005",
    "pm_card_us": "4242424242424242",
    "pm_card_authenticationRequiredOnSetup": "4000002500003155",
    "pm_card_authenticationRequired": "4000002760003184",
    "pm_card_authenticationRequiredSetupForOffSession": "4000003800000446",
    "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds": "4000008260003178",
    "pm_card_threeDSecure2Required": "4000000000003220",
    "pm_card_threeDSecureRequired": "4000000000003063",
    "pm_card_threeDSecureRequiredProcessingError": "4000008400001280",
    "pm_card_threeDSecureOptional": "4000000000003055",
    "pm_card_threeDSecureOptionalProcessingError": "4000000000003097",
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
    "pm_card_riskLevelHighest": "4000000000004954",
    "pm_card_riskLevelElevated": "4000000000009235",
    "pm_card_cvcCheckFail": "4000000000000101",
    "pm_card_avsZipFail": "4000000000000036",
    "pm_card_avsLine1Fail": "4000000000000028",
    "pm_card_avsFail": "4000000000000010",
    "pm_card_avsUnchecked": "4000000000000044",
    "pm_card_createDispute": "4000000000000259",
    "pm_card_createDisputeProductNotReceived": "4000000000002685",
    "pm_card_createDisputeInquiry": "4000000000001976",
    "pm_card_createIssuerFraudRecord": "4000000000005423",
    "pm_card_createMultipleDisputes": "4000000404000079",
    "pm_card_bypassPending": "4000000000000077",
    "pm_card_pendingRefund": "4000000000007726",
    "pm_card_refundFail": "4000000000005126",
}
