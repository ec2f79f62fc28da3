"""The result: a number, the claims granted, and the days on which they hold."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification.words import CertificateStatus, Perm


class NumberSeries(models.Model):
    """The last certificate number of a year; its row is locked while the next one is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"LAO-{self.year}-{self.last:04d}"


class Certificate(models.Model):
    """`fingerprint` is that of the facts of the product applied for; `products` names all that are covered.

    Days are Los Angeles days and `valid_until` is inclusive. The status is written by workflow.perform alone.
    """

    number = models.CharField(max_length=20, unique=True)
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    product_description = models.CharField(max_length=255)
    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="certificates")
    maker_name = models.CharField(max_length=120)
    claims = models.JSONField()
    criteria = models.ForeignKey("certification.CriteriaVersion", on_delete=models.PROTECT, related_name="certificates")
    application = models.OneToOneField(
        "certification.Application", on_delete=models.PROTECT, related_name="certificate"
    )
    public_steps = models.JSONField(default=list, help_text=_("The steps without street addresses."))
    fingerprint = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_until = models.DateField()
    status = models.CharField(max_length=12, choices=CertificateStatus, default=CertificateStatus.VALID)
    status_reason = models.TextField(blank=True, help_text=_("Why it was suspended, withdrawn or superseded; public."))
    status_reasons = models.JSONField(default=list, help_text=_("Reasons from the programme's list; public."))
    status_changed_at = models.DateTimeField(help_text=_("When the status became what it is."))
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        indexes = [
            models.Index(fields=["product", "status", "valid_until"], name="certificate_of_product"),
            models.Index(fields=["status", "valid_until"], name="certificate_register"),
            models.Index(fields=["status", "-id"], name="certificate_newest"),
            models.Index(fields=["valid_from"], name="certificate_first_day"),
        ]
        permissions = [(Perm.SANCTION.split(".")[1], "Can suspend, reinstate and withdraw certificates")]
        constraints = [
            models.UniqueConstraint(
                name="one_valid_certificate_per_product", fields=["product"],
                condition=Q(status=CertificateStatus.VALID),
            ),
            models.CheckConstraint(
                name="certificate_dates_in_order", condition=Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(name="certificate_has_fingerprint", condition=~Q(fingerprint="")),
            models.CheckConstraint(
                name="certificate_ended_for_reasons",
                condition=~Q(status__in=[CertificateStatus.SUSPENDED, CertificateStatus.WITHDRAWN])
                | (~Q(status_reasons=[]) & ~Q(status_reason="")),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("register:verify", args=[self.number])


class CertifiedProduct(models.Model):
    """A product that a certificate covers: the one applied for, and those made the same way.

    `fingerprint` is that of this product's certified facts; where its live facts differ it has no badge.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="products")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="certified_as")
    title = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "certificate"], name="one_row_per_certified_product"),
            models.CheckConstraint(name="certified_product_has_fingerprint", condition=~Q(fingerprint="")),
        ]

    def __str__(self):
        return f"{self.certificate_id}: {self.title}"
