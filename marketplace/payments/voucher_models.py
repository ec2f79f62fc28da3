"""Codes that lower a price, and who used them; the services beside it are in vouchers.py. Amounts in cents."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from marketplace.core import clock


class Voucher(models.Model):
    """A code that lowers a price: borne by its maker, or by the marketplace where it has none."""

    code = models.CharField(max_length=32, unique=True)
    maker = models.ForeignKey("makers.Maker", null=True, blank=True, on_delete=models.PROTECT, related_name="vouchers")
    basis_points = models.PositiveSmallIntegerField(null=True, blank=True)
    amount_cents = models.PositiveIntegerField(null=True, blank=True)
    least_cents = models.PositiveIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    most_uses = models.PositiveIntegerField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="voucher_is_a_share_or_an_amount",
                condition=models.Q(basis_points__range=(1, 10_000), amount_cents=None)
                | models.Q(basis_points=None, amount_cents__gt=0),
            ),
            models.CheckConstraint(
                name="voucher_never_used_too_often",
                condition=models.Q(most_uses=None) | models.Q(uses__lte=models.F("most_uses")),
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def last_day(self):
        """The last Los Angeles day on which it can be used, None without an end."""
        return self.ends_at and clock.day_of(self.ends_at - timedelta(microseconds=1))


class VoucherUse(models.Model):
    """A voucher taken by an attempt; once per shopper, and given back where the attempt ends unpaid."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="taken")
    attempt = models.OneToOneField("payments.Attempt", on_delete=models.PROTECT, related_name="voucher_use")
    email = models.EmailField()
    cents = models.PositiveIntegerField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "email"], condition=models.Q(released_at=None), name="one_voucher_per_shopper"
            )
        ]

    def __str__(self):
        return f"{self.voucher_id} {self.email}"
