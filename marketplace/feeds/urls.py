"""Addresses under /feeds/; machines read them, so they carry no language but in their names."""

from django.urls import path
from django.views.decorators.http import require_safe

from . import products
from .news import Stories

app_name = "feeds"
urlpatterns = [
    path("google-merchant.xml", products.google, name="google"),
    path("meta-catalog.csv", products.meta, name="meta"),
    path("stories.<slug:language>.xml", require_safe(Stories()), name="stories"),
]
