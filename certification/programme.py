"""What the programme has in force: the criteria version and the area that counts as inside."""

from datetime import date

import shapely

from marketplace.core import clock

from .models import CriteriaVersion, ProgrammeArea
from .words import CriteriaStatus


class NoCriteria(LookupError):
    """No criteria version is in force; an operator has to publish one."""


def criteria_in_force(day: date | None = None) -> CriteriaVersion:
    """The version for applications handed in on `day` (today). Raises NoCriteria."""
    day = day or clock.today()
    versions = CriteriaVersion.objects.filter(status=CriteriaStatus.PUBLISHED, in_force_from__lte=day)
    version = versions.exclude(in_force_until__lt=day).order_by("-number").first()
    if version is None:
        raise NoCriteria(f"no criteria in force on {day}")
    return version


def current_area() -> shapely.Geometry | None:
    """The newest loaded programme area as a prepared shape in WGS84, or None."""
    area = ProgrammeArea.objects.order_by("-loaded_at", "-pk").first()
    return area.shape if area else None
