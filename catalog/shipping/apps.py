from oscar.apps.shipping import apps as oscar_apps


class ShippingConfig(oscar_apps.ShippingConfig):
    name = "catalog.shipping"
