"""Size guides: what a piece measures, or whom it fits, size by size; kept in inches and shown in centimeters too."""

from decimal import ROUND_HALF_UP, Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

CENTIMETERS = Decimal("2.54")  # an inch is this by definition


class Measured(models.TextChoices):
    PIECE = "piece", _("The piece itself, laid flat")
    BODY = "body", _("The body that it fits")


class Measure(models.TextChoices):
    CHEST = "chest", _("Chest")
    WAIST = "waist", _("Waist")
    HIP = "hip", _("Hip")
    SHOULDER = "shoulder", _("Shoulder")
    SLEEVE = "sleeve", _("Sleeve")
    LENGTH = "length", pgettext_lazy("of a garment", "Length")
    INSEAM = "inseam", _("Inseam")
    FOOT = "foot", _("Foot")
    HEAD = "head", _("Head")
    WIDTH = "width", _("Width")
    HEIGHT = "height", _("Height")
    DEPTH = "depth", _("Depth")


class SizeGuide(models.Model):
    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="size_guide")
    measured = models.CharField(_("what was measured"), max_length=8, choices=Measured, default=Measured.PIECE)
    fit = models.CharField(
        _("how it fits"), max_length=200, blank=True,
        help_text=_("Such as: runs small, take the next size. Who wears it in the pictures, and in which size."),
    )  # fmt: skip
    fit_es = models.CharField(_("how it fits, in Spanish"), max_length=200, blank=True)

    def __str__(self):
        return f"sizes of {self.product_id}"

    @property
    def fit_words(self) -> str:
        return self.fit_es if get_language() == "es" and self.fit_es else self.fit


class SizeMeasure(models.Model):
    """One number of a guide. `size` is what the piece's variants say, empty where there is one size only."""

    guide = models.ForeignKey(SizeGuide, on_delete=models.CASCADE, related_name="measures")
    size = models.CharField(max_length=24, blank=True)
    name = models.CharField(max_length=12, choices=Measure)
    inches = models.DecimalField(
        max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(200)]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guide", "size", "name"], name="one_number_per_size_and_measure"),
        ]

    def __str__(self):
        return f"{self.size} {self.name} {self.inches}"

    @property
    def shortest(self) -> Decimal:
        """The inches without zeros that say nothing."""
        return self.inches.quantize(Decimal(1)) if self.inches == self.inches.to_integral() else self.inches.normalize()

    @property
    def centimeters(self) -> Decimal:
        """To half a centimeter, as tape measures are read."""
        return (self.inches * CENTIMETERS * 2).quantize(Decimal(1), ROUND_HALF_UP) / 2
