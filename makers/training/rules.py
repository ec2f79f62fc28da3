"""What a place must be to be published: wages, dates, numbers. Pure: values in, messages by field out.

Minimum wage: City of Los Angeles, Los Angeles Municipal Code 187.02, adjusted each July 1 by the Office of Wage
Standards (wagesla.lacity.org). It is higher than California's in every row below, and it holds for whoever works
two hours a week in the City. Lower rates that state law lets some registered programs pay (Labor Code 1192) are
not accepted here. The last row holds until a later one is added: look each spring.
An apprentice is at least 16 and employed, so paid: California Labor Code 3077.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certification.rules.words import StepKind

from .words import Kind, Language

MINIMUM_WAGES = (
    (date(2022, 7, 1), Decimal("16.04")),
    (date(2023, 7, 1), Decimal("16.78")),
    (date(2024, 7, 1), Decimal("17.28")),
    (date(2025, 7, 1), Decimal("17.87")),
)
HIGHEST_WAGE = Decimal(200)
LONGEST_AHEAD = timedelta(days=548)
MOST_PLACES, MOST_WEEKS, MOST_HOURS = 200, 260, 40
YOUNGEST = 16


@dataclass(frozen=True, slots=True)
class Facts:
    """What is judged of a place; wages in dollars per hour, days of Los Angeles."""

    kind: str
    steps: Collection[str]
    languages: Collection[str]
    is_paid: bool
    wage_from: Decimal | None
    wage_to: Decimal | None
    starts_on: date | None
    closes_on: date | None


def minimum_wage(day: date) -> tuple[date, Decimal]:
    """(in force since, dollars per hour) on a day; the oldest known row before all of them."""
    known = [row for row in MINIMUM_WAGES if row[0] <= day]
    return known[-1] if known else MINIMUM_WAGES[0]


def problems(facts: Facts) -> dict[str, str]:
    """Field -> what to do about it; empty where the place may be saved."""
    found = _list_problems(facts) | _day_problems(facts)
    return found | (_wage_problems(facts) if facts.is_paid else _unpaid_problems(facts))


def publishing_problems(facts: Facts, today: date) -> dict[str, str]:
    """What else stands against showing the place today."""
    found = problems(facts)
    if facts.closes_on and facts.closes_on < today:
        found.setdefault("closes_on", _("The closing day has passed. Choose a day from today on."))
    if facts.starts_on and facts.starts_on > today + LONGEST_AHEAD:
        found.setdefault("starts_on", _("Choose a start within the next 18 months."))
    return found


def _list_problems(facts: Facts) -> dict[str, str]:
    found = {}
    if not facts.steps or not set(facts.steps) <= set(StepKind):
        found["steps"] = _("Choose at least one production step that people learn.")
    if not facts.languages or not set(facts.languages) <= set(Language):
        found["languages"] = _("Choose at least one language that is spoken at work.")
    return found


def _day_problems(facts: Facts) -> dict[str, str]:
    if facts.starts_on and facts.closes_on and facts.closes_on > facts.starts_on:
        return {"closes_on": _("The closing day comes after the start. Choose a day up to the start.")}
    return {}


def _unpaid_problems(facts: Facts) -> dict[str, str]:
    if facts.kind == Kind.APPRENTICESHIP:
        words = _("An apprentice is employed (California Labor Code 3077), so an apprenticeship is paid.")
        return {"is_paid": words}
    if facts.wage_from is not None or facts.wage_to is not None:
        return {"is_paid": _("You gave a wage. Say that the place is paid, or take the wage out.")}
    return {}


def _wage_problems(facts: Facts) -> dict[str, str]:
    if facts.wage_from is None:
        return {"wage_from": _("Say what an hour is paid.")}
    if facts.wage_to is not None and facts.wage_to < facts.wage_from:
        return {"wage_to": _("This is less than the wage at the start. Put the higher number here.")}
    if facts.starts_on is None:
        return {}
    since, least = minimum_wage(facts.starts_on)
    if facts.wage_from < least:
        words = {"least": least, "day": date_format(since, "DATE_FORMAT")}
        text = _(
            "The City of Los Angeles minimum wage is $%(least)s an hour (Municipal Code 187.02, since %(day)s). "
            "Pay at least that."
        )
        return {"wage_from": text % words}
    return {}
