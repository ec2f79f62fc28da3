"""Oscar's order, split into one part per maker, each shipped in its own parcels."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from catalog.catalogue.color_words import color_word


class Order(AbstractOrder):
    tax_total = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    language = models.CharField(max_length=2, default="en")


class PartStatus(models.TextChoices):
    PENDING = "pending", _("Waiting for payment")
    TO_SHIP = "to_ship", _("To ship")
    SHIPPED = "shipped", _("Shipped")
    EXPIRED = "expired", _("Not paid in time")
    REFUNDED = "refunded", _("Refunded")


class MakerOrder(models.Model):
    """One maker's part of an order. Its status is written by catalog.order.workflow alone."""

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="maker_orders")
    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="maker_orders")
    status = models.CharField(max_length=10, choices=PartStatus, default=PartStatus.PENDING)
    shipping_code = models.CharField(max_length=16)
    goods_cents = models.PositiveIntegerField()
    shipping_cents = models.PositiveIntegerField()
    tax_cents = models.PositiveIntegerField()
    fee_cents = models.PositiveIntegerField()
    promised_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["order", "maker"], name="one_part_per_maker")]

    def __str__(self):
        return f"{self.order.number}, {self.maker}"

    @property
    def is_pickup(self):
        return self.shipping_code == "pickup"


class Line(AbstractLine):
    maker_order = models.ForeignKey(MakerOrder, on_delete=models.PROTECT, related_name="lines", null=True)
    certificate_number = models.CharField(max_length=24, blank=True)
    certified_claims = models.CharField(max_length=60, blank=True)
    variant = models.CharField(max_length=80, blank=True)

    @property
    def label(self):
        """The title that was bought; in Spanish the piece's Spanish one, where there is one."""
        piece = self.product and (self.product.parent or self.product)
        return piece.title_es if piece and piece.title_es and get_language() == "es" else self.title

    @property
    def variant_words(self):
        """The color and size that were bought, in the reader's language."""
        return " · ".join(color_word(part) for part in self.variant.split(" · "))

    @property
    def certificate_address(self):
        return reverse("register:verify", args=[self.certificate_number]) if self.certificate_number else ""


class Parcel(models.Model):
    """What a maker handed to a carrier, or to the shopper at pickup."""

    maker_order = models.ForeignKey(MakerOrder, on_delete=models.PROTECT, related_name="parcels")
    carrier = models.CharField(_("carrier"), max_length=40, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=60, blank=True)
    shipped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shipped_at = models.DateTimeField()

    def __str__(self):
        return f"{self.carrier} {self.tracking_number}".strip()


class PartStatusChange(models.Model):
    """Who moved a part, from where to where, when."""

    maker_order = models.ForeignKey(MakerOrder, on_delete=models.PROTECT, related_name="changes")
    from_status = models.CharField(max_length=10)
    to_status = models.CharField(max_length=10)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.from_status} → {self.to_status}"


from oscar.apps.order.models import *  # noqa: E402, F403
