from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "certification.credentials"
    label = "certification_credentials"

    def ready(self):
        from . import checks  # noqa: F401 - registers itself
