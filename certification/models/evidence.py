"""Private proof: files for steps and workplaces, and what staff found of a workplace."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.storage import evidence_storage, random_name
from certification.words import EvidenceKind, EvidenceStatus


class Evidence(models.Model):
    """A file; never served without a permission check. Its status is written by workflow.perform alone."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey("certification.Application", on_delete=models.PROTECT, related_name="evidence")
    step = models.ForeignKey(
        "certification.ProductionStep", on_delete=models.SET_NULL, null=True, related_name="evidence"
    )
    workplace = models.ForeignKey("makers.Workplace", on_delete=models.SET_NULL, null=True, related_name="evidence")
    visit = models.ForeignKey(
        "certification.SiteVisit", on_delete=models.PROTECT, null=True, blank=True, related_name="photos"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=EvidenceKind)
    file = models.FileField(storage=evidence_storage, upload_to=random_name, max_length=120)
    shown = models.FileField(
        storage=evidence_storage, upload_to=random_name, max_length=120, blank=True,
        help_text=_("A picture made anew, without metadata; what people get to see."),
    )  # fmt: skip
    sha256 = models.CharField(max_length=64, db_index=True, help_text=_("Of the file as it was uploaded."))
    content_type = models.CharField(max_length=40)
    original_name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    status = models.CharField(max_length=8, choices=EvidenceStatus, default=EvidenceStatus.PENDING)
    note = models.CharField(max_length=500, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True, help_text=_("As a photo's own metadata says."))
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence_added")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                name="evidence_supports_one_thing",
                condition=Q(step__isnull=True) | Q(workplace__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.original_name}"

    @property
    def maker(self):
        return self.application.maker


class WorkplaceCheck(models.Model):
    """What a staff member found of a workplace at one address; the newest for the present address counts."""

    workplace = models.ForeignKey("makers.Workplace", on_delete=models.CASCADE, related_name="checks")
    address = models.CharField(max_length=500, help_text=_("The address and operator that were checked."))
    inside = models.BooleanField(null=True, help_text=_("Empty: not looked at."))
    record_accepted = models.BooleanField(null=True, help_text=_("Empty: not looked at."))
    reason = models.TextField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="workplace_checks")
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.workplace_id}: {self.address}"
