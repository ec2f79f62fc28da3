"""What our own stripe.js asks before it draws the Payment Element; the real one's addresses are not published."""

from __future__ import annotations

from . import customers, intents
from .call import Call
from .params import read, text
from .store import Obj


def open_session(call: Call) -> Obj:
    """GET /v1/elements/sessions: amount, saved cards, and whether a new one may be saved."""
    fields = {"payment_intent": text, "client_secret": text, "customer_session_client_secret": text}
    sent = read(call.params, fields, required=("payment_intent", "client_secret"))
    intent = intents.with_secret(call, sent["payment_intent"])
    shown: Obj = {
        "object": "elements_session", "amount": intent["amount"], "currency": intent["currency"],
        "merchant": call.config.merchant, "status": intent["status"], "cards": [], "may_save": False,
        "may_remove": False, "save_usage": None,
    }  # fmt: skip
    if not sent.get("customer_session_client_secret"):
        return shown
    session = customers.session_of(call, sent["customer_session_client_secret"])
    features = session["features"]
    # Stripe.js refuses a session of one customer beside the payment of another
    ours = intent["customer"] == session["customer"]
    return {
        **shown,
        "cards": customers.shown_cards(call, session) if ours else [],
        "may_save": ours and features["payment_method_save"] == "enabled",
        "may_remove": ours and features["payment_method_remove"] == "enabled",
        "save_usage": features["payment_method_save_usage"],
    }
