from django.urls import path
from oscar.apps.basket import apps as oscar_apps


class BasketConfig(oscar_apps.BasketConfig):
    name = "catalog.basket"

    def ready(self):
        pass

    def get_urls(self):
        from . import views

        return [
            path("", views.summary, name="summary"),
            path("add/<int:pk>/", views.add, name="add"),
            path("line/<int:pk>/", views.change, name="change"),
            path("tidy/", views.tidy, name="tidy"),
        ]
