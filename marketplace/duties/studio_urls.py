"""`/studio/duties/`."""

from django.urls import path

from . import studio

app_name = "duties_studio"
urlpatterns = [
    path("", studio.index, name="index"),
    path("verify/", studio.verify, name="verify"),
    path("confirm/", studio.confirm, name="confirm"),
    path("terms/", studio.terms, name="terms"),
    path("1099k/<int:year>/", studio.year, name="year"),
]
