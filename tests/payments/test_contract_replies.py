"""What the stand-in answers has exactly the fields that Stripe describes, less the reviewed list below."""

import pytest

from marketplace.payments.standin.routes import ROUTES
from tests.standin.running import Running

from . import openapi
from .journey import walk

# our own stripe.js asks these; the real one's addresses are not published
OWN = "/v1/elements/"


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    with Running(tmp_path_factory.mktemp("standin") / "stripe.sqlite3") as standin:
        return walk(standin)


@pytest.fixture(scope="module")
def good(answers):
    return [(method, path, body) for method, path, status, body in answers if status == 200]


def test_every_endpoint_was_asked(good):
    asked = {(method, path) for method, path, _ in good}
    for route in ROUTES:
        if OWN not in route.address.pattern:
            assert any(route.method == method and route.address.match(path) for method, path in asked), route


def test_replies_fit_the_published_description(good):
    found = {
        f"{method} {path}: {text}"
        for method, path, body in good
        for text in openapi.misfits(body, openapi.reply_schema(method, path))
    }
    assert found == set()


# one hash per way to pay (or kind of account); the stand-in knows cards, and card payments or transfers
ONE_OF_MANY = {
    "account_capabilities", "dispute_payment_method_details", "payment_intent_next_action",
    "payment_intent_payment_method_options", "payment_method", "payment_method_details", "refund_destination_details",
}  # fmt: skip
# Stripe leaves these out of such replies too: shown when asked for, when they apply, or for features not used here
LEFT_OUT = {
    # only when expanded
    "charge": "refunds", "tax.calculation": "line_items", "tax.calculation_line_item": "tax_breakdown",
    "tax.transaction": "line_items",
    # only where they apply: an error's, a failed refund's, an event's of a connected account or of a change
    "api_errors": "advice_code network_advice_code network_decline_code param payment_intent payment_method_type"
    " request_log_url setup_intent source",
    "refund": "description failure_balance_transaction failure_reason instructions_email next_action pending_reason"
    " presentment_details",
    "event": "account context", "notification_event_data": "previous_attributes", "charge_outcome": "rule",
    "balance": "connect_reserved instant_available issuing", "balance_amount": "source_types",
    "account_tos_acceptance": "service_agreement", "payment_method_details_card": "capture_before",
    "three_d_secure_details_charge": "exemption_indicator_applied", "refund_destination_details_card": "reference",
    "transfer_schedule": "monthly_anchor monthly_payout_days weekly_anchor weekly_payout_days",
    "charge_fraud_details": "stripe_report user_report", "bank_account": "customer",
    # hashes of a person or company, which an Express platform is not shown
    "account": "company groups individual", "account_business_profile": "monthly_estimated_revenue",
    # features that are not switched on: invoices, subscriptions, multicapture, other currencies, Radar sessions
    "account_settings": "bacs_debit_payments card_issuing invoices sepa_debit_payments treasury",
    "balance_amount_by_source_type": "bank_account fpx",
    "customer": "business_name cash_balance individual_name invoice_credit_balance sources subscriptions tax tax_ids",
    "dispute_enhanced_eligibility": "visa_compelling_evidence_3 visa_compliance",
    "dispute_enhanced_evidence": "visa_compelling_evidence_3 visa_compliance",
    "payment_flows_amount_details": "discount_amount error line_items shipping tax",
    "payment_flows_amount_details_client_resource_tip": "amount",
    "payment_intent": "hooks managed_payments payment_details presentment_details",
    "payment_intent_payment_method_options_card": "capture_method request_extended_authorization"
    " request_incremental_authorization request_multicapture request_overcapture require_cvc_recollection"
    " setup_future_usage statement_descriptor_suffix_kana statement_descriptor_suffix_kanji",
    "radar_radar_options": "session",
    "tax_product_resource_tax_calculation_shipping_cost": "shipping_rate tax_breakdown",
    "tax_product_resource_tax_transaction_shipping_cost": "shipping_rate",
}  # fmt: skip
CHARGE = {"charge.transfer", "charge.presentment_details"}  # destination charges and other currencies


def test_replies_lack_nothing_but_what_was_reviewed(good):
    lacking = {
        field for method, path, body in good for field in openapi.absent(body, openapi.reply_schema(method, path))
    }
    reviewed = {f"{name}.{field}" for name, fields in LEFT_OUT.items() for field in fields.split()} | CHARGE
    found = {field for field in lacking if field.rpartition(".")[0] not in ONE_OF_MANY}
    assert found == reviewed


def test_the_card_is_always_told_of(good):
    for _, path, body in good:
        for item in body["data"] if body["object"] == "list" else [body]:
            if item.get("object") == "charge":
                assert item["payment_method_details"]["card"]["last4"], path
            if item.get("object") == "payment_method":
                assert item["card"]["last4"], path


def test_events_carry_objects_of_the_same_shape(good):
    schemas = openapi.spec()["components"]["schemas"]
    events = [item for _, path, body in good if path == "/v1/events" for item in body["data"]]
    kinds = {event["data"]["object"]["object"] for event in events}
    assert kinds > {"payment_intent", "charge", "refund", "transfer", "dispute", "payout", "account", "customer"}
    found = set()
    for event in events:
        changed = event["data"]["object"]
        assert changed["object"] in schemas
        reference = {"$ref": f"#/components/schemas/{changed['object']}"}
        found |= {f"{event['type']}: {text}" for text in openapi.misfits(changed, reference)}
    assert found == set()


def test_errors_have_stripes_shape(answers):
    errors = [body["error"] for _, _, status, body in answers if status >= 400]
    assert errors
    for error in errors:
        assert openapi.misfits(error, {"$ref": "#/components/schemas/api_errors"}) == []
