"""Who did what, when and why; rows are only ever added (a trigger refuses the rest)."""

from django.conf import settings
from django.db import models

from marketplace.core.append_only import AppendOnlyModel


class AuditEntry(AppendOnlyModel):
    """`verb` is `source:subject:action`; `subject` names the row, such as `certificate:LAO-2026-0001`."""

    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=60, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="certification_audit"
    )
    role = models.CharField(max_length=12)
    subject = models.CharField(max_length=80, db_index=True)
    application = models.ForeignKey(
        "certification.Application", on_delete=models.PROTECT, null=True, related_name="audit_entries"
    )
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "audit entries"

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"
