"""What is owed, held and booked: attempts to pay, stock holds, Stripe's events, the ledger. All in cents."""

import uuid

from django.conf import settings
from django.db import models

from marketplace.core.append_only import AppendOnlyModel


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


class Refund(models.Model):
    """Money on its way back to the shopper for one maker's whole part of an order."""

    maker_order = models.OneToOneField("order.MakerOrder", on_delete=models.PROTECT, related_name="refund")
    amount_cents = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=MoneyStatus, default=MoneyStatus.REQUESTED)
    reason = models.CharField(max_length=500)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    refund_id = models.CharField(max_length=64, blank=True, db_index=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(name="refund_is_not_empty", condition=models.Q(amount_cents__gt=0))]

    def __str__(self):
        return f"{self.amount_cents} {self.status}"

    @property
    def idempotency_key(self):
        return f"refund:{self.maker_order_id}:1"


class Transfer(models.Model):
    """What a maker gets for a shipped part. `tries` numbers the key: Stripe remembers a refusal under its key."""

    maker_order = models.OneToOneField("order.MakerOrder", on_delete=models.PROTECT, related_name="transfer")
    amount_cents = models.PositiveIntegerField()
    reversed_cents = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=MoneyStatus, default=MoneyStatus.REQUESTED, db_index=True)
    tries = models.PositiveSmallIntegerField(default=1)
    transfer_id = models.CharField(max_length=64, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="never_more_reversed_than_sent", condition=models.Q(reversed_cents__lte=models.F("amount_cents"))
            ),
        ]

    def __str__(self):
        return f"{self.amount_cents} {self.status}"

    @property
    def idempotency_key(self):
        return f"transfer:{self.maker_order_id}:{self.tries}"


class Reconciliation(models.Model):
    """Our ledger beside Stripe's balance at one moment."""

    at = models.DateTimeField(db_index=True)
    ledger_cents = models.BigIntegerField()
    stripe_cents = models.BigIntegerField()

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.ledger_cents} / {self.stripe_cents}"

    @property
    def agrees(self):
        return self.ledger_cents == self.stripe_cents


class LedgerEntry(AppendOnlyModel):
    """One event booked once; the postings of an entry add up to zero."""

    source = models.CharField(max_length=120, unique=True)
    description = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.source


class LedgerPosting(AppendOnlyModel):
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.CharField(max_length=40)
    maker = models.ForeignKey("makers.Maker", null=True, on_delete=models.PROTECT, related_name="+")
    cents = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["account", "maker"], name="ledger_account")]

    def __str__(self):
        return f"{self.account} {self.cents}"
