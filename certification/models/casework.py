"""What is said and seen while a case is open: the thread with the maker, site visits, outside panel members."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.words import PanelRole, Source, VisitStatus


class Message(models.Model):
    """One contribution to a case's thread, by the maker's side or by the program's staff; never changed."""

    application = models.ForeignKey("certification.Application", on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_messages")
    side = models.CharField(max_length=8, choices=Source)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.application_id} {self.side} {self.at:%Y-%m-%d}"


class SiteVisit(models.Model):
    """A visit to one workplace of a case. Its status is written by workflow.perform alone.

    `address` is the address and operator that were visited, as a workplace check keeps it; `steps_seen` names
    the kinds of step that the visitor saw being done. Photos are evidence rows.
    """

    application = models.ForeignKey("certification.Application", on_delete=models.PROTECT, related_name="visits")
    workplace = models.ForeignKey("makers.Workplace", on_delete=models.PROTECT, related_name="visits")
    address = models.CharField(max_length=500)
    visitor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="site_visits")
    planned_for = models.DateField(_("day of the visit"))
    visited_on = models.DateField(_("visited on"), null=True, blank=True)
    steps_seen = models.JSONField(default=list)
    report = models.TextField(_("report"), blank=True)
    status = models.CharField(max_length=10, choices=VisitStatus, default=VisitStatus.PLANNED)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits_planned")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-planned_for", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="visit_done_has_report",
                condition=~Q(status=VisitStatus.DONE) | (Q(visited_on__isnull=False) & ~Q(report="")),
            )
        ]

    def __str__(self):
        return f"{self.workplace_id} {self.planned_for}"

    @property
    def maker(self):
        return self.application.maker


class PanelMember(models.Model):
    """Someone from outside who decides one case, or hears its appeal, where no unconflicted third person exists."""

    application = models.ForeignKey("certification.Application", on_delete=models.PROTECT, related_name="panel")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panel_seats")
    role = models.CharField(max_length=8, choices=PanelRole)
    reason = models.TextField(help_text=_("Why nobody of the staff can do it."))
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panel_invitations")
    invited_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_seat_per_case", fields=["application", "role"], condition=Q(ended_at__isnull=True)
            )
        ]

    def __str__(self):
        return f"{self.user} ({self.role}) for {self.application_id}"
