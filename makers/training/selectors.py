"""Reads about training: the public list, a maker's applicants, the desk's placements, the numbers of the counter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BooleanField, Case, Count, F, Min, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear

from makers.models import Maker
from marketplace.core import clock

from .models import Applicant, Place, Placement
from .targets import TARGETS, Target
from .words import (
    COUNTED,
    OPEN_APPLICANTS,
    PUBLIC_PLACES,
    ApplicantStatus,
    Kind,
    Language,
    PlacementStatus,
    PlaceStatus,
)

PAID = {"yes": True, "no": False}
SEARCHED = ("title", "title_es", "description", "description_es", "neighborhood", "maker__name")
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader of the list asks for; an unknown value asks for nothing."""

    q: str = ""
    kind: str = ""
    neighborhood: str = ""
    language: str = ""
    paid: str = ""
    open: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        known = {"kind": Kind.values, "language": Language.values, "paid": PAID, "open": ("yes",)}
        chosen = {name: query.get(name, "") for name, values in known.items() if query.get(name) in values}
        # PostgreSQL refuses NUL in any text.
        free = {name: query.get(name, "").replace("\0", "").strip()[:80] for name in ("q", "neighborhood")}
        return cls(**chosen, **free)


def is_open_now() -> Q:
    """Places that take applications today."""
    return Q(status=PlaceStatus.PUBLISHED, closes_on__gte=clock.today(), taken__lt=F("places"))


def public_places() -> QuerySet[Place]:
    """Every place that everyone may read, each with `is_open`."""
    opened = Case(When(is_open_now(), then=Value(True)), default=Value(False), output_field=BooleanField())
    return Place.objects.filter(status__in=PUBLIC_PLACES).annotate(is_open=opened).select_related("maker")


def found_places(asked: Asked) -> QuerySet[Place]:
    """The public list: open places first, the soonest closing first; then those that closed last."""
    rows = public_places()
    exact = {"kind": asked.kind, "neighborhood": asked.neighborhood, "languages__language": asked.language}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if asked.paid:
        rows = rows.filter(is_paid=PAID[asked.paid])
    if asked.open:
        rows = rows.filter(is_open_now())
    for word in asked.q.split()[:MOST_WORDS]:
        rows = rows.filter(_holds(word))
    closing = Case(When(is_open_now(), then=F("closes_on")))
    return rows.prefetch_related("languages").order_by("-is_open", closing, "-closes_on", "-pk")


def _holds(word: str) -> Q:
    found = Q()
    for name in SEARCHED:
        found |= Q(**{f"{name}__icontains": word})
    return found


def neighborhoods() -> list[str]:
    """Where there are places, for the filter."""
    rows = Place.objects.filter(status__in=PUBLIC_PLACES).order_by("neighborhood")
    return list(rows.values_list("neighborhood", flat=True).distinct())


def places_of(maker: Maker) -> QuerySet[Place]:
    """A maker's own places, each with the number of people who wait for an answer."""
    waiting = Count("applicants", filter=Q(applicants__status__in=OPEN_APPLICANTS))
    return Place.objects.filter(maker=maker).annotate(waiting=waiting).order_by("-pk")


def open_places_of(maker: Maker) -> QuerySet[Place]:
    """What people can apply for at this maker today, the soonest closing first."""
    return Place.objects.filter(is_open_now(), maker=maker).order_by("closes_on", "pk")


def places_with_people_waiting(maker: Maker) -> QuerySet[Place]:
    """What the maker has to answer, the place with the oldest offer first."""
    return places_of(maker).filter(waiting__gt=0).order_by("pk")


def applicants_of(place: Place) -> QuerySet[Applicant]:
    """Who applied for a place, the newest first; those who withdrew left nothing to read."""
    return Applicant.objects.filter(place=place).exclude(status=ApplicantStatus.WITHDRAWN)


def placements(status: str = "") -> QuerySet[Placement]:
    """The desk's list, the newest first."""
    rows = Placement.objects.select_related("maker", "recorded_by", "applicant__place").order_by("-pk")
    return rows.filter(status=status) if status in PlacementStatus.values else rows


def not_yet_recorded() -> QuerySet[Applicant]:
    """People whom a maker took on and whose start nobody has recorded."""
    valid = Placement.objects.exclude(status=PlacementStatus.VOID).filter(applicant__isnull=False)
    return (
        Applicant.objects.filter(status=ApplicantStatus.TAKEN_ON).exclude(pk__in=valid.values("applicant"))
        .select_related("place__maker").order_by("place__starts_on", "pk")
    )  # fmt: skip


@dataclass(slots=True)
class Numbers:
    started: int = 0
    completed: int = 0
    ended: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """One bar: `counted` is the number that the target is about."""

    target: Target
    total: Numbers
    years: dict[int, Numbers] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        return self.target.kind

    @property
    def counted(self) -> int:
        return getattr(self.total, self.target.counts)

    @property
    def percent(self) -> int:
        """Whole percents, rounded down: 100 only when the target is reached."""
        return 100 * self.counted // self.target.number


def progress_rows() -> list[tuple[str, int, str, Numbers]]:
    """(kind, year, partner, numbers) of everything that counts: starts by their year, ends by theirs."""
    found: dict[tuple[str, int, str], Numbers] = {}
    counted = Placement.objects.filter(status__in=COUNTED).order_by()
    ends = counted.filter(ended_on__isnull=False)
    for name, rows, day in (
        ("started", counted, "started_on"),
        ("completed", ends.filter(status=PlacementStatus.COMPLETED), "ended_on"),
        ("ended", ends.filter(status=PlacementStatus.ENDED), "ended_on"),
    ):
        grouped = rows.annotate(year=ExtractYear(day)).values_list("kind", "year", "partner").annotate(n=Count("pk"))
        for kind, year, partner, number in grouped:
            setattr(found.setdefault((kind, year, partner), Numbers()), name, number)
    return [(*key, numbers) for key, numbers in sorted(found.items())]


def progress() -> list[Progress]:
    """One entry per target, from the records."""
    bars = {target.kind.value: Progress(target, Numbers()) for target in TARGETS}
    for kind, year, _partner, numbers in progress_rows():
        bar = bars[kind]
        for sums in (bar.total, bar.years.setdefault(year, Numbers())):
            sums.started += numbers.started
            sums.completed += numbers.completed
            sums.ended += numbers.ended
    return list(bars.values())


def counted_since() -> date | None:
    """The first start that counts."""
    return Placement.objects.filter(status__in=COUNTED).aggregate(first=Min("started_on"))["first"]
