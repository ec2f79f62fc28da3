"""The program in numbers, year by year, counted from the rows themselves.

An application counts in the Los Angeles year in which it was handed in, a certificate in that of its first day, an
appeal or report in that in which it came. So the outcomes of a row add up to what came in, and no year's figures
depend on how fast the desk was.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.models import Appeal, Application, AuditHead, Certificate, Complaint, SurveillanceDraw
from certification.words import (
    AppealStatus,
    ApplicationStatus,
    CheckStatus,
    ComplaintStatus,
    PublicStatus,
)  # fmt: skip
from marketplace.core import clock

from .search import has_status


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are pairs of a name for programs and a label for people; `rows` hold a number for each of them."""

    name: str
    title: str | Promise
    columns: tuple[tuple[str, str | Promise], ...]
    rows: tuple[tuple[int, tuple[int | Decimal | None, ...]], ...]

    def figures(self) -> Iterable[tuple[int, str, int | Decimal | None]]:
        """(year, column, number) of everything in the table."""
        for year, values in self.rows:
            for (name, _label), value in zip(self.columns, values, strict=True):
                yield year, name, value


def tables() -> list[Table]:
    """All tables as of now; nine queries whatever the number of rows."""
    return [_applications(), _certificates(), _appeals(), _complaints(), _surveillance()]


def chain_end() -> str:
    """Number and hash of the audit trail's last entry, for anyone to note (manage.py verify_audit --noted)."""
    return str(AuditHead.objects.filter(pk=1).first() or AuditHead())


def median(numbers: Iterable[int]) -> Decimal | None:
    """The middle one, or half the sum of the two in the middle; None of nothing."""
    found = sorted(numbers)
    if not found:
        return None
    low, high = found[(len(found) - 1) // 2], found[len(found) // 2]
    return Decimal(low + high) / 2


def _applications() -> Table:
    rows = Application.objects.filter(submitted_at__isnull=False)
    status = {name: Q(status=name) for name in _DECIDED}
    status["under_way"] = ~Q(status__in=_DECIDED)
    counted = _counted(rows, _year("submitted_at"), status)
    days = defaultdict(list)
    decided = rows.filter(status__in=_DECIDED[:2], decided_at__isnull=False)
    for submitted, ended in decided.values_list("submitted_at", "decided_at").iterator():
        first, last = (moment.astimezone(clock.LOS_ANGELES).date() for moment in (submitted, ended))
        days[first.year].append((last - first).days)
    columns = (
        ("received", pgettext_lazy("applications", "Received")), ("granted", pgettext_lazy("applications", "Granted")),
        ("refused", pgettext_lazy("applications", "Refused")),
        ("withdrawn", _("Withdrawn by the maker")), ("under_way", _("Under way")),
        ("median_days", _("Median days to the decision")),
    )  # fmt: skip
    with_days = tuple((year, (*values, median(days[year]))) for year, values in counted)
    return Table("applications", _("Applications"), columns, with_days)


def _certificates() -> Table:
    status = {name: has_status(name) for name in PublicStatus.values}
    columns = (("issued", pgettext_lazy("certificates", "Issued")), *PublicStatus.choices)
    rows = _counted(Certificate.objects.all(), ExtractYear("valid_from"), status)
    return Table("certificates", _("Certificates, and what they are today"), columns, rows)


def _appeals() -> Table:
    ended = (AppealStatus.UPHELD, AppealStatus.DISMISSED, AppealStatus.DROPPED)
    labels = (pgettext_lazy("appeals", "Received"), pgettext_lazy("appeals", "Open"))
    return _came_in("appeals", _("Appeals"), Appeal.objects.all(), ended, labels)


def _complaints() -> Table:
    ended = (ComplaintStatus.UPHELD, ComplaintStatus.DISMISSED)
    labels = (pgettext_lazy("reports", "Received"), pgettext_lazy("reports", "Open"))
    return _came_in("complaints", _("Reports about a badge"), Complaint.objects.all(), ended, labels)


def _came_in(name: str, title, rows: QuerySet, ended: tuple, labels: tuple) -> Table:
    status = {item.value: Q(status=item) for item in ended} | {"open": ~Q(status__in=ended)}
    received, still_open = labels
    columns = (("received", received), *((item.value, item.label) for item in ended), ("open", still_open))
    return Table(name, title, columns, _counted(rows, _year("filed_at"), status))


def _surveillance() -> Table:
    made = SurveillanceDraw.objects.annotate(
        drawn=Count("checks"), **{name: Count("checks", filter=Q(checks__status=name)) for name in CheckStatus.values}
    )
    names = ("drawn", *CheckStatus.values)
    rows = tuple(
        (draw.year, (len(draw.population), *(getattr(draw, name) for name in names))) for draw in made.order_by("-year")
    )
    columns = (("population", _("Valid certificates")), ("drawn", _("Drawn")), *CheckStatus.choices)
    return Table("surveillance", _("Surveillance: drawn and looked at again"), columns, rows)


_DECIDED = (ApplicationStatus.GRANTED, ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN)


def _year(field: str) -> ExtractYear:
    return ExtractYear(field, tzinfo=clock.LOS_ANGELES)


def _counted(rows: QuerySet, year: ExtractYear, status: dict[str, Q]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """(year, (all of them, and how many of each status)), the newest year first."""
    counts = {f"count_{name}": Count("pk", filter=condition) for name, condition in status.items()}
    found = rows.order_by().annotate(year=year).values("year").annotate(in_all=Count("pk"), **counts)
    return tuple((row["year"], (row["in_all"], *(row[name] for name in counts))) for row in found.order_by("-year"))
