"""`check --deploy`: without a key of its own a site gives out no credentials."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def key_is_set(app_configs, **options):
    if settings.CREDENTIAL_KEY:
        return []
    return [
        Error(
            "CREDENTIAL_KEY is not set, so certificates have no signed credentials (their addresses answer 503).",
            hint="Run `manage.py make_credential_key` and set the variable that it prints.",
            id="credentials.E001",
        )
    ]
