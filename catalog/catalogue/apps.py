from django.urls import path, re_path
from oscar.apps.catalogue import apps as oscar_apps


class CatalogueConfig(oscar_apps.CatalogueConfig):
    name = "catalog.catalogue"

    def ready(self):
        from oscar.apps.catalogue import receivers  # noqa: F401
        from oscar.core.application import OscarConfig

        OscarConfig.ready(self)

    def get_urls(self):
        from catalog.search import views
        from marketplace.duties import reporting
        from marketplace.wishes import views as wishes

        return [
            path("", views.browse, name="index"),
            path("suggest/", views.suggest, name="suggest"),
            path("seen/", wishes.seen, name="seen"),
            re_path(r"^(?P<product_slug>[-\w]*)-(?P<pk>\d+)/$", views.product, name="detail"),
            re_path(r"^(?P<product_slug>[-\w]*)-(?P<pk>\d+)/report/$", reporting.report, name="report"),
            re_path(r"^(?P<product_slug>[-\w]*)-(?P<pk>\d+)/alert/$", wishes.alert, name="alert"),
            re_path(r"^category/(?P<category_slug>[-\w/]+)_(?P<pk>\d+)/$", views.category, name="category"),
        ]
