"""A shopper's orders, beside allauth's pages under /account/."""

from django.urls import path

from . import views

app_name = "account"
urlpatterns = [
    path("", views.home, name="home"),
    path("orders/<slug:number>/", views.order, name="order"),
]
