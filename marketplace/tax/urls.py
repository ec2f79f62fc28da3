"""The tax desk: `/staff/tax/`."""

from django.urls import path

from . import views

app_name = "tax"
urlpatterns = [
    path("", views.index, name="index"),
    path("rates/", views.rates, name="rates"),
    path("load/", views.load, name="load"),
    path("load/apply/", views.apply, name="apply"),
    path("states/", views.states, name="states"),
    path("states/<int:pk>/end/", views.end, name="end"),
    path("report/", views.report, name="report"),
    path("report.csv", views.report_csv, name="report_csv"),
]
