"""A maker's part that counts as paid, without a bank."""

from catalog.order import workflow
from tests import factories
from tests.fulfilment.shop import basket_with, place


def paid(*products):
    """The first part of an order with one of each product."""
    order = place(basket_with(*products)).order
    workflow.perform_all(order=order, action="pay")
    order.set_status("paid")
    return order.maker_orders.order_by("pk").first()


def owner(part):
    return factories.owner_of(part.maker)
