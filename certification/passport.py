"""The origin passport: each step as certified, where it is drawn on the map, and how it is known.

A street address never leaves the case: what is frozen for the public is a name, a city with its ZIP code and, inside
the City, the neighborhood.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.catalogue.models import Product

from . import citymap
from .cases import case_of
from .models import Application, Certificate, RegisterEntry, SiteVisit
from .rules import PlaceSource, Proof, Step, StepKind, Verdict
from .rules.addresses import same_address
from .selectors import certified_products
from .texts import STEPS
from .words import VisitStatus


@dataclass(frozen=True, slots=True)
class PassportStep:
    """One stop, in words for people. Certificates of the first days have neither neighborhood nor `since`."""

    number: int
    inside: bool
    area: str
    label: str
    place: str
    neighborhood: str
    since: date | None
    known: str


@dataclass(frozen=True, slots=True)
class Passport:
    """Who did what where, as certified; places without street addresses."""

    certificate: Certificate
    steps: tuple[PassportStep, ...]

    @property
    def inside_count(self) -> int:
        return sum(step.inside for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def pins(self) -> list[citymap.Pin]:
        """One pin for each neighborhood, at its center, with the numbers of the steps done there."""
        stops = defaultdict(list)
        for step in self.steps:
            if step.inside and step.neighborhood:
                stops[step.neighborhood].append(step.number)
        found = [(citymap.find(name), numbers) for name, numbers in stops.items()]
        return [citymap.Pin(spot.x, spot.y, _runs(numbers), "in") for spot, numbers in found if spot]

    @property
    def arrows(self) -> list[citymap.Pin]:
        """Steps done elsewhere, at the edge of the drawing, one below the other: which way they lie is not known."""
        places = defaultdict(list)
        for step in self.steps:
            if not step.inside:
                places[step.place].append(step.number)
        return [
            citymap.Pin(Decimal(citymap.WIDTH), Decimal(28 + 34 * row), f"{_runs(numbers)} {_short(place)}", "out")
            for row, (place, numbers) in enumerate(places.items())
        ]

    @property
    def is_drawn(self) -> bool:
        return bool(self.pins)

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The words by which its steps are known, and what each of them means."""
        words = {step.known for step in self.steps}
        return [(label, text) for label, text in _legend().values() if label in words]


def passport_of(product: Product) -> Passport | None:
    """The passport behind the product's newest valid certificate."""
    row = certified_products().filter(product=product).select_related("certificate__criteria").order_by("-pk").first()
    return passport(row.certificate) if row else None


def passport(certificate: Certificate) -> Passport:
    steps = enumerate(certificate.public_steps, 1)
    return Passport(certificate, tuple(_passport_step(number, step) for number, step in steps))


def public_steps(application: Application) -> list[dict]:
    """The steps of a judged application without street addresses, as the certificate keeps them."""
    facts = {str(step["id"]): step for step in application.facts["steps"]}
    visits = SiteVisit.objects.filter(application__maker=application.maker, status=VisitStatus.DONE)
    seen = {(visit.address, kind) for visit in visits for kind in visit.steps_seen}
    entries = RegisterEntry.objects.in_bulk({step.get("register_account") for step in facts.values()} - {None, ""})
    made = []
    for step in case_of(application).steps:
        visited = step.site is not None and (step.site.address, str(step.kind)) in seen
        neighborhood = _neighborhood(facts[step.key], entries, application.maker.neighborhood)
        made.append(_public_step(step, facts[step.key], visited, neighborhood))
    return made


def _public_step(step: Step, facts: dict, visited: bool, neighborhood: str) -> dict:
    inside = step.site is not None and step.site.place.verdict is Verdict.INSIDE
    return {
        "kind": str(step.kind),
        "inside": inside,
        "place": _public_place(facts),
        "neighborhood": neighborhood if inside else "",
        "since": facts["started_on"],
        "known": "visited" if visited else _how_known(step),
    }


def _public_place(facts: dict) -> str:
    if "workplace" not in facts:
        return ", ".join(part for part in (facts["elsewhere_by"], facts["elsewhere_place"]) if part)
    who = facts["contractor_name"] if facts["operated_by"] == "contractor" else facts["workplace_name"]
    return f"{who}, {facts['city']} {facts['zip_code'][:5]}"


def _neighborhood(facts: dict, entries: dict[str, RegisterEntry], home: str) -> str:
    """By the workplace's own point, the City's row of it, or, for its own workshop, the maker's word."""
    if "workplace" not in facts:
        return ""
    entry = entries.get(facts["register_account"])
    if facts["latitude"]:
        return citymap.nearest(Decimal(facts["latitude"]), Decimal(facts["longitude"])).name
    here = entry is not None and same_address(facts["line1"], facts["zip_code"], entry.street, entry.zip_code)
    if here and entry.latitude is not None:
        return citymap.nearest(entry.latitude, entry.longitude).name
    named = citymap.find(home) if facts["operated_by"] == "own" else None
    return named.name if named else ""


def _how_known(step: Step) -> str:
    if step.proof is not Proof.ACCEPTED:
        return "declared"
    registered = step.site is not None and step.site.place.source is PlaceSource.REGISTER
    return "registered" if registered else "documented"


def _passport_step(number: int, step: dict) -> PassportStep:
    since = step.get("since")
    return PassportStep(
        number=number,
        inside=step["inside"],
        area=_("City of Los Angeles") if step["inside"] else _("Outside L.A."),
        label=str(STEPS[StepKind(step["kind"])]),
        place=step["place"],
        neighborhood=step.get("neighborhood", ""),
        since=date.fromisoformat(since) if since else None,
        known=_legend()[step["known"]][0],
    )


def _legend() -> dict[str, tuple[str, str]]:
    return {
        "declared": (_("declared"), _("The maker says so; no claim of this certificate rests on it.")),
        "documented": (_("documented"), _("A person of the program has accepted a document or photo of this step.")),
        "registered": (
            _("documented, in the City's register"),
            _("Documented, and the workplace is in the City's list of active businesses."),
        ),
        "visited": (_("seen on a visit"), _("A person of the program was there and saw this step being done.")),
    }


def _runs(numbers: list[int]) -> str:
    """1, 2, 3, 5 as "1–3, 5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _short(place: str, most: int = 30) -> str:
    return place if len(place) <= most else f"{place[: most - 1].rstrip(' ,')}…"
