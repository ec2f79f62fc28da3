from oscar.apps.order import apps as oscar_apps


class OrderConfig(oscar_apps.OrderConfig):
    name = "catalog.order"
