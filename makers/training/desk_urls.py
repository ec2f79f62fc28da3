"""The coordinators' side: `/training/desk/`."""

from django.urls import path

from . import desk

app_name = "training_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("waiting/", desk.waiting, name="waiting"),
    path("record/", desk.record, name="record"),
    path("record/<int:pk>/", desk.record, name="record_applicant"),
    path("<int:pk>/", desk.placement, name="placement"),
    path("<int:pk>/confirm/", desk.confirm, name="confirm"),
    path("<int:pk>/correct/", desk.correct, name="correct"),
]
