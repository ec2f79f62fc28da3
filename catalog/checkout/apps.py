from django.urls import path
from oscar.apps.checkout import apps as oscar_apps


class CheckoutConfig(oscar_apps.CheckoutConfig):
    name = "catalog.checkout"

    def ready(self):
        pass

    def get_urls(self):
        from . import views

        return [
            path("", views.address, name="index"),
            path("delivery/", views.delivery, name="delivery"),
            path("payment/<uuid:attempt>/", views.payment, name="payment"),
            path("payment/<uuid:attempt>/back/", views.back, name="back"),
            path("return/<uuid:attempt>/", views.payment_return, name="return"),
            path("done/<uuid:attempt>/", views.done, name="done"),
        ]
