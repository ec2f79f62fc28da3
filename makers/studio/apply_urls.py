from django.urls import path

from . import apply

app_name = "apply"
urlpatterns = [path("", apply.start, name="start")]
