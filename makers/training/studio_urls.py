"""The maker's side: `/studio/training/`."""

from django.urls import path

from . import studio

app_name = "training_studio"
urlpatterns = [
    path("", studio.index, name="index"),
    path("new/", studio.edit, name="new"),
    path("<int:pk>/", studio.place, name="place"),
    path("<int:pk>/edit/", studio.edit, name="edit"),
    path("<int:pk>/publish/", studio.publish, name="publish"),
    path("<int:pk>/close/", studio.close, name="close"),
    path("<int:pk>/withdraw/", studio.withdraw, name="withdraw"),
    path("applicants/<int:pk>/", studio.applicant, name="applicant"),
]
