"""The address of the page of components, where the demo is installed."""

from django.urls import path

from . import component_views

urlpatterns = [path("", component_views.components, name="components")]
