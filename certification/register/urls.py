from django.urls import path

from certification import converters  # noqa: F401 - registers <certificate:…>

from . import figures, reports, views

app_name = "register"
urlpatterns = [
    path("register/", views.index, name="index"),
    path("register/statistics/", figures.numbers, name="statistics"),
    path("register/surveillance/<int:year>/", figures.surveillance, name="surveillance"),
    path("verify/<certificate:number>/", views.verify, name="verify"),
    path("verify/<certificate:number>/report/", reports.report, name="report_badge"),
    path("criteria/<int:number>/", views.criteria, name="criteria"),
    path("reports/<uuid:key>/", reports.outcome, name="report"),
]
