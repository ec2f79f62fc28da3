"""What the programme itself lays down or loads: criteria versions, the area, the City's list of businesses."""

from functools import cached_property, lru_cache

import shapely
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certification.rules import Criteria
from certification.words import CriteriaStatus, Perm


class CriteriaVersion(models.Model):
    """The written rules. An application is judged by the version in force when it was submitted."""

    number = models.PositiveSmallIntegerField(unique=True)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True, help_text=_("The last day, inclusive."))
    area_name = models.CharField(max_length=120)
    rules = models.JSONField()
    status = models.CharField(max_length=10, choices=CriteriaStatus, default=CriteriaStatus.PUBLISHED)
    summary = models.TextField(blank=True, help_text=_("What changes, for makers and shoppers."))
    summary_es = models.TextField(blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="criteria_drafted"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="criteria_published"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        permissions = [(Perm.CRITERIA.split(".")[1], "Can draft and publish criteria")]
        constraints = [
            models.CheckConstraint(
                name="criteria_dates_in_order",
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
            )
        ]

    def __str__(self):
        return str(self.number)

    @cached_property
    def criteria(self) -> Criteria:
        return Criteria.from_data(self.rules)

    def clean(self):
        Criteria.from_data(self.rules)


class ProgrammeArea(models.Model):
    """An area as the operator loaded it; the newest of a name counts."""

    name = models.CharField(max_length=120)
    source = models.CharField(max_length=500)
    loaded_at = models.DateTimeField()
    parts = models.PositiveIntegerField(help_text=_("Polygons in the file."))
    mended = models.JSONField(default=list, help_text=_("Names of the polygons that were invalid."))
    geometry = models.TextField(help_text=_("The union in WGS84, well-known binary as hexadecimal."))

    class Meta:
        ordering = ["-loaded_at", "-pk"]

    def __str__(self):
        return f"{self.name} ({self.loaded_at:%Y-%m-%d})"

    @property
    def shape(self) -> shapely.Geometry:
        """The prepared geometry, kept in memory per row (rows are never changed, only added)."""
        return _shape(self.geometry)


@lru_cache(maxsize=2)
def _shape(geometry: str) -> shapely.Geometry:
    shape = shapely.from_wkb(geometry)
    shapely.prepare(shape)
    return shape


class RegisterEntry(models.Model):
    """A row of the City's Listing of Active Businesses (data.lacity.org 6rrh-rzua, CC0)."""

    account = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=200, db_index=True)
    dba_name = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    zip_code = models.CharField(max_length=10, blank=True, db_index=True)
    naics = models.CharField(max_length=8, blank=True)
    naics_description = models.CharField(max_length=200, blank=True)
    council_district = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("1 to 15; 0 means outside the City.")
    )
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    zip5 = models.CharField(max_length=5, blank=True)
    house_number = models.CharField(max_length=20, blank=True)
    name_key = models.CharField(max_length=80, blank=True, db_index=True)
    dba_key = models.CharField(max_length=80, blank=True, db_index=True)
    seen_at = models.DateTimeField(help_text=_("The load that brought the row last."))

    class Meta:
        verbose_name_plural = _("register entries")
        indexes = [models.Index(fields=["zip5", "house_number"], name="register_address")]

    def __str__(self):
        return f"{self.account} {self.name}"
