"""A shopper's orders, addresses, saved cards and chosen letters, beside allauth's pages under /account/."""

from django.urls import path

from . import addresses, letters, views
from .order_paths import order_paths

app_name = "account"
urlpatterns = [
    path("", views.home, name="home"),
    path("cards/", views.cards, name="cards"),
    path("cards/remove/", views.remove_card, name="remove_card"),
    path("letters/", letters.index, name="letters"),
    path("addresses/", addresses.index, name="addresses"),
    path("addresses/new/", addresses.edit, name="address_new"),
    path("addresses/<int:pk>/", addresses.edit, name="address"),
    path("addresses/<int:pk>/change/", addresses.change, name="address_change"),
    *order_paths("orders/<slug:number>/"),
]
