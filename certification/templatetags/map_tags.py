"""`{% city_map pins %}`: the schematic map of Los Angeles, drawn by the server."""

from decimal import Decimal

from django import template

from certification import citymap

register = template.Library()


@register.inclusion_tag("components/city_map.html")
def city_map(pins=(), *, title: str = "", arrows=()) -> dict:
    """`pins` and `arrows` (out of the drawing, to the right) are citymap.Pin.

    `title` is what a screen reader says instead of the drawing (none: it is decoration).
    """
    return {
        "neighborhoods": citymap.neighborhoods(),
        "names": citymap.names([*map(citymap.pin_box, pins), *map(citymap.arrow_box, arrows)]),
        "pins": pins,
        "arrows": arrows,
        "title": title,
        "width": citymap.WIDTH,
        "height": citymap.HEIGHT,
    }


@register.simple_tag
def neighborhood_near(latitude, longitude) -> str:
    """The name of the neighborhood whose centre is nearest."""
    return citymap.nearest(latitude, longitude).name


@register.inclusion_tag("components/city_map.html")
def pin_map(latitude, longitude) -> dict:
    """The map on which a pin is set; the values are what stands in the form, whatever that is."""
    try:
        pins = [citymap.pin(Decimal(str(latitude)), Decimal(str(longitude)))]
    except ArithmeticError:
        pins = []
    return city_map(pins) | {"names": citymap.names(), "projection": citymap.PROJECTION, "named": True}
