"""What `manage.py check` says about tax: a provider that exists, and (with --database) rates of this quarter."""

from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from .providers import STRIPE, provider_name


@checks.register()
def check_provider(app_configs, **kwargs):
    try:
        provider_name()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="tax.E001")]
    return []


@checks.register(checks.Tags.database, deploy=True)
def check_rates(app_configs, databases=None, **kwargs):
    """The operator loads the CDTFA's current file before selling."""
    from .loading import what_is_missing

    if not databases or provider_name() == STRIPE:
        return []
    missing = what_is_missing()
    return [checks.Warning(missing, hint="manage.py load_tax_rates FILE --from DAY", id="tax.W001")] if missing else []
