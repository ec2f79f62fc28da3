"""Favorites of signed-in shoppers, and one letter each for those who wait for a sold out variant."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock


class Favorite(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favorites")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="favorites")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "product"], name="one_favorite_per_piece")]

    def __str__(self):
        return f"{self.user_id} likes {self.product_id}"


class StockAlert(models.Model):
    """Somebody waits for a variant. The row goes with its one letter, or after half a year."""

    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=8)
    variant = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="alerts")
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["email", "variant"], name="one_alert_per_variant")]

    def __str__(self):
        return f"{self.email} waits for {self.variant_id}"
