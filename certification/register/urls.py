from django.urls import path

from . import views

app_name = "register"
urlpatterns = [
    path("register/", views.index, name="index"),
    path("verify/<str:number>/", views.verify, name="verify"),
]
