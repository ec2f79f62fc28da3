"""What is owed, held and booked: attempts to pay, stock holds, Stripe's events, the ledger. All in cents."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marketplace.core import clock
from marketplace.core.append_only import AppendOnlyModel

from .account_model import MakerAccount  # noqa: F401 - Django looks for models here
from .customer_model import Customer  # noqa: F401 - Django looks for models here
from .voucher_models import Voucher, VoucherUse  # noqa: F401 - Django looks for models here


class AttemptStatus(models.TextChoices):
    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    REFUNDED = "refunded"
    FOR_PEOPLE = "for_people", "amount, currency or mode did not match: a person decides"


class Attempt(models.Model):
    """One try to pay one order: frozen when the shopper chose to pay, never edited after."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    order = models.OneToOneField("order.Order", on_delete=models.PROTECT, related_name="attempt")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    basket_id = models.PositiveBigIntegerField()
    amount_cents = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="usd")
    status = models.CharField(max_length=10, choices=AttemptStatus, default=AttemptStatus.OPEN)
    snapshot = models.JSONField()
    idempotency_key = models.CharField(max_length=80, unique=True)
    intent_id = models.CharField(max_length=64, blank=True, db_index=True)
    client_secret = models.CharField(max_length=128, blank=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], name="attempt_open", condition=models.Q(status="open")),
            models.Index(fields=["closed_at"], name="attempt_for_people", condition=models.Q(status="for_people")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["basket_id"], condition=models.Q(status="open"), name="one_open_attempt_per_basket"
            )
        ]

    def __str__(self):
        return f"{self.order_id} {self.status}"


class Hold(models.Model):
    """Pieces set aside for an attempt."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="holds")
    stockrecord = models.ForeignKey("partner.StockRecord", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    released_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.quantity} of {self.stockrecord_id}"


class WebhookEvent(models.Model):
    """A hint from Stripe that something changed; the worker fetches the object itself."""

    event_id = models.CharField(max_length=80, unique=True)
    type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.type} {self.event_id}"


class MoneyStatus(models.TextChoices):
    REQUESTED = "requested"
    DONE = "done"
    FAILED = "failed"


class RefundKind(models.TextChoices):
    CANCELLATION = "cancellation", _("Canceled before dispatch")
    RETURN = "return", _("Returned")
    PRICE = "price", _("Part of the price")
    WHOLE = "whole", _("Whole order part")
    FALSE_CLAIM = "false_claim", _("A claim was false")
    LATE = "late", _("Not shipped in time")


class OurReason:
    """Reasons that the shop itself gives for a refund: kept in English, read in the reader's language."""

    RETURNED = gettext_noop("Returned.")
    CANCELED = gettext_noop("Canceled by the shopper.")
    FALSE_CLAIM = gettext_noop("A claim about the origin was false.")
    ALL = (RETURNED, CANCELED, FALSE_CLAIM)


