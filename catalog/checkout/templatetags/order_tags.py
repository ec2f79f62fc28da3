"""Filters for bags, orders and receipts."""

from datetime import date

from django import template
from django.utils.translation import gettext_lazy as _

from catalog.order.models import Line
from certification.rules import Claim
from certification.texts import claim_labels
from marketplace.fulfilment import Problem

register = template.Library()
KNOWN_CLAIMS = {str(claim.value): claim for claim in Claim}
WHY = {
    Problem.NOT_CERTIFIED: _("Not certified now, so it can't be bought."),
    Problem.MAKER_CLOSED: _("Its maker is taking a break and sells nothing now."),
    Problem.SOLD_OUT: _("Just sold. The maker may add more."),
    Problem.FEWER_LEFT: _("Fewer are left than you want."),
    Problem.NOT_FOR_SALE: _("It is not for sale any more."),
}


@register.filter
def certified(line: Line) -> str:
    """What was certified of an ordered piece when it was ordered: "designed, assembled"."""
    return claim_labels(KNOWN_CLAIMS[claim] for claim in line.certified_claims.split(",") if claim in KNOWN_CLAIMS)


@register.filter
def why(problem: Problem) -> str:
    """Why a line can't be paid, in words."""
    return WHY[problem]


@register.filter
def day(text: str) -> date:
    """A day that was frozen as text."""
    return date.fromisoformat(text)


@register.filter
def of(mapping, key):
    """What a mapping holds for a key, or nothing."""
    return mapping.get(key)
