"""Oscar's order, split into one part per maker, each shipped in its own parcels."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from catalog.catalogue.color_words import color_word
from marketplace.core import clock


class Order(AbstractOrder):
    tax_total = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    language = models.CharField(max_length=2, default="en")
    gift_note = models.CharField(_("gift note"), max_length=300, blank=True)
    is_gift = models.BooleanField(_("gift receipt"), default=False)


class PartStatus(models.TextChoices):
    PENDING = "pending", _("Waiting for payment")
    TO_SHIP = "to_ship", _("To ship")
    PART_SHIPPED = "part_shipped", _("Partly shipped")
    SHIPPED = "shipped", _("Shipped")
    EXPIRED = "expired", _("Not paid in time")
    REFUNDED = "refunded", _("Refunded")


WAITING = (PartStatus.TO_SHIP, PartStatus.PART_SHIPPED)  # pieces still have to leave
REFUNDABLE = (*WAITING, PartStatus.SHIPPED)
PAID = (*REFUNDABLE, PartStatus.REFUNDED)
DONE = (PartStatus.SHIPPED, PartStatus.REFUNDED)  # nothing has to leave any more


class MakerOrder(models.Model):
    """One maker's part of an order. Its status is written by catalog.order.workflow alone.

    Amounts in cents: `goods` at their prices, `discount` borne by the maker, `promo` borne by the marketplace, `tax`
    on pieces and handling together (`shipping_tax` is the latter), `fee` kept by the operator.
    """

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="maker_orders")
    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="maker_orders")
    status = models.CharField(max_length=12, choices=PartStatus, default=PartStatus.PENDING)
    shipping_code = models.CharField(max_length=16)
    goods_cents = models.PositiveIntegerField()
    discount_cents = models.PositiveIntegerField(default=0)
    promo_cents = models.PositiveIntegerField(default=0)
    shipping_cents = models.PositiveIntegerField()
    tax_cents = models.PositiveIntegerField()
    shipping_tax_cents = models.PositiveIntegerField(default=0)
    shipping_taxed = models.JSONField(default=list, help_text=_("Which rate was used on shipping and handling."))
    fee_cents = models.PositiveIntegerField()
    voucher_code = models.CharField(max_length=32, blank=True)
    return_days = models.PositiveSmallIntegerField(default=30, help_text=_("Days to return, as promised when sold."))
    promised_on = models.DateField(help_text=_("The earliest day promised for pieces that did not leave yet."))
    pickup_at = models.CharField(max_length=300, blank=True, help_text=_("The address of pickup, as it was sold."))
    release_at = models.DateTimeField(null=True, help_text=_("When the maker's share may leave; empty once it did."))
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["order", "maker"], name="one_part_per_maker")]
        indexes = [
            models.Index(fields=["release_at"], name="part_to_release", condition=models.Q(release_at__isnull=False)),
            models.Index(
                fields=["promised_on"], name="part_to_ship", condition=models.Q(status__in=["to_ship", "part_shipped"])
            ),
        ]

    def __str__(self):
        return f"{self.order.number}, {self.maker}"

    @property
    def is_pickup(self):
        return self.shipping_code == "pickup"

    @property
    def paid_cents(self):
        """What the shopper paid for this part."""
        return self.goods_cents - self.discount_cents - self.promo_cents + self.shipping_cents + self.tax_cents

    @property
    def share_cents(self):
        """What the maker gets of it, refunds aside."""
        return self.goods_cents - self.discount_cents + self.shipping_cents - self.fee_cents


class Line(AbstractLine):
    """Pieces of one kind. Its cents add up to those of its part, shipping aside."""

    maker_order = models.ForeignKey(MakerOrder, on_delete=models.PROTECT, related_name="lines", null=True)
    certificate_number = models.CharField(max_length=24, blank=True)
    certified_claims = models.CharField(max_length=60, blank=True)
    variant = models.CharField(max_length=80, blank=True)
    goods_cents = models.PositiveIntegerField(default=0)
    discount_cents = models.PositiveIntegerField(default=0)
    promo_cents = models.PositiveIntegerField(default=0)
    tax_cents = models.PositiveIntegerField(default=0)
    fee_cents = models.PositiveIntegerField(default=0)
    taxed = models.JSONField(default=dict, help_text=_("Which tax rate was used, and why."))
    promised_on = models.DateField(null=True)
    first_promised_on = models.DateField(null=True, help_text=_("The day promised when it was sold."))
    parcel_number = models.PositiveSmallIntegerField(default=1, help_text=_("The parcel that was planned for it."))

    @property
    def net_cents(self):
        """What the shopper paid for the pieces, before tax."""
        return self.goods_cents - self.discount_cents - self.promo_cents

    @property
    def label(self):
        """The title that was bought; in Spanish the piece's Spanish one, where there is one."""
        piece = self.product and (self.product.parent or self.product)
        return piece.title_es if piece and piece.title_es and get_language() == "es" else self.title

    @property
    def variant_words(self):
        """The color and size that were bought, in the reader's language."""
        return " · ".join(color_word(part) for part in self.variant.split(" · "))

    @property
    def certificate_address(self):
        return reverse("register:verify", args=[self.certificate_number]) if self.certificate_number else ""


