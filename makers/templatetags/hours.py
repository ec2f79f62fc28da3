"""When a maker is there, on public pages."""

from django import template

from makers.hours import closed_until, closures_ahead
from makers.models import Closure, Maker, OpenHours
from marketplace.core import clock

register = template.Library()


@register.simple_tag
def closure_of(maker: Maker) -> Closure | None:
    """The closed time that it is now, None where the maker is there."""
    return closed_until(closures_ahead([maker]).get(maker.pk, []), clock.today())


@register.simple_tag
def pickup_hours(maker: Maker) -> list[OpenHours]:
    """The weekly hours of the place of pickup, where the maker offers one."""
    if not (maker.offers_pickup and maker.pickup_workplace_id):
        return []
    return list(OpenHours.objects.filter(workplace=maker.pickup_workplace_id))
