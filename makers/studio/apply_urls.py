from django.urls import path

from . import apply, check

app_name = "apply"
urlpatterns = [
    path("", apply.start, name="start"),
    path("check/", check.new, name="check_new"),
    path("check/<uuid:key>/", check.resume, name="check"),
    path("check/<uuid:key>/answer/", check.answer, name="check_answer"),
    path("check/<uuid:key>/continue/", check.go_on, name="check_continue"),
    path("check/<uuid:key>/<slug:part>/", check.part, name="check_part"),
]
