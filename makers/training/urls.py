from django.urls import path

from . import views

app_name = "training"
urlpatterns = [
    path("", views.index, name="index"),
    path("progress/", views.progress, name="progress"),
    path("<int:pk>/", views.place, name="place"),
    path("<int:pk>/apply/", views.apply, name="apply"),
    path("<int:pk>/sent/", views.sent, name="sent"),
    path("status/<slug:token>/", views.status, name="status"),
    path("status/<slug:token>/withdraw/", views.withdraw, name="withdraw"),
]
