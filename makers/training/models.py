"""Places to learn a trade, the people who apply for them, and the placements that the public counter counts."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import rules
from .words import (
    OPEN_APPLICANTS,
    ApplicantStatus,
    Kind,
    Language,
    Partner,
    PlacementStatus,
    PlaceStatus,
)


def _between(least, most):
    return [MinValueValidator(least), MaxValueValidator(most)]


class Place(models.Model):
    """What a maker offers: so many people learn these steps from that day on. `taken` counts who was taken on."""

    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="training_places")
    kind = models.CharField(_("kind of place"), max_length=20, choices=Kind)
    steps = models.JSONField(_("production steps"), default=list)
    title = models.CharField(_("title"), max_length=120)
    title_es = models.CharField(_("title in Spanish"), max_length=120, blank=True)
    description = models.TextField(_("what people do and learn"), max_length=4000)
    description_es = models.TextField(_("what people do and learn, in Spanish"), max_length=4000, blank=True)
    requirements = models.TextField(_("what people bring"), max_length=1000, blank=True)
    requirements_es = models.TextField(_("what people bring, in Spanish"), max_length=1000, blank=True)
    neighborhood = models.CharField(_("neighborhood"), max_length=80)
    places = models.PositiveSmallIntegerField(
        _("number of places"), default=1, validators=_between(1, rules.MOST_PLACES)
    )
    taken = models.PositiveSmallIntegerField(default=0, editable=False)
    is_paid = models.BooleanField(_("the place is paid"), default=True)
    wage_from = models.DecimalField(
        _("wage per hour, from"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=_between(Decimal(0), rules.HIGHEST_WAGE),
    )  # fmt: skip
    wage_to = models.DecimalField(
        _("wage per hour, up to"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=_between(Decimal(0), rules.HIGHEST_WAGE),
    )  # fmt: skip
    starts_on = models.DateField(_("first day"))
    weeks = models.PositiveSmallIntegerField(_("length in weeks"), validators=_between(1, rules.MOST_WEEKS))
    hours_per_week = models.PositiveSmallIntegerField(_("hours a week"), validators=_between(1, rules.MOST_HOURS))
    closes_on = models.DateField(_("last day to apply"))
    status = models.CharField(max_length=10, choices=PlaceStatus, default=PlaceStatus.DRAFT, editable=False)
    created_at = models.DateTimeField(editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    erase_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="training_taken_within_places", condition=Q(taken__lte=F("places"))),
            models.CheckConstraint(
                name="training_paid_has_wage",
                condition=Q(is_paid=True, wage_from__isnull=False)
                | Q(is_paid=False, wage_from__isnull=True, wage_to__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "closes_on"], name="training_place_closing"),
            models.Index(fields=["status", "neighborhood"], name="training_place_where"),
            models.Index(fields=["status", "kind"], name="training_place_kind"),
            models.Index(fields=["erase_on"], name="training_place_erase"),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("training:place", args=[self.pk])

    def _in_language(self, name: str) -> str:
        spanish = getattr(self, f"{name}_es")
        return spanish if get_language() == "es" and spanish else getattr(self, name)

    @property
    def label(self) -> str:
        """The title in the reader's language."""
        return self._in_language("title")

    @property
    def text(self) -> str:
        return self._in_language("description")

    @property
    def needs(self) -> str:
        return self._in_language("requirements")

    @property
    def left(self) -> int:
        return self.places - self.taken

    @property
    def language_labels(self) -> list:
        return [Language(row.language).label for row in self.languages.all()]

    def facts(self, languages) -> rules.Facts:
        """What the rules look at."""
        return rules.Facts(
            kind=self.kind, steps=self.steps, languages=languages, is_paid=self.is_paid, wage_from=self.wage_from,
            wage_to=self.wage_to, starts_on=self.starts_on, closes_on=self.closes_on,
        )  # fmt: skip


class PlaceLanguage(models.Model):
    """A language that is spoken at the place."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=3, choices=Language)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["language", "place"], name="training_language_once")]

    def __str__(self):
        return self.get_language_display()


class Applicant(models.Model):
    """A person who applied for a place; everything personal is emptied when the time is up (`erased_at`)."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="applicants")
    status = models.CharField(max_length=10, choices=ApplicantStatus, default=ApplicantStatus.RECEIVED)
    token = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique, so no row may share ""
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    area = models.CharField(_("ZIP code or neighborhood"), max_length=80)
    languages = models.JSONField(_("languages"), default=list)
    why = models.TextField(_("why this place"), max_length=2000)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("es", "Español")], default="en")
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    applied_at = models.DateTimeField()
    consented_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-applied_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "email"],
                name="training_one_open_application",
                condition=Q(status__in=[status.value for status in OPEN_APPLICANTS], erased_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["place", "status", "-applied_at"], name="training_applicant_list")]

    def __str__(self):
        return _("Applicant %(number)s") % {"number": self.pk}  # never the name: this reaches logs

    @property
    def maker(self):
        return self.place.maker

    @property
    def language_labels(self) -> list:
        return [Language(code).label for code in self.languages]


class Placement(models.Model):
    """Someone started at a maker. Counts once a second person confirmed it; corrected by a new row, never deleted."""

    applicant = models.ForeignKey(
        Applicant, on_delete=models.PROTECT, null=True, related_name="placements", editable=False
    )
    reference = models.CharField(max_length=12, blank=True)
    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="placements")
    kind = models.CharField(_("kind of place"), max_length=20, choices=Kind)
    partner = models.CharField(_("partner organization"), max_length=10, choices=Partner)
    started_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    end_reason = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=PlacementStatus, default=PlacementStatus.RECORDED)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by", editable=False
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        permissions = [("coordinate", "Can record and confirm placements")]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"],
                name="training_one_placement_per_applicant",
                condition=~Q(status=PlacementStatus.VOID.value),
            ),
            models.CheckConstraint(
                name="training_end_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "kind", "started_on"], name="training_placement_started"),
            models.Index(fields=["status", "kind", "ended_on"], name="training_placement_ended"),
        ]

    def __str__(self):
        return _("Placement %(number)s") % {"number": self.pk}
