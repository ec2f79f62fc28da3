"""A maker's request for one or more claims on a product, and who may not judge it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification.words import OPEN_STATUSES, ApplicationStatus, Perm, Recommendation


def _differ(first: str, second: str) -> Q:
    """Two people are not the same one, as far as both are known."""
    return Q(**{f"{first}__isnull": True}) | Q(**{f"{second}__isnull": True}) | ~Q(**{first: F(second)})


class Application(models.Model):
    """Facts are frozen at submission. The status is written by workflow.perform alone."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="applications")
    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="applications")
    claims = models.JSONField(default=list)
    criteria = models.ForeignKey(
        "certification.CriteriaVersion", on_delete=models.PROTECT, null=True, related_name="applications"
    )
    status = models.CharField(max_length=12, choices=ApplicationStatus, default=ApplicationStatus.DRAFT, db_index=True)
    facts = models.JSONField(default=dict, help_text=_("What the maker declared, frozen at submission."))
    fingerprint = models.CharField(max_length=64, blank=True)
    filed_by_staff = models.BooleanField(default=False, help_text=_("Filed on the maker's behalf."))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications_created"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="applications_submitted"
    )
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="applications_evaluated"
    )
    recommendation = models.CharField(max_length=8, choices=Recommendation, blank=True)
    recommended_claims = models.JSONField(default=list)
    recommendation_reason = models.TextField(blank=True)
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="applications_decided"
    )
    granted_claims = models.JSONField(default=list)
    decision_reason = models.TextField(blank=True)
    recommended_reasons = models.JSONField(default=list, help_text=_("Reasons from the programme's list."))
    decision_reasons = models.JSONField(default=list, help_text=_("Reasons from the programme's list."))
    renews = models.ForeignKey(
        "certification.Certificate", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    judged_again_after = models.ForeignKey(
        "certification.Appeal", on_delete=models.PROTECT, null=True, blank=True, related_name="judged_again",
        help_text=_("The upheld appeal after which others judge the case again."),
    )  # fmt: skip
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases_assigned",
        help_text=_("Who looks after the case next."),
    )  # fmt: skip
    findings = models.JSONField(
        default=dict, help_text=_("What the rules said at submission and at recommendation, with their version.")
    )
    question = models.TextField(blank=True, help_text=_("What the maker was asked last."))
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    evaluated_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "submitted_at"], name="application_queue")]
        permissions = [
            (Perm.EVALUATE.split(".")[1], "Can evaluate applications"),
            (Perm.DECIDE.split(".")[1], "Can decide applications"),
            (Perm.FILE.split(".")[1], "Can file applications on a maker's behalf"),
        ]
        constraints = [
            models.CheckConstraint(
                name="application_four_eyes", condition=_differ("evaluator", "decider"),
                violation_error_message=_("Who evaluated an application can't decide it."),
            ),
            models.CheckConstraint(
                name="application_filer_does_not_judge",
                condition=_differ("submitted_by", "evaluator") & _differ("submitted_by", "decider")
                & _differ("created_by", "evaluator") & _differ("created_by", "decider"),
            ),
            models.CheckConstraint(
                name="application_decided_by_two",
                condition=~Q(status__in=[ApplicationStatus.GRANTED, ApplicationStatus.REFUSED])
                | Q(evaluator__isnull=False, decider__isnull=False, criteria__isnull=False),
            ),
            models.CheckConstraint(
                name="application_refused_for_reasons",
                condition=~Q(status=ApplicationStatus.REFUSED) | (~Q(decision_reasons=[]) & ~Q(decision_reason="")),
            ),
            models.UniqueConstraint(
                name="one_open_application_per_product", fields=["product"],
                condition=Q(status__in=list(OPEN_STATUSES)),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"A-{self.pk:05d}" if self.pk else "A-new"

    def get_absolute_url(self):
        return reverse("studio:application", args=[self.pk])


class ConflictOfInterest(models.Model):
    """A staff member's declared tie to a maker: no part in any of its cases."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conflicts")
    maker = models.ForeignKey("makers.Maker", on_delete=models.CASCADE, related_name="conflicts")
    reason = models.CharField(_("reason"), max_length=500)
    declared_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = _("conflicts of interest")
        constraints = [models.UniqueConstraint(fields=["user", "maker"], name="one_conflict_per_maker")]

    def __str__(self):
        return f"{self.user} / {self.maker}"
