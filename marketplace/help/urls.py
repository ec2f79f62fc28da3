"""Addresses under /help/."""

from django.urls import path

from . import views

app_name = "help"
urlpatterns = [
    path("", views.index, name="index"),
    path("contact/", views.contact, name="contact"),
    *[path(f"{page.name}/", views.page, {"name": page.name}, name=page.name) for page in views.PAGES],
]
