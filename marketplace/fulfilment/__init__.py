"""Use-cases that cross apps: quote, place, pay, expire, ship, give back, pay out, compare the books."""

from .dispatch import ship
from .disputes import answer, charge_maker, evidence_for, look_at_dispute, most_to_charge
from .left_to_people import look_again, return_payment, why_left
from .placing import BasketGone, CannotPlace, Changed, NotPayable, Shopper, ensure_intent, place
from .quote import Problem, Quote, quote_of
from .reconciling import ask_to_compare, compare, explain, payouts_stopped, reconcile
from .refunding import (
    Disputed,
    NothingLeft,
    may_refund,
    refund_amount,
    refund_part,
    refund_pieces,
    retry_refund,
)
from .releasing import release, settle_part
from .returning import restore_basket
from .sending_back import look_at_refund, send_refund
from .settling import expire, finalize, refund_attempt
from .sweeping import look_at_intent, sweep

__all__ = [
    "BasketGone", "CannotPlace", "Changed", "Disputed", "NotPayable", "NothingLeft", "Problem", "Quote", "Shopper",
    "answer", "ask_to_compare", "charge_maker", "compare", "ensure_intent", "evidence_for", "expire", "explain",
    "finalize", "look_again", "look_at_dispute", "look_at_intent", "look_at_refund", "may_refund", "most_to_charge",
    "payouts_stopped", "place", "quote_of", "reconcile", "refund_amount", "refund_attempt", "refund_part",
    "refund_pieces", "release", "restore_basket", "retry_refund", "return_payment", "send_refund", "settle_part",
    "ship", "sweep", "why_left",
]  # fmt: skip
