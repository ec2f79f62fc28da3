from oscar.apps.partner import apps as oscar_apps


class PartnerConfig(oscar_apps.PartnerConfig):
    name = "catalog.partner"

    def ready(self):
        from oscar.apps.partner import receivers  # noqa: F401
