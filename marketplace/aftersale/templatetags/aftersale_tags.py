"""Addresses of an order's pages for whoever looks at it."""

from django import template

from catalog.order.models import MakerOrder
from marketplace.aftersale.access import Access, address_of

register = template.Library()


@register.simple_tag
def order_url(access: Access, name: str, part: MakerOrder | None = None, **more) -> str:
    """A page of this order, of one part where one is given."""
    if part is not None:
        more["part"] = part.pk
    return access.url(name, **more)


@register.filter
def order_address(order) -> str:
    """The whole address of an order's page, for the shopper's letters."""
    return address_of(order)


@register.filter
def item(found, key):
    """What a mapping holds for a key."""
    return found.get(key)
