"""The pages and files of the program's numbers, and of a year's surveillance draw."""

from decimal import Decimal
from pathlib import Path

from django.core.cache import cache
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from certification.models import SurveillanceDraw
from marketplace.core import clock

from . import statistics
from .data import csv_response

SCRIPT = Path(__file__).with_name("repeat_draw.txt")
REMEMBERED = 60
MOST_SHOWN = 200


@require_safe
def numbers(request):
    context = {
        "tables": _tables(),
        "chain_end": statistics.chain_end(),
        "today": clock.today(),
        "draws": SurveillanceDraw.objects.only("year"),
        "site_section": "register",
    }
    return render(request, "register/statistics.html", context)


@require_safe
def numbers_csv(request):
    lines = [
        (table.name, str(year), column, "" if value is None else str(value))
        for table in _tables()
        for year, column, value in table.figures()
    ]
    return csv_response("statistics.csv", ("table", "year", "figure", "value"), lines)


@require_safe
def numbers_json(request):
    """Numbers by table and year; half days as text, so that no reader rounds them."""
    found: dict = {"day": clock.today().isoformat(), "audit_chain": statistics.chain_end()}
    for table in _tables():
        years: dict[int, dict] = {year: {"year": year} for year, _values in table.rows}
        for year, column, value in table.figures():
            years[year][column] = str(value) if isinstance(value, Decimal) else value
        found[table.name] = list(years.values())
    response = JsonResponse(found)
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def surveillance(request, year):
    """A year's draw, with everything that it takes to repeat it."""
    draw = get_object_or_404(SurveillanceDraw, year=year)
    tickets = dict(draw.population)
    checks = list(draw.checks.select_related("certificate").order_by("position"))
    context = {
        "draw": draw,
        "size": len(draw.population),
        "checks": [(check, tickets[check.certificate.number]) for check in checks],
        "population": draw.population[:MOST_SHOWN],
        "most": MOST_SHOWN,
        "script": SCRIPT.read_text("utf-8"),
        "site_section": "register",
    }
    return render(request, "register/surveillance.html", context)


@require_safe
def population_csv(request, year):
    """Who was in the draw, with how many tickets."""
    draw = get_object_or_404(SurveillanceDraw, year=year)
    lines = ((number, str(tickets)) for number, tickets in draw.population)
    return csv_response(f"surveillance-{draw.year}.csv", ("number", "tickets"), lines)


def _tables() -> list[statistics.Table]:
    """Counted at most once a minute; labels are translated when they are shown."""
    found = cache.get("register-statistics")
    if found is None:
        found = statistics.tables()
        cache.set("register-statistics", found, REMEMBERED)
    return found
