"""Addresses under /account/data/."""

from django.urls import path

from . import views

app_name = "privacy"
urlpatterns = [
    path("", views.index, name="index"),
    path("file/", views.download, name="download"),
    path("guest-orders/", views.claim, name="claim"),
    path("close/", views.close, name="close"),
]
