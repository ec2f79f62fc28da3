"""Addresses of the saved searches under /account/searches/."""

from django.urls import path

from . import saved_views

app_name = "saved_searches"
urlpatterns = [
    path("", saved_views.index, name="index"),
    path("save/", saved_views.save, name="save"),
    path("<int:pk>/remove/", saved_views.forget, name="forget"),
    path("stop/<str:token>/", saved_views.stop, name="stop"),
]
