"""A maker's numbers: what is looked at, liked and sold, as plots with their tables."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.insights.reading import PERIODS, Bucket, insights_of

from .access import studio

WIDTH, HEIGHT = 1000, 200
LEAST_BAR = 3


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    width: int
    height: int
    bucket: Bucket
    value: int


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars in a box of WIDTH by HEIGHT; `is_money` where values are cents."""

    name: str
    title: str
    total: int
    top: int
    bars: list[Bar]
    is_money: bool = False


@studio
@never_cache
@require_safe
def insights(request):
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else PERIODS[0]
    found = insights_of(request.maker, days)
    context = {
        "found": found, "days": days, "periods": PERIODS, "width": WIDTH, "height": HEIGHT,
        "plots": [
            plot("views", _("Views"), found.buckets), plot("favorites", _("Favorites"), found.buckets),
            plot("pieces", _("Pieces sold"), found.buckets), plot("cents", _("Sales"), found.buckets, is_money=True),
        ],
        "studio_section": "insights",
    }  # fmt: skip
    return render(request, "studio/insights.html", context)


def plot(name: str, title: str, buckets: list[Bucket], *, is_money: bool = False) -> Plot:
    """A bar for each bucket, the highest one as high as the box; what is not nothing is seen."""
    values = [getattr(bucket, name) for bucket in buckets]
    top = max(values, default=0)
    step = WIDTH // max(len(buckets), 1)
    bars = []
    for place, (bucket, value) in enumerate(zip(buckets, values, strict=True)):
        height = max(value * HEIGHT // top, LEAST_BAR) if value > 0 else 0
        bars.append(Bar(place * step, HEIGHT - height, max(step - max(step // 6, 1), 1), height, bucket, value))
    return Plot(name, title, sum(values), top, bars, is_money)
