"""`/studio/import/` and `/studio/export/`."""

from django.urls import path

from . import views

app_name = "imports"
urlpatterns = [
    path("import/", views.index, name="index"),
    path("import/drafts/", views.drafts, name="drafts"),
    path("import/<int:pk>/", views.report, name="report"),
    path("import/<int:pk>/apply/", views.apply, name="apply"),
    path("import/<int:pk>/pictures/", views.retry, name="retry"),
    path("export/products.csv", views.export, name="export"),
]
