"""Oscar's partner is our maker as a seller; its stock can't be sold twice."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord

from marketplace.core.append_only import AppendOnlyModel


class OutOfStock(Exception):
    """Fewer pieces are left than were asked for. `stockrecord` says which."""

    def __init__(self, stockrecord):
        super().__init__(f"stock record {stockrecord.pk} has too few pieces")
        self.stockrecord = stockrecord


class Partner(AbstractPartner):
    maker = models.OneToOneField("makers.Maker", on_delete=models.PROTECT, related_name="partner", null=True)


class StockRecord(AbstractStockRecord):
    class Meta(AbstractStockRecord.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                name="never_more_allocated_than_in_stock",
                condition=Q(num_allocated__isnull=True) | Q(num_allocated__lte=F("num_in_stock")),
            ),
            models.CheckConstraint(name="price_is_not_negative", condition=Q(price__isnull=True) | Q(price__gte=0)),
        ]

    def allocate(self, quantity):
        """Hold pieces, only if they are there: one conditional UPDATE whose row count decides.

        Raises OutOfStock.
        """
        if quantity < 1:
            raise ValueError("hold at least one piece")
        taken = (
            type(self)
            .objects.filter(pk=self.pk, num_in_stock__gte=models.functions.Coalesce(F("num_allocated"), 0) + quantity)
            .update(num_allocated=models.functions.Coalesce(F("num_allocated"), 0) + quantity)
        )
        if not taken:
            raise OutOfStock(self)


class StockReason(models.TextChoices):
    """How a person came to change a count."""

    EDITOR = "editor", _("Page of the piece")
    GRID = "grid", _("All pieces at once")
    SCAN = "scan", _("Counted by scan")


class StockChange(AppendOnlyModel):
    """A person set how many are in stock; what orders take and give back stands in the orders."""

    record = models.ForeignKey("partner.StockRecord", on_delete=models.PROTECT, related_name="changes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    why = models.CharField(max_length=8, choices=StockReason)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.record_id}: {self.before} to {self.after}"


from oscar.apps.partner.models import *  # noqa: E402, F403
