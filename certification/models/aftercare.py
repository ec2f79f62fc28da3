"""What comes after a decision: appeals, complaints about a badge, and the yearly surveillance draw."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification.words import AppealStatus, AppealSubject, CheckStatus, ComplaintStatus, Perm


class Appeal(models.Model):
    """A maker's appeal against a refusal or a sanction. The status is written by workflow.perform alone.

    Against a refusal or a partial grant `certificate` is empty; against a suspension or withdrawal it is set, and
    `application` is the one that the certificate came from. Days are Los Angeles days, inclusive.
    """

    application = models.ForeignKey("certification.Application", on_delete=models.PROTECT, related_name="appeals")
    certificate = models.ForeignKey(
        "certification.Certificate", on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    subject = models.CharField(max_length=10, choices=AppealSubject)
    text = models.TextField(_("why the decision is wrong"))
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appeals_filed")
    filed_at = models.DateTimeField()
    due_on = models.DateField(help_text=_("The day by which it is answered."))
    status = models.CharField(max_length=10, choices=AppealStatus, default=AppealStatus.FILED)
    hearer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals_heard"
    )
    outcome_text = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        permissions = [(Perm.HEAR.split(".")[1], "Can hear appeals")]
        constraints = [
            models.UniqueConstraint(
                name="one_open_appeal_per_case", fields=["application"],
                condition=Q(status__in=[AppealStatus.FILED, AppealStatus.HEARING]),
            ),
            models.CheckConstraint(
                name="appeal_decided_with_reasons",
                condition=~Q(status__in=[AppealStatus.UPHELD, AppealStatus.DISMISSED])
                | (Q(hearer__isnull=False, decided_at__isnull=False) & ~Q(outcome_text="")),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Appeal {self.pk}" if self.pk else "Appeal"

    @property
    def maker(self):
        return self.application.maker


class Complaint(models.Model):
    """Someone doubts a badge. The status is written by workflow.perform alone.

    The reporter's address and name are private: for staff, for the answer, and erased a year after it. `key` opens
    the reporter's own page.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    certificate = models.ForeignKey("certification.Certificate", on_delete=models.PROTECT, related_name="complaints")
    text = models.TextField(_("what you saw"))
    name = models.CharField(_("your name"), max_length=120, blank=True)
    email = models.EmailField(_("your e-mail"), blank=True)
    language = models.CharField(max_length=2, default="en")
    filed_at = models.DateTimeField()
    due_on = models.DateField(help_text=_("The day by which it is answered."))
    status = models.CharField(max_length=10, choices=ComplaintStatus, default=ComplaintStatus.RECEIVED)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints_handled"
    )
    outcome_text = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "due_on"], name="complaint_queue")]

    def __str__(self):
        return f"Complaint {self.pk}" if self.pk else "Complaint"

    def get_absolute_url(self):
        return reverse("register:report", args=[self.key])

    @property
    def maker(self):
        return self.certificate.maker

    @property
    def application(self):
        return self.certificate.application


class SurveillanceDraw(models.Model):
    """A year's random draw: seed, population with tickets and result are published, so anyone can repeat it."""

    year = models.PositiveSmallIntegerField(unique=True)
    seed = models.CharField(max_length=200, help_text=_("Made public by someone else after the population was fixed."))
    seed_source = models.CharField(max_length=300)
    share = models.PositiveSmallIntegerField(default=10, help_text=_("Per cent of the population."))
    population = models.JSONField(help_text=_("Pairs of certificate number and tickets."))
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="surveillance_draws")

    class Meta:
        ordering = ["-year"]

    def __str__(self):
        return str(self.year)


class SurveillanceCheck(models.Model):
    """A certificate that was drawn, and what came of looking again. Its status is written by workflow.perform alone."""

    draw = models.ForeignKey(SurveillanceDraw, on_delete=models.PROTECT, related_name="checks")
    certificate = models.ForeignKey("certification.Certificate", on_delete=models.PROTECT, related_name="checks")
    position = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=CheckStatus, default=CheckStatus.DUE)
    due_on = models.DateField()
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="surveillance_checks"
    )
    report = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["draw", "certificate"], name="drawn_once_a_year")]

    def __str__(self):
        return f"{self.draw_id}: {self.certificate_id}"

    @property
    def maker(self):
        return self.certificate.maker

    @property
    def application(self):
        return self.certificate.application
