"""Returns and reports at the staff's desk: `/staff/returns/`."""

from django.urls import path

from . import desk

app_name = "returns"
urlpatterns = [
    path("", desk.index, name="index"),
    path("reports/", desk.reports, name="reports"),
    path("reviews/<int:pk>/", desk.review, name="review"),
    path("<int:pk>/", desk.item, name="item"),
    path("<int:pk>/photos/<uuid:photo>/", desk.photo, name="photo"),
]