class Refund(models.Model):
    """Money on its way back to the shopper for some of one maker's part of an order.

    In cents: `amount` is what the shopper gets. The maker's share in it is goods - discount + shipping - fee, the
    marketplace gives back its fee and the tax, and gets its promotion back.
    """

    maker_order = models.ForeignKey("order.MakerOrder", on_delete=models.PROTECT, related_name="refunds")
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=RefundKind, default=RefundKind.WHOLE)
    amount_cents = models.PositiveIntegerField()
    goods_cents = models.PositiveIntegerField(default=0)
    discount_cents = models.PositiveIntegerField(default=0)
    promo_cents = models.PositiveIntegerField(default=0)
    shipping_cents = models.PositiveIntegerField(default=0)
    shipping_tax_cents = models.PositiveIntegerField(default=0)
    tax_cents = models.PositiveIntegerField(default=0)
    fee_cents = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=MoneyStatus, default=MoneyStatus.REQUESTED)
    reason = models.CharField(max_length=500)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    refund_id = models.CharField(max_length=64, blank=True, db_index=True)
    last_error = models.CharField(max_length=300, blank=True)
    retry_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="retried_as")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["created_at"], name="refund_failed", condition=models.Q(status="failed"))]
        constraints = [
            models.CheckConstraint(name="refund_is_not_empty", condition=models.Q(amount_cents__gt=0)),
            models.UniqueConstraint(fields=["maker_order", "number"], name="refunds_of_a_part_are_numbered"),
        ]

    def __str__(self):
        return f"{self.amount_cents} {self.status}"

    @property
    def why(self) -> str:
        """The reason, for people: what somebody wrote, or one of ours in the reader's language."""
        return gettext(self.reason) if self.reason in OurReason.ALL else self.reason

    @property
    def what_and_why(self) -> str:
        """Its kind and the reason; one of ours says both."""
        return self.why if self.reason in OurReason.ALL else f"{self.get_kind_display()}: {self.why}"

    @property
    def idempotency_key(self):
        return f"refund:{self.maker_order_id}:{self.number}"

    @property
    def source(self):
        """What its ledger entry is called."""
        return f"refund-part:{self.maker_order_id}:{self.number}"

    @property
    def share_cents(self):
        """What of it comes from the maker."""
        return self.goods_cents - self.discount_cents + self.shipping_cents - self.fee_cents


class RefundLine(models.Model):
    """What of a line a refund gives back; `canceled` pieces never left the maker."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="refund_lines")
    quantity = models.PositiveIntegerField()
    canceled = models.BooleanField(default=False)
    net_cents = models.PositiveIntegerField()
    discount_cents = models.PositiveIntegerField()
    promo_cents = models.PositiveIntegerField()
    tax_cents = models.PositiveIntegerField()
    fee_cents = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.quantity} of {self.line_id}"

    @property
    def taxable_cents(self):
        """What of it tax was reckoned on: a promotion of the marketplace does not lower that."""
        return self.net_cents + self.promo_cents


class Transfer(models.Model):
    """What a maker gets for a shipped part. `tries` numbers the key: Stripe remembers a refusal under its key."""

    maker_order = models.ForeignKey("order.MakerOrder", on_delete=models.PROTECT, related_name="transfers")
    number = models.PositiveSmallIntegerField(default=1)
    amount_cents = models.PositiveIntegerField()
    reversed_cents = models.PositiveIntegerField(default=0)
    from_charge = models.BooleanField(default=True, help_text=_("Out of the order's charge; else of our balance."))
    status = models.CharField(max_length=10, choices=MoneyStatus, default=MoneyStatus.REQUESTED, db_index=True)
    tries = models.PositiveSmallIntegerField(default=1)
    transfer_id = models.CharField(max_length=64, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="never_more_reversed_than_sent", condition=models.Q(reversed_cents__lte=models.F("amount_cents"))
            ),
            models.UniqueConstraint(fields=["maker_order", "number"], name="transfers_of_a_part_are_numbered"),
            models.UniqueConstraint(
                fields=["maker_order"], condition=models.Q(status="requested"), name="one_transfer_on_its_way_per_part"
            ),
        ]

    def __str__(self):
        return f"{self.amount_cents} {self.status}"

    @property
    def idempotency_key(self):
        return f"transfer:{self.maker_order_id}:{self.number}:{self.tries}"

    @property
    def left_cents(self):
        """What can still be taken back."""
        return self.amount_cents - self.reversed_cents


class Reversal(models.Model):
    """A share on its way back from a maker; refused, it stays as the maker's debt."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="reversals")
    cause = models.CharField(max_length=80)
    amount_cents = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=MoneyStatus, default=MoneyStatus.REQUESTED)
    reversal_id = models.CharField(max_length=64, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["created_at"], name="reversal_failed", condition=models.Q(status="failed"))]
        constraints = [models.UniqueConstraint(fields=["transfer", "cause"], name="one_reversal_per_cause")]

    def __str__(self):
        return f"{self.amount_cents} {self.status}"

    @property
    def idempotency_key(self):
        return f"reversal:{self.pk}:1"


