"""Prices before tax, stock required: United States practice, tax is added at checkout."""

from oscar.apps.partner import strategy


class UnitedStates(strategy.UseFirstStockRecord, strategy.StockRequired, strategy.DeferredTax, strategy.Structured):
    """One stock record per variant; `TaxNotKnown` until an address is given, never a silent zero."""


class Selector(strategy.Selector):
    def strategy(self, request=None, user=None, **kwargs):
        return UnitedStates(request)
