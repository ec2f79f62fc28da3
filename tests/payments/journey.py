"""One journey through every endpoint of the stand-in, with each answer kept as it came over the wire."""

import json
from urllib.parse import urlsplit

import stripe

from tests.standin.running import http

BACK = "http://shop.example/back"
LINES = [
    {"amount": 5000, "reference": "1", "tax_code": "txcd_20030000", "tax_behavior": "exclusive"},
    {"amount": 333, "reference": "2", "tax_code": "txcd_20030000", "tax_behavior": "exclusive"},
]
PLACE = {"line1": "1 Main St", "city": "Los Angeles", "state": "CA", "postal_code": "90012", "country": "US"}


class Recorder(stripe.RequestsClient):
    """Stripe's own HTTP client, which also keeps (method, path, status, body)."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def request(self, method, url, headers, post_data=None):
        body, status, got = super().request(method, url, headers, post_data)
        self.seen.append((method.upper(), urlsplit(url).path, status, json.loads(body)))
        return body, status, got


def walk(standin) -> list[tuple[str, str, int, dict]]:
    """Use everything once; gives what was answered."""
    recorder = Recorder()
    v1 = standin.client_with("sk_test_standin", http_client=recorder).v1
    customer = _customers(v1)
    account = _accounts(standin, v1)
    charge = _payments(standin, v1, customer)
    _money_back(standin, v1, charge, account)
    _disputes(standin, v1)
    _books(standin, v1, account)
    _taxes(v1)
    return recorder.seen


def _pay(v1, card="pm_card_visa", **more):
    return v1.payment_intents.create(
        {"amount": 5000, "currency": "usd", "payment_method": card, "confirm": True, "return_url": BACK, **more}
    )


def _customers(v1):
    customer = v1.customers.create({"email": "sam@example.org", "name": "Sam", "metadata": {"user": "1"}}).id
    v1.customers.update(customer, {"phone": "2135550123", "address": PLACE})
    v1.customers.retrieve(customer)
    v1.customers.list()
    method = v1.payment_methods.create(
        {"type": "card", "card": {"number": "4242424242424242", "exp_month": 12, "exp_year": 2040, "cvc": "123"}}
    ).id
    v1.payment_methods.attach(method, {"customer": customer})
    v1.payment_methods.retrieve(method)
    v1.payment_methods.list({"customer": customer, "type": "card"})
    v1.customers.payment_methods.list(customer)
    v1.customers.payment_methods.retrieve(customer, method)
    v1.customer_sessions.create(
        {"customer": customer, "components": {"payment_element": {"enabled": True, "features": {
            "payment_method_redisplay": "enabled", "payment_method_save": "enabled",
            "payment_method_save_usage": "on_session", "payment_method_remove": "enabled"}}}}
    )  # fmt: skip
    v1.payment_methods.detach(v1.payment_methods.attach("pm_card_mastercard", {"customer": customer}).id)
    return customer


def _accounts(standin, v1):
    account = v1.accounts.create(
        {"type": "express", "country": "US", "email": "ana@example.org", "business_profile": {"name": "Ana"},
         "capabilities": {"transfers": {"requested": True}}}
    ).id  # fmt: skip
    v1.account_links.create({"account": account, "type": "account_onboarding", "refresh_url": BACK, "return_url": BACK})
    standin.hook("account", account=account, enabled=True)
    v1.accounts.retrieve(account)
    v1.accounts.update(account, {"metadata": {"maker": "1"}})
    v1.accounts.list()
    v1.accounts.login_links.create(account)
    return account


def _payments(standin, v1, customer):
    waiting = v1.payment_intents.create({"amount": 5000, "currency": "usd", "metadata": {"attempt": "1"}})
    v1.payment_intents.update(waiting.id, {"customer": customer})
    try:
        v1.payment_intents.confirm(waiting.id, {"payment_method": "pm_card_chargeDeclined", "return_url": BACK})
    except stripe.CardError:
        v1.payment_intents.retrieve(waiting.id, {"expand": ["latest_charge"]})
    v1.payment_intents.confirm(waiting.id, {"payment_method": "pm_card_authenticationRequired", "return_url": BACK})
    page = v1.payment_intents.retrieve(waiting.id).next_action.redirect_to_url.url
    http("POST", page, {"outcome": "complete"})
    v1.payment_intents.retrieve(waiting.id, {"expand": ["latest_charge.balance_transaction", "payment_method"]})
    v1.payment_intents.cancel(v1.payment_intents.create({"amount": 5000, "currency": "usd"}).id)
    shipping = {"name": "Sam", "address": PLACE}
    _pay(v1, customer=customer, setup_future_usage="on_session", shipping=shipping)
    v1.payment_intents.list()
    charge = _pay(v1).latest_charge
    v1.charges.update(charge, {"description": "LA-1"})
    v1.charges.list()
    return charge


def _money_back(standin, v1, charge, account):
    transfer = v1.transfers.create(
        {"amount": 3000, "currency": "usd", "destination": account, "source_transaction": charge}
    ).id
    v1.transfers.update(transfer, {"metadata": {"part": "1"}})
    reversal = v1.transfers.reversals.create(transfer, {"amount": 500}).id
    v1.transfers.reversals.retrieve(transfer, reversal)
    v1.transfers.reversals.list(transfer)
    v1.transfers.retrieve(transfer)
    v1.transfers.list()
    refund = v1.refunds.create({"charge": charge, "amount": 1000}).id
    v1.refunds.update(refund, {"metadata": {"return": "1"}})
    standin.hook("refund/fail", refund=refund)
    v1.refunds.retrieve(refund)
    v1.refunds.create({"payment_intent": _pay(v1, "pm_card_pendingRefund").id})
    v1.refunds.list()
    v1.charges.retrieve(charge, {"expand": ["refunds", "payment_intent"]})


def _disputes(standin, v1):
    for verdict, card in (("won", "pm_card_visa"), ("lost", "pm_card_mastercard")):
        dispute = standin.hook("dispute", charge=_pay(v1, card).latest_charge)["id"]
        v1.disputes.update(dispute, {"evidence": {"uncategorized_text": f"{verdict[:3]}"}, "submit": True})
        standin.hook("dispute/decide", dispute=dispute, verdict=verdict)
        v1.disputes.retrieve(dispute)
    asked = standin.hook("dispute", charge=_pay(v1).latest_charge, reason="inquiry")["id"]
    v1.disputes.close(asked)
    v1.disputes.list()
    standin.hook("warn", charge=_pay(v1).latest_charge)
    warning = v1.radar.early_fraud_warnings.list().data[0].id
    v1.radar.early_fraud_warnings.retrieve(warning)


def _books(standin, v1, account):
    standin.hook("clock", seconds=3 * 86_400)
    standin.hook("jobs")
    theirs = {"stripe_account": account}
    payout = v1.payouts.list({}, theirs).data[0].id
    v1.payouts.retrieve(payout, {}, theirs)
    standin.hook("payout/fail", payout=payout)
    standin.hook("payout", amount=1000)
    v1.payouts.list()
    v1.balance.retrieve()
    v1.balance.retrieve({}, theirs)
    v1.balance_transactions.retrieve(v1.balance_transactions.list({"limit": 100}).data[0].id)
    v1.balance_transactions.list({}, theirs)
    v1.events.retrieve(v1.events.list({"limit": 100}).data[0].id)
    v1.events.list({"limit": 100}, theirs)


def _taxes(v1):
    made = v1.tax.calculations.create(
        {"currency": "usd", "customer_details": {"address": PLACE, "address_source": "shipping"}, "line_items": LINES,
         "shipping_cost": {"amount": 700}, "expand": ["line_items.data.tax_breakdown"]}
    )  # fmt: skip
    v1.tax.calculations.retrieve(made.id)
    v1.tax.calculations.line_items.list(made.id)
    booked = v1.tax.transactions.create_from_calculation(
        {"calculation": made.id, "reference": "LA-1", "expand": ["line_items"]}
    )
    v1.tax.transactions.create_reversal(
        {"original_transaction": booked.id, "reference": "LA-1-1", "mode": "partial", "flat_amount": -100,
         "expand": ["line_items"]}
    )  # fmt: skip
    v1.tax.transactions.retrieve(booked.id)
    v1.tax.transactions.line_items.list(booked.id)
