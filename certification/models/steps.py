"""How a product is made: its production steps, and which products are made the same way."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certification.rules import StepKind
from certification.texts import STEP_CHOICES


class ProductionStep(models.Model):
    """Happens at one of the maker's workplaces, or elsewhere as told in words."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="production_steps")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("step"), max_length=16, choices=STEP_CHOICES)
    workplace = models.ForeignKey(
        "makers.Workplace", on_delete=models.PROTECT, null=True, blank=True, related_name="production_steps",
        verbose_name=_("workplace"),
    )  # fmt: skip
    elsewhere_place = models.CharField(_("place, if elsewhere"), max_length=200, blank=True)
    elsewhere_by = models.CharField(_("done by, if elsewhere"), max_length=200, blank=True)
    started_on = models.DateField(_("done there since"), null=True, blank=True)
    cost_share = models.DecimalField(
        _("share of production cost, in %"), max_digits=5, decimal_places=2, default=Decimal(0),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )  # fmt: skip

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="step_share_is_a_percentage", condition=Q(cost_share__gte=0) & Q(cost_share__lte=100)
            ),
            models.CheckConstraint(
                name="step_has_one_place",
                condition=Q(workplace__isnull=False, elsewhere_place="")
                | (Q(workplace__isnull=True) & ~Q(elsewhere_place="")),
            ),
        ]

    def __str__(self):
        return f"{self.position} {StepKind(self.kind)}"


class LineMember(models.Model):
    """A product made the same way as another one, the `lead` of the line, whose steps count for it."""

    product = models.OneToOneField(
        "catalogue.Product", on_delete=models.CASCADE, primary_key=True, related_name="line_membership"
    )
    lead = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="line_members")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="line_lead_is_another", condition=~Q(product=F("lead")))]

    def __str__(self):
        return f"{self.product_id} like {self.lead_id}"
