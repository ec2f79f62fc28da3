"""Dated rates, where the operator owes tax, and the audit of what was charged by which rate. All in cents and ppm."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from marketplace.core import clock
from marketplace.core.append_only import AppendOnlyModel

from .rates import percent_of


class TableState(models.Model):
    """One row: a name for what the tables say now, so that processes know when what they remember is old."""

    version = models.UUIDField(default=uuid.uuid4)

    def __str__(self):
        return str(self.version)


class RateLoad(AppendOnlyModel):
    """One published file that was taken over. `is_provisional` are the rates that came with the software."""

    state = models.CharField(max_length=2)
    from_day = models.DateField()
    file_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()
    is_provisional = models.BooleanField(default=False)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        ordering = ["-from_day", "-pk"]

    def __str__(self):
        return f"{self.state} from {self.from_day}: {self.file_name}"


class TaxRate(models.Model):
    """A combined rate of a place from a day on; `until` is the last day, and the only thing that is ever set later.

    Without a city it holds for the county outside its cities, without a county for the state. A row whose last
    day lies before its first was corrected before anyone could rely on it and is never in force.
    """

    load = models.ForeignKey(RateLoad, on_delete=models.PROTECT, related_name="rates")
    state = models.CharField(max_length=2)
    county = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=120)
    code = models.CharField(max_length=20, blank=True)
    ppm = models.PositiveIntegerField()
    from_day = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        permissions = [("view_rate", "See tax rates and reports"), ("change_rate", "Load tax rates")]
        ordering = ["state", "county", "city", "from_day", "pk"]
        constraints = [
            models.CheckConstraint(name="tax_rate_below_whole", condition=Q(ppm__lt=1_000_000)),
            models.UniqueConstraint(
                name="tax_rate_one_open", fields=["state", "county", "city"], condition=Q(until__isnull=True)
            ),
        ]

    def __str__(self):
        return f"{self.place} {self.ppm} ppm from {self.from_day}"

    @property
    def percent(self):
        return percent_of(self.ppm)


class Obligation(models.Model):
    """A state in which the operator must collect from a day on. California is one without a row."""

    state = models.CharField(max_length=2)
    from_day = models.DateField()
    until = models.DateField(null=True, blank=True)
    taxes_shipping = models.BooleanField(default=False)
    note = models.CharField(max_length=500)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(default=clock.now)
    end_note = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        permissions = [("change_obligation", "Say in which states tax is collected")]
        ordering = ["state", "-from_day"]
        constraints = [
            models.UniqueConstraint(name="tax_one_open_obligation", fields=["state"], condition=Q(until__isnull=True)),
            models.CheckConstraint(
                name="tax_obligation_days", condition=Q(until__isnull=True) | Q(until__gte=F("from_day"))
            ),
        ]

    def __str__(self):
        return f"{self.state} from {self.from_day}"


class TaxRecord(AppendOnlyModel):
    """What was charged, or given back, on one line and by which rate; `source` is the ledger entry's source."""

    source = models.CharField(max_length=120)
    reference = models.CharField(max_length=80)
    order_number = models.CharField(max_length=128, db_index=True)
    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=2)
    district_code = models.CharField(max_length=130, blank=True)
    place = models.CharField(max_length=120, blank=True)
    rate_ppm = models.PositiveIntegerField()
    rate = models.ForeignKey(TaxRate, null=True, on_delete=models.PROTECT, related_name="+")
    taxable_cents = models.BigIntegerField()
    tax_cents = models.BigIntegerField()
    day = models.DateField(db_index=True)
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reversals")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="tax_record_once", fields=["source", "reference"])]

    def __str__(self):
        return f"{self.source} {self.reference} {self.tax_cents}"


class TaxCommit(models.Model):
    """A reckoning by Stripe Tax that was charged, to be booked there once the order is paid."""

    source = models.CharField(max_length=120)
    calculation_id = models.CharField(max_length=80, unique=True)
    references = models.JSONField()
    gross_cents = models.PositiveBigIntegerField()
    tax_cents = models.PositiveBigIntegerField()
    transaction_id = models.CharField(max_length=80, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["source"], name="tax_commit_source")]

    def __str__(self):
        return self.calculation_id

    @property
    def key(self):
        return f"tax:{self.pk}:1"


class TaxReversal(models.Model):
    """What a refund takes back of it. Stripe can't undo one: where the refund came back, people correct it there."""

    commit = models.ForeignKey(TaxCommit, on_delete=models.PROTECT, related_name="reversals")
    source = models.CharField(max_length=120, db_index=True)
    amount_cents = models.PositiveBigIntegerField()
    tax_cents = models.PositiveBigIntegerField()
    reversal_id = models.CharField(max_length=80, blank=True)
    is_undone = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="tax_reversal_once", fields=["commit", "source"])]

    def __str__(self):
        return f"{self.commit_id} {self.source}"

    @property
    def key(self):
        return f"tax-reversal:{self.pk}:1"