class DisputeOutcome(models.TextChoices):
    OPEN = "open", _("Open")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")


class Dispute(models.Model):
    """A cardholder's bank took a payment back, or asks about it; open ones hold the makers' shares."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="disputes")
    dispute_id = models.CharField(max_length=64, unique=True)
    status = models.CharField(max_length=40)
    outcome = models.CharField(max_length=4, choices=DisputeOutcome, default=DisputeOutcome.OPEN)
    reason = models.CharField(max_length=60)
    amount_cents = models.PositiveIntegerField()
    due_by = models.DateTimeField(null=True)
    evidence = models.JSONField(default=dict)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["outcome", "due_by"], name="dispute_by_due_day")]

    def __str__(self):
        return f"{self.dispute_id} {self.status}"


class FeeTerm(models.Model):
    """The operator's fee for a maker (or, without one, for all) from a day on, in basis points of the goods."""

    maker = models.ForeignKey("makers.Maker", null=True, blank=True, on_delete=models.PROTECT, related_name="fee_terms")
    basis_points = models.PositiveSmallIntegerField(validators=[MaxValueValidator(5000)])
    from_day = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-from_day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["maker", "from_day"], name="one_fee_per_maker_and_day"),
            models.UniqueConstraint(fields=["from_day"], condition=models.Q(maker=None), name="one_common_fee_per_day"),
            models.CheckConstraint(name="fee_is_a_share", condition=models.Q(basis_points__lte=5000)),
        ]

    def __str__(self):
        return f"{self.basis_points} from {self.from_day}"


class Reconciliation(models.Model):
    """Our ledger beside Stripe's balance at one moment, and what of the two does not fit entry by entry."""

    at = models.DateTimeField(db_index=True)
    ledger_cents = models.BigIntegerField()
    stripe_cents = models.BigIntegerField()
    differences = models.JSONField(default=list)

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.ledger_cents} / {self.stripe_cents}"

    @property
    def agrees(self):
        return self.ledger_cents == self.stripe_cents and not self.differences


class LedgerEntry(AppendOnlyModel):
    """One event booked once; the postings of an entry add up to zero. `reference` is Stripe's id of the event."""

    source = models.CharField(max_length=120, unique=True)
    reference = models.CharField(max_length=64, blank=True, db_index=True)
    description = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self):
        return self.source


class PostingKind(models.TextChoices):
    """What a posting is to a maker, line by line on its statement."""

    SALE = "sale", _("Sale")
    DISCOUNT = "discount", _("Your discount")
    SHIPPING = "shipping", _("Shipping")
    FEE = "fee", _("Marketplace fee")
    TAX = "tax", _("Sales tax collected by the marketplace")
    REFUND = "refund", _("Refund")
    SHIPPING_REFUND = "ship_refund", _("Shipping refunded")
    FEE_REFUND = "fee_refund", _("Fee given back")
    TAX_REFUND = "tax_refund", _("Sales tax returned")
    TRANSFER = "transfer", _("Paid out")
    REVERSAL = "reversal", _("Taken back from a payout")
    RECOVERY = "recovery", _("Debt recovered from a sale")
    DISPUTE = "dispute", _("Dispute")
    OTHER = "other", _("Other")


class LedgerPosting(AppendOnlyModel):
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.CharField(max_length=40)
    maker = models.ForeignKey("makers.Maker", null=True, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey("order.MakerOrder", null=True, on_delete=models.PROTECT, related_name="postings")
    kind = models.CharField(max_length=12, choices=PostingKind, default=PostingKind.OTHER)
    cents = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["account", "maker"], name="ledger_account")]

    def __str__(self):
        return f"{self.account} {self.cents}"
