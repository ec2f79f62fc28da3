"""The addresses of an order, once for people with an account and once for guests with a key."""

from django.urls import path

from . import delays, order, returns, reviews


def order_paths(prefix: str) -> list:
    """Below `prefix`, which names the order."""
    part = f"{prefix}parts/<int:part>/"
    return [
        path(prefix, order.page, name="order"),
        path(f"{prefix}delays/<int:notice>/", delays.delay, name="delay"),
        path(f"{part}cancel/", order.cancel, name="order_cancel"),
        path(f"{part}return/", returns.ask, name="return_ask"),
        path(f"{part}free-return/", returns.free, name="free_return"),
        path(f"{part}messages/", returns.conversation, name="order_messages"),
        path(f"{part}messages/report/", returns.report, name="report_message"),
        path(f"{prefix}lines/<int:line>/review/", reviews.review, name="review"),
        path(f"{prefix}returns/<int:item>/", returns.item, name="order_return"),
        path(f"{prefix}returns/<int:item>/photos/<uuid:photo>/", returns.photo, name="return_photo"),
    ]
