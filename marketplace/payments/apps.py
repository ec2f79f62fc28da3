from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "marketplace.payments"
    label = "payments"

    def ready(self):
        from . import checks  # noqa: F401 - registers itself
