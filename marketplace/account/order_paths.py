"""The addresses of an order, once for people with an account and once for guests with a key."""

from django.urls import path

from . import order


def order_paths(prefix: str) -> list:
    """Below `prefix`, which names the order."""
    part = f"{prefix}parts/<int:part>/"
    return [
        path(prefix, order.page, name="order"),
        path(f"{part}cancel/", order.cancel, name="order_cancel"),
    ]
