"""The business that makes and sells: its people and the addresses at which its steps happen."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

ZIP_CODE = RegexValidator(r"^\d{5}(-\d{4})?$", _("A ZIP code has five digits, such as 90014."))
ACCOUNT_NUMBER = RegexValidator(
    r"^\d{10}-\d{4}-\d$", _("A City account number looks like 0003301266-0001-1; it is on your tax certificate.")
)


class Maker(models.Model):
    """The seller of record of its products."""

    name = models.CharField(_("shop name"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    legal_name = models.CharField(_("legal name"), max_length=200)
    neighborhood = models.CharField(_("neighborhood"), max_length=80)
    about = models.TextField(_("about you"), blank=True, max_length=2000)
    about_es = models.TextField(_("about you, in Spanish"), blank=True, max_length=2000)
    email = models.EmailField(_("e-mail for orders"))
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    language = models.CharField(
        _("language of our letters"), max_length=2, choices=[("en", "English"), ("es", "Español")], default="en"
    )
    picture = models.ImageField(upload_to="makers/", blank=True, max_length=255)
    offers_pickup = models.BooleanField(_("local pickup"), default=False)
    pickup_workplace = models.ForeignKey(
        "makers.Workplace", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("where pieces are picked up"),
    )  # fmt: skip
    return_days = models.PositiveSmallIntegerField(
        _("days to return a piece"), default=30, validators=[MinValueValidator(14), MaxValueValidator(365)],
        help_text=_("Counted from the day its parcel leaves; 14 at least."),
    )  # fmt: skip
    is_open = models.BooleanField(default=True, help_text=_("A closed maker's pieces are not for sale."))
    closed_at = models.DateTimeField(null=True, editable=False, help_text=_("When the business was closed for good."))
    closed_through = models.DateField(
        null=True, editable=False, help_text=_("The last day of its closed times; spares most pages from asking.")
    )
    selling_stopped_at = models.DateTimeField(
        null=True, editable=False, help_text=_("Since when the marketplace lets it sell nothing; see its duties.")
    )
    stripe_account = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("wagtail_serve", args=[f"makers/{self.slug}/"])

    @property
    def is_selling(self):
        """Whether its pieces may be bought: the owner opened the shop, and the marketplace did not stop it."""
        return self.is_open and self.selling_stopped_at is None

    @property
    def pickup_place(self):
        """The workplace at which shoppers pick up, where the maker offers it."""
        return self.pickup_workplace if self.offers_pickup else None


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    STAFF = "staff", _("Staff")


class Membership(models.Model):
    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["maker", "user"], name="one_membership_per_maker")]

    def __str__(self):
        return f"{self.user} ({self.role}) of {self.maker}"


class Operator(models.TextChoices):
    OWN = "own", _("We run it ourselves")
    CONTRACTOR = "contractor", _("A contractor runs it for us")


class CoordinateSource(models.TextChoices):
    NONE = "", _("not known")
    REGISTER = "register", _("City register")
    PIN = "pin", _("pin on the map")
    GEOCODER = "geocoder", _("geocoder")


def _degrees(limit: int):
    return [MinValueValidator(Decimal(-limit)), MaxValueValidator(Decimal(limit))]


class Workplace(models.Model):
    """An address at which production steps happen."""

    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="workplaces")
    name = models.CharField(_("what you call it"), max_length=120)
    operated_by = models.CharField(_("who runs it"), max_length=10, choices=Operator, default=Operator.OWN)
    contractor_name = models.CharField(_("contractor's name"), max_length=200, blank=True)
    line1 = models.CharField(_("street address"), max_length=200)
    line2 = models.CharField(_("unit or floor"), max_length=100, blank=True)
    city = models.CharField(_("city"), max_length=80)
    state = models.CharField(_("state"), max_length=2, default="CA")
    zip_code = models.CharField(_("ZIP code"), max_length=10, validators=[ZIP_CODE])
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True, validators=_degrees(90))
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True, validators=_degrees(180))
    coordinates_from = models.CharField(max_length=8, choices=CoordinateSource, blank=True, default="")
    register_account = models.CharField(
        _("City account number"), max_length=20, blank=True, validators=[ACCOUNT_NUMBER]
    )
    garment_registration = models.CharField(_("California garment registration"), max_length=40, blank=True)
    works_alone = models.BooleanField(_("I work here alone, without employees"), default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="workplace_coordinates_come_in_pairs",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.line1}, {self.city} {self.zip_code}"


class ShippingKind(models.TextChoices):
    FLAT = "flat", _("The same for every parcel")
    WEIGHT = "weight", _("By weight")


class ShippingProfile(models.Model):
    """What a parcel of a maker costs and how soon it leaves. Amounts in cents.

    `cents` is the carrier's part of a flat one; `handling_cents` comes on top of it, is stated apart and taxed.
    """

    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="shipping_profiles")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("how it is priced"), max_length=8, choices=ShippingKind, default=ShippingKind.FLAT)
    cents = models.PositiveIntegerField(default=750)
    handling_cents = models.PositiveIntegerField(default=0)
    free_above_cents = models.PositiveIntegerField(null=True, blank=True)
    dispatch_days = models.PositiveSmallIntegerField(
        _("business days until you ship"), default=3, validators=[MaxValueValidator(90)]
    )
    is_default = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["-is_default", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_default_profile_per_maker", fields=["maker"], condition=models.Q(is_default=True)
            ),
            models.CheckConstraint(
                name="a_default_profile_is_in_use", condition=models.Q(is_default=False) | models.Q(is_active=True)
            ),
        ]

    def __str__(self):
        return self.name


class WeightStep(models.Model):
    """Up to so many ounces a parcel costs so much."""

    profile = models.ForeignKey(ShippingProfile, on_delete=models.CASCADE, related_name="steps")
    up_to_oz = models.PositiveIntegerField(_("up to, ounces"), validators=[MinValueValidator(1)])
    cents = models.PositiveIntegerField()

    class Meta:
        ordering = ["up_to_oz"]
        constraints = [models.UniqueConstraint(fields=["profile", "up_to_oz"], name="one_step_per_weight")]

    def __str__(self):
        return f"{self.up_to_oz} oz"


class HandOver(models.Model):
    """An owner hands the business to another person, who has to agree; open until `ended_at`."""

    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="hand_overs")
    from_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hand_overs")
    legal_name = models.CharField(_("new legal name"), max_length=200)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(default=False, help_text=_("Whether it ended with the new owner's yes."))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_hand_over_per_maker", fields=["maker"], condition=models.Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self):
        return f"{self.maker} to {self.to_user}"


class FormDraft(models.Model):
    """What somebody typed into a long form and has not saved yet, valid or not; gone once the form is saved."""

    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="form_drafts")
    form = models.CharField(max_length=40, help_text=_("Which form, such as steps:12."))
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["maker", "form"], name="one_draft_per_form")]

    def __str__(self):
        return f"{self.form} of {self.maker}"


class Weekday(models.IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class OpenHours(models.Model):
    """When pieces can be picked up at a workplace on a day of the week, in Los Angeles time; no row: closed."""

    workplace = models.ForeignKey(Workplace, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        ordering = ["weekday"]
        constraints = [
            models.UniqueConstraint(fields=["workplace", "weekday"], name="one_row_of_hours_per_weekday"),
            models.CheckConstraint(
                name="a_place_opens_before_it_closes", condition=models.Q(opens__lt=models.F("closes"))
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"


class Closure(models.Model):
    """Los Angeles days, both ends included, on which nothing leaves; what was promised before stays promised."""

    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="closures")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    note = models.CharField(
        _("note"), max_length=120, blank=True, help_text=_("Shoppers see it, such as “Family vacation”.")
    )
    note_es = models.CharField(_("note in Spanish"), max_length=120, blank=True)

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_closure_ends_after_it_begins", condition=models.Q(first_day__lte=models.F("last_day"))
            ),
        ]

    def __str__(self):
        return f"{self.maker} {self.first_day} to {self.last_day}"

    @property
    def words(self):
        """The note in the reader's language."""
        return self.note_es if get_language() == "es" and self.note_es else self.note
