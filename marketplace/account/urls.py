"""A shopper's orders and saved cards, beside allauth's pages under /account/."""

from django.urls import path

from . import views
from .order_paths import order_paths

app_name = "account"
urlpatterns = [
    path("", views.home, name="home"),
    path("cards/", views.cards, name="cards"),
    path("cards/remove/", views.remove_card, name="remove_card"),
    *order_paths("orders/<slug:number>/"),
]
