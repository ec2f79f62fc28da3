"""`/staff/duties/`."""

from django.urls import path

from . import desk

app_name = "duties"
urlpatterns = [
    path("", desk.index, name="index"),
    path("<int:pk>/", desk.item, name="item"),
    path("reports/", desk.report_list, name="reports"),
    path("reports/<int:pk>/", desk.report, name="report"),
    path("1099k/", desk.year_list, name="years"),
    path("1099k.csv", desk.year_csv, name="years_csv"),
]
