"""Where evidence lies: a folder of its own, outside the public media, under names nobody can guess."""

import uuid

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class EvidenceStorage(FileSystemStorage):
    """Files without an address; readable by the server's own user alone."""

    def __init__(self):
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self):
        return settings.EVIDENCE_ROOT

    @property
    def location(self):
        return str(settings.EVIDENCE_ROOT)

    def url(self, name):
        raise ValueError("evidence has no public address")


def evidence_storage() -> EvidenceStorage:
    return EvidenceStorage()


def random_name(instance, filename: str) -> str:
    """A storage name that says nothing of the file."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"
