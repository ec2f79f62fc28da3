"""Template filters of the desk: the last day before an end, how far a dispute has come, what an entry says."""

from datetime import date, datetime, timedelta

from django import template

from marketplace.core import clock
from marketplace.payments.models import Dispute

from ..ledger_words import in_words
from ..words import state_of_dispute

register = template.Library()
register.filter(in_words)


@register.filter
def last_day(moment: datetime) -> date:
    """The last Los Angeles day before a moment at which something ends."""
    return (moment - timedelta(microseconds=1)).astimezone(clock.LOS_ANGELES).date()


@register.filter
def state(dispute: Dispute):
    """To answer, with the bank, won or lost."""
    return state_of_dispute(dispute)
