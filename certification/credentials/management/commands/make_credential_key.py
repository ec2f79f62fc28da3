"""`manage.py make_credential_key`: a new key for signed credentials, as the environment variable that holds it."""

from django.conf import settings
from django.core.management.base import BaseCommand

from certification.credentials.keys import SigningKey, base64url, new_seed


class Command(BaseCommand):
    help = "Print a new CREDENTIAL_KEY; keep it secret. With a key in use, also say how to retire it."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(f"CREDENTIAL_KEY={base64url(new_seed())}")
        if settings.CREDENTIAL_KEY:
            keys = [SigningKey(settings.CREDENTIAL_KEY).public.raw, *settings.CREDENTIAL_RETIRED_KEYS]
            self.stderr.write("So that what the present key has signed can still be checked, also set:")
            self.stdout.write(f"CREDENTIAL_RETIRED_KEYS={','.join(base64url(raw) for raw in keys)}")
