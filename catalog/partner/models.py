"""Oscar's partner is our maker as a seller; its stock can't be sold twice."""

from django.db import models
from django.db.models import F, Q
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord


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


from oscar.apps.partner.models import *  # noqa: E402, F403
