"""The shop's desk: `/dashboard/`."""

from django.urls import path

from . import views

app_name = "shopdesk"
urlpatterns = [
    path("", views.orders, name="orders"),
    path("orders/<str:number>/", views.order, name="order"),
    path("categories/", views.categories, name="categories"),
    path("categories/new/", views.category_new, name="category_new"),
    path("categories/<int:pk>/", views.category, name="category"),
    path("categories/<int:pk>/move/", views.category_move, name="category_move"),
    path("categories/<int:pk>/remove/", views.category_remove, name="category_remove"),
]
