"""A gift receipt: `/gifts/<number>/<key>/`, for who got the present."""

from django.urls import path

from . import order, returns

app_name = "gift"
urlpatterns = [
    path("<slug:number>/<slug:key>/", order.gift, name="order"),
    path("<slug:number>/<slug:key>/parts/<int:part>/return/", returns.ask_as_receiver, name="return_ask"),
]
