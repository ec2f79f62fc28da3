from django.urls import path

from certification import converters  # noqa: F401 - registers <certificate:…>

from . import views

app_name = "credentials"
urlpatterns = [
    path("<certificate:number>/", views.credential_json, name="json"),
    path("<certificate:number>.jwt", views.credential_jwt, name="jwt"),
    path("status/<int:number>", views.status_list, name="status"),
]
