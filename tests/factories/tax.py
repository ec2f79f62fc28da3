"""The tax desk in tests: its people, its first rates, recorded sales."""

from importlib import import_module

from django.apps import apps

from marketplace.tax.models import TaxRate
from marketplace.tax.permissions import BOOKKEEPERS, ensure_groups
from tests import factories


def bookkeeper():
    """Staff who may do everything at the tax desk."""
    ensure_groups()
    return factories.staff(BOOKKEEPERS)


def publish_rates() -> None:
    """The rates that the migrations wrote, where an earlier transactional test emptied the tables."""
    if not TaxRate.objects.exists():
        import_module("marketplace.tax.migrations.0002_first_rates").load(apps, None)
