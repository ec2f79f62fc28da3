"""What anyone may do with a review: `/reviews/`."""

from django.urls import path

from . import reviews

app_name = "reviews"
urlpatterns = [path("<int:pk>/report/", reviews.report, name="report")]
