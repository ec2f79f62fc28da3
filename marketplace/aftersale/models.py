"""Returns, messages on an order, told buyers of a false claim, and reviews."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from certification.storage import evidence_storage, random_name
from marketplace.pictures.selectors import Shot, shots

from .words import LONGEST_TEXT, Reason, ReturnStatus, Side


def _person():
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


class Return(models.Model):
    """Pieces of one part that a shopper wants to give back. Its status is written by aftersale.workflow alone."""

    part = models.ForeignKey("order.MakerOrder", on_delete=models.PROTECT, related_name="returns")
    status = models.CharField(max_length=10, choices=ReturnStatus, default=ReturnStatus.ASKED)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True, help_text=_("The shopper's words."))
    answer = models.TextField(max_length=LONGEST_TEXT, blank=True, help_text=_("The maker's words."))
    objection = models.TextField(max_length=LONGEST_TEXT, blank=True, help_text=_("Why the shopper asks the staff."))
    decision = models.TextField(max_length=LONGEST_TEXT, blank=True, help_text=_("The staff's words."))
    for_false_claim = models.BooleanField(default=False)
    by_receiver = models.BooleanField(default=False, help_text=_("Asked by who got the present."))
    refund = models.OneToOneField("payments.Refund", null=True, on_delete=models.PROTECT, related_name="for_return")
    put_back = models.BooleanField(default=False, help_text=_("Whether the pieces are for sale again."))
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["status", "changed_at"], name="returns_by_status")]

    def __str__(self):
        return f"{self.part_id} {self.status}"


class ReturnLine(models.Model):
    item = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="return_lines")
    quantity = models.PositiveIntegerField()
    reason = models.CharField(max_length=12, choices=Reason)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "line"], name="one_row_per_line_in_a_return"),
            models.CheckConstraint(name="a_return_holds_something", condition=models.Q(quantity__gt=0)),
        ]

    def __str__(self):
        return f"{self.quantity} of {self.line_id}"


class ReturnPhoto(models.Model):
    """A picture of what is wrong; private, beside the evidence."""

    item = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="photos")
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    file = models.FileField(upload_to=random_name, storage=evidence_storage)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.key)


class ReturnChange(models.Model):
    """Who moved a return, from where to where, in which words."""

    item = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="changes")
    from_status = models.CharField(max_length=10, blank=True)
    to_status = models.CharField(max_length=10, choices=ReturnStatus)
    side = models.CharField(max_length=8, choices=Side)
    actor = _person()
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.from_status} → {self.to_status}"


class Message(models.Model):
    """Words between shopper and maker on a part."""

    part = models.ForeignKey("order.MakerOrder", on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=8, choices=Side)
    author = _person()
    text = models.TextField(max_length=LONGEST_TEXT)
    at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True)
    reported_by = models.CharField(max_length=8, choices=Side, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["reported_at"], name="messages_reported", condition=models.Q(reported_at__isnull=False)
            )
        ]

    def __str__(self):
        return f"{self.part_id} {self.side}"


class FalseClaim(models.Model):
    """Staff told the buyers of a certificate's pieces that its claim was false."""

    certificate = models.OneToOneField(
        "certification.Certificate", on_delete=models.PROTECT, related_name="false_claim"
    )
    reason = models.TextField(max_length=LONGEST_TEXT)
    told_by = _person()
    told_at = models.DateTimeField()
    until = models.DateField(help_text=_("The last day to return a piece free of charge."))

    def __str__(self):
        return self.certificate.number


class ToldBuyer(models.Model):
    """An order whose buyer was told, once."""

    claim = models.ForeignKey(FalseClaim, on_delete=models.PROTECT, related_name="buyers")
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="false_claims")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "order"], name="a_buyer_is_told_once")]

    def __str__(self):
        return f"{self.claim_id} {self.order_id}"


class Review(models.Model):
    """What a buyer says of a delivered line: one per line, and never deleted."""

    line = models.OneToOneField("order.Line", on_delete=models.PROTECT, related_name="review")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="buyer_reviews")
    name = models.CharField(max_length=80, help_text=_("As shown: first name and initial."))
    stars = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=LONGEST_TEXT, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = _person()
    reported_at = models.DateTimeField(null=True)
    report = models.CharField(max_length=500, blank=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_by = _person()
    hidden_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="one_to_five_stars", condition=models.Q(stars__range=(1, 5))),
        ]

    def __str__(self):
        return f"{self.stars} for {self.product_id}"


class ReviewPhoto(models.Model):
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="photos")
    file = models.ImageField(upload_to="reviews/")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.file.name

    @cached_property
    def shot(self) -> Shot:
        """How it is shown; who shows many gives it to all of them in one query."""
        return shots([self.file.name])[self.file.name]
