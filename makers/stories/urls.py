"""Addresses of calendar files; the pages themselves are Wagtail's."""

from django.urls import path

from . import views

app_name = "stories"
urlpatterns = [
    path("calendar.ics", views.events, name="calendar"),
    path("<slug:slug>/event.ics", views.event, name="event_calendar"),
]
