from django.urls import path

from certification import converters  # noqa: F401 - registers <certificate:…>

from . import reports, views

app_name = "register"
urlpatterns = [
    path("register/", views.index, name="index"),
    path("verify/<certificate:number>/", views.verify, name="verify"),
    path("verify/<certificate:number>/report/", reports.report, name="report_badge"),
    path("reports/<uuid:key>/", reports.outcome, name="report"),
]