class Parcel(models.Model):
    """What a maker handed to a carrier, or to the shopper at pickup."""

    maker_order = models.ForeignKey(MakerOrder, on_delete=models.PROTECT, related_name="parcels")
    carrier = models.CharField(_("carrier"), max_length=40, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=60, blank=True)
    shipped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shipped_at = models.DateTimeField()

    def __str__(self):
        return f"{self.carrier} {self.tracking_number}".strip()


class ParcelLine(models.Model):
    """Which pieces lie in a parcel."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="contents")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="parcel_lines")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parcel", "line"], name="one_row_per_line_in_a_parcel"),
            models.CheckConstraint(name="a_parcel_holds_something", condition=models.Q(quantity__gt=0)),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.line}"


class TrackingChange(models.Model):
    """What a parcel's label was said to be before it was corrected."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="corrections")
    carrier = models.CharField(max_length=40)
    tracking_number = models.CharField(max_length=60)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self):
        return f"{self.carrier} {self.tracking_number}"


class DelayAnswer(models.TextChoices):
    NONE = "", _("No answer")
    AGREED = "agreed", _("Agreed to wait")
    CANCELED = "canceled", _("Canceled")


class DelayNotice(models.Model):
    """The shopper was told that pieces leave later, and may wait or cancel (16 CFR 435.2(b))."""

    part = models.ForeignKey(MakerOrder, on_delete=models.PROTECT, related_name="delay_notices")
    number = models.PositiveSmallIntegerField()
    lines = models.ManyToManyField("order.Line", related_name="delay_notices")
    old_day = models.DateField(help_text=_("The day that can't be kept."))
    new_day = models.DateField(null=True, help_text=_("Empty: the maker can't say."))
    reason = models.CharField(max_length=300, blank=True)
    is_further = models.BooleanField(help_text=_("Whether these pieces were delayed before."))
    answer_by = models.DateField(null=True, help_text=_("No yes until then cancels; empty: silence agrees."))
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(max_length=8, choices=DelayAnswer, blank=True, default=DelayAnswer.NONE)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text=_("When its pieces were canceled."))

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="delay_notices_are_numbered")]

    def __str__(self):
        return f"{self.part}: {self.old_day} → {self.new_day or '?'}"


class PartStatusChange(models.Model):
    """Who moved a part, from where to where, when."""

    maker_order = models.ForeignKey(MakerOrder, on_delete=models.PROTECT, related_name="changes")
    from_status = models.CharField(max_length=12)
    to_status = models.CharField(max_length=12)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self):
        return f"{self.from_status} → {self.to_status}"


from oscar.apps.order.models import *  # noqa: E402, F403
