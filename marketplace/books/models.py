"""Sums of the ledger by Los Angeles day, so that a balance does not add up every posting there ever was."""

from django.db import models


class DayTotal(models.Model):
    """What was posted to an account on a day, in cents: debits and credits apart, both not negative."""

    account = models.CharField(max_length=40)
    day = models.DateField()
    debit_cents = models.BigIntegerField(default=0)
    credit_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="one_total_per_account_and_day")]

    def __str__(self):
        return f"{self.account} {self.day}"


class Mark(models.Model):
    """How far the totals go (one row): postings up to `upto` are in them; `seen` was the newest at `seen_at`."""

    upto = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)

    def __str__(self):
        return str(self.upto)
