"""Who did what, when and why: a chain of rows that are only ever added, with what may be erased kept apart."""

import secrets

from django.conf import settings
from django.db import models

from marketplace.core.append_only import AppendOnlyModel


class AuditHead(models.Model):
    """The end of the chain, one row; locked first by whatever adds an entry, so that entries have one order."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self):
        return f"{self.number}:{self.hash}"


class AuditEntry(AppendOnlyModel):
    """`verb` is `source:subject:action`; `subject` names the row, such as `certificate:LAO-2026-0001`.

    `hash` is SHA-256 over the canonical JSON of everything else in the row, `previous` (the hash before) included;
    `sealed` is the salted digest of the private part. certification.audit writes and verifies them.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=60, db_index=True)
    role = models.CharField(max_length=12)
    subject = models.CharField(max_length=80, db_index=True)
    application = models.ForeignKey(
        "certification.Application", on_delete=models.PROTECT, null=True, related_name="audit_entries"
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    sealed = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "audit entries"

    def __str__(self):
        return f"{self.number} {self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"

    @property
    def kept(self) -> "AuditPrivate | None":
        """The private part, or None once it was erased."""
        return getattr(self, "private", None)


def new_salt() -> str:
    return secrets.token_hex(16)


class AuditPrivate(models.Model):
    """What of an entry may be erased on request: who acted and the reason in words."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, primary_key=True, related_name="private")
    salt = models.CharField(max_length=32, default=new_salt)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="certification_audit"
    )
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "private parts of audit entries"

    def __str__(self):
        return f"{self.entry_id}"
