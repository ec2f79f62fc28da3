"""The bookkeepers' desk: trial balance, entries, differences, trouble, disputes, fees, vouchers."""
