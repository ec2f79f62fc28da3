"""Template filters for shares and for moments that end a day."""

from datetime import date, datetime, timedelta

from django import template

from marketplace.core import clock
from marketplace.core.money import from_cents

register = template.Library()


@register.filter
def percent(points: int) -> str:
    """Basis points as a percentage: 1250 is 12.5 %."""
    text = f"{from_cents(points):f}"
    return f"{text.rstrip('0').rstrip('.')} %"


@register.filter
def last_day(moment: datetime) -> date:
    """The last Los Angeles day before a moment at which something ends."""
    return (moment - timedelta(microseconds=1)).astimezone(clock.LOS_ANGELES).date()
