"""`/terms/`."""

from django.urls import path

from . import pages

app_name = "terms"
urlpatterns = [
    path("", pages.shoppers, name="shoppers"),
    path("<int:number>/", pages.shoppers, name="shoppers_version"),
    path("makers/", pages.makers, name="makers"),
    path("makers/<int:number>/", pages.makers, name="makers_version"),
    path("fees/", pages.fees, name="fees"),
]
