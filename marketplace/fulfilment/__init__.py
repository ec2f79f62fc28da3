"""Use-cases that cross apps: quote, place, pay, expire, ship. Screens and workers call these and nothing beneath."""

from .dispatch import ship
from .placing import BasketGone, CannotPlace, Changed, NotPayable, Shopper, ensure_intent, place
from .quote import Problem, Quote, quote_of
from .reconciling import payouts_stopped, reconcile
from .refunding import look_at_dispute, look_at_refund, may_refund, refund_part, send_refund
from .releasing import release, take_back
from .returning import restore_basket
from .settling import expire, finalize, refund_attempt
from .sweeping import look_at_intent, sweep

__all__ = [
    "BasketGone",
    "CannotPlace",
    "Changed",
    "NotPayable",
    "Problem",
    "Quote",
    "Shopper",
    "ensure_intent",
    "expire",
    "finalize",
    "look_at_dispute",
    "look_at_intent",
    "look_at_refund",
    "may_refund",
    "payouts_stopped",
    "place",
    "quote_of",
    "reconcile",
    "refund_attempt",
    "refund_part",
    "release",
    "restore_basket",
    "send_refund",
    "ship",
    "sweep",
    "take_back",
]
