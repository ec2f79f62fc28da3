"""Sales by day and month, checks of big sellers with what they gave, and reported listings. Amounts in cents."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from makers.models import ZIP_CODE
from marketplace.core.append_only import AppendOnlyModel

from .words import LONGEST_TEXT, CheckStatus, ReportKind, ReportStatus, Side


def _actor():
    """Who wrote a row that is never changed; the person's row stays as long."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class SalesDay(models.Model):
    """What a maker sold on one Los Angeles day, counted from the ledger; written by duties.counting alone.

    `sales` are paid parts of orders, `cents` pieces at their prices less the maker's own discounts, with shipping.
    """

    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="sales_days")
    day = models.DateField()
    sales = models.PositiveIntegerField()
    cents = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["maker", "day"], name="one_row_of_sales_per_day")]
        indexes = [models.Index(fields=["day"], name="sales_by_day")]

    def __str__(self):
        return f"{self.maker_id} {self.day}: {self.sales}"


class SalesMonth(models.Model):
    """The days of a maker's calendar month together; `month` is its first day."""

    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="sales_months")
    month = models.DateField()
    sales = models.PositiveIntegerField()
    cents = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["maker", "month"], name="one_row_of_sales_per_month")]
        indexes = [models.Index(fields=["month", "maker"], name="sales_by_month")]

    def __str__(self):
        return f"{self.maker_id} {self.month:%Y-%m}: {self.sales}"


class SalesLook(models.Model):
    """Up to when sales were counted; one row."""

    at = models.DateTimeField()

    def __str__(self):
        return str(self.at)


class SellerCheck(models.Model):
    """Who a high-volume seller is (15 USC 45f). Its status is written by duties.workflow alone.

    `due_on` is the last day of whoever has to act; once verified, the day to ask again. `window_*` are the twelve
    months that began it. `discloses_since`: the day since which buyers learn who the seller is.
    """

    maker = models.OneToOneField("makers.Maker", on_delete=models.PROTECT, related_name="seller_check")
    status = models.CharField(max_length=8, choices=CheckStatus, default=CheckStatus.ASKED)
    due_on = models.DateField(null=True)
    changed_at = models.DateTimeField()
    window_from = models.DateField()
    window_until = models.DateField()
    window_sales = models.PositiveIntegerField()
    window_cents = models.BigIntegerField()
    answer = models.ForeignKey("duties.SellerAnswer", null=True, on_delete=models.PROTECT, related_name="+")
    verified_answer = models.ForeignKey("duties.SellerAnswer", null=True, on_delete=models.PROTECT, related_name="+")
    bank_seen_on = models.DateField(null=True, help_text=_("When Stripe last said that it pays out to a bank account."))
    identity_seen_on = models.DateField(
        null=True, help_text=_("When Stripe last asked for no identity or tax number any more.")
    )
    discloses_since = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["status", "due_on"], name="seller_checks_due")]

    def __str__(self):
        return f"{self.maker_id} {self.status}"


class SellerAnswer(AppendOnlyModel):
    """What a maker gave of itself, kept as it was given. Account and tax numbers lie at Stripe alone."""

    check_of = models.ForeignKey(SellerCheck, on_delete=models.PROTECT, related_name="answers")
    person = models.CharField(
        _("full name of a person who acts for the business"), max_length=120,
        help_text=_("As on a passport, driver's license or other official ID."),
    )  # fmt: skip
    email = models.EmailField(_("e-mail that buyers can write to"))
    phone = models.CharField(_("phone number that works"), max_length=32)
    private_phone = models.BooleanField(_("I certify that I have no phone number but my personal one"), default=False)
    line1 = models.CharField(_("street address of the business"), max_length=200)
    line2 = models.CharField(_("unit or floor"), max_length=100, blank=True)
    city = models.CharField(_("city"), max_length=80)
    state = models.CharField(_("state"), max_length=2, default="CA")
    zip_code = models.CharField(_("ZIP code"), max_length=10, validators=[ZIP_CODE])
    at_home = models.BooleanField(
        _("I certify that I have no business address: I live here, or live and work here"), default=False
    )
    supplier = models.CharField(
        _("another seller who sends the pieces"), max_length=200, blank=True,
        help_text=_("Only where a different business sends them to the buyer; its name and address."),
    )  # fmt: skip
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.person}, {self.at:%Y-%m-%d}"


class SellerCheckChange(AppendOnlyModel):
    """Who moved a check, from where to where, in which words."""

    check_of = models.ForeignKey(SellerCheck, on_delete=models.PROTECT, related_name="changes")
    from_status = models.CharField(max_length=8, blank=True)
    to_status = models.CharField(max_length=8, choices=CheckStatus)
    side = models.CharField(max_length=5, choices=Side)
    actor = _actor()
    words = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.from_status} → {self.to_status}"


class ListingReport(models.Model):
    """Somebody says that something is wrong with a listing. Its status is written by duties.workflow alone."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("what is wrong"), max_length=11, choices=ReportKind)
    text = models.TextField(_("what you know"), max_length=LONGEST_TEXT)
    name = models.CharField(_("your name"), max_length=120, blank=True)
    email = models.EmailField(_("your e-mail"), blank=True)
    language = models.CharField(max_length=2, default="en")
    status = models.CharField(max_length=9, choices=ReportStatus, default=ReportStatus.FILED)
    filed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-filed_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "filed_at"], name="listing_reports_by_status"),
            models.Index(fields=["changed_at"], name="listing_reports_changed"),
        ]

    def __str__(self):
        return f"{self.pk} {self.kind}"


class ListingReportChange(AppendOnlyModel):
    """Who moved a report, from where to where; `words` are what the reporter was told."""

    report = models.ForeignKey(ListingReport, on_delete=models.PROTECT, related_name="changes")
    from_status = models.CharField(max_length=9, blank=True)
    to_status = models.CharField(max_length=9, choices=ReportStatus)
    actor = _actor()
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.from_status} → {self.to_status}"
