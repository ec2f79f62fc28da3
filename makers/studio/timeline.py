"""How a piece is made, as the application shows it: steps in order with their files beneath, then the workplaces."""

from collections.abc import Iterable
from dataclasses import dataclass

from certification.models import Application, Evidence, ProductionStep
from certification.texts import STEPS
from certification.words import EvidenceKind
from makers.models import Workplace

from .forms import EvidenceForm


@dataclass(frozen=True, slots=True)
class Stop:
    """One card: a step or a workplace, its files, and the form for one more (None where nothing can be added)."""

    key: str
    title: str
    subject: ProductionStep | Workplace
    files: list[Evidence]
    form: EvidenceForm | None


def steps_of(case: Application, bound: EvidenceForm | None = None, *, editable: bool) -> list[Stop]:
    """The steps in order; `bound` is a form that came back with an error and takes its card's place."""
    files = _by_field(case, "step_id")
    return [
        _stop(f"step-{step.pk}", str(STEPS[step.kind]), step, files.get(step.pk, []), case, bound, editable)
        for step in _steps(case)
    ]


def workplaces_of(case: Application, bound: EvidenceForm | None = None, *, editable: bool) -> list[Stop]:
    """Each workplace at which a step happens, with its business record."""
    files = _by_field(case, "workplace_id")
    return [
        _stop(f"workplace-{place.pk}", place.name, place, files.get(place.pk, []), case, bound, editable)
        for place in _workplaces(_steps(case))
    ]


def files_without_place(case: Application) -> list[Evidence]:
    """Files about a step or workplace that is no part of this piece any more."""
    steps = {step.pk for step in _steps(case)}
    places = {place.pk for place in _workplaces(_steps(case))}
    return [item for item in case.evidence.all() if item.step_id not in steps and item.workplace_id not in places]


def targets(case: Application) -> dict[str, dict]:
    """What a file can be about: the key of its card to the keyword of the evidence service."""
    steps = _steps(case)
    found: dict[str, dict] = {f"step-{step.pk}": {"step": step} for step in steps}
    return found | {f"workplace-{place.pk}": {"workplace": place} for place in _workplaces(steps)}


def auto_id(key: str) -> str:
    """Ids of a card's fields."""
    return f"{key.replace('%', '')}_%s"


def _stop(key, title, subject, files, case: Application, bound: EvidenceForm | None, editable: bool) -> Stop:
    if bound is not None and bound.data.get("about") == key:
        return Stop(key, title, subject, files, bound)
    if not editable:
        return Stop(key, title, subject, files, None)
    kind = EvidenceKind.BUSINESS_RECORD if isinstance(subject, Workplace) else EvidenceKind.PHOTO
    form = EvidenceForm(targets={key: {}}, initial={"about": key, "kind": kind}, auto_id=auto_id(key))
    return Stop(key, title, subject, files, form)


def _steps(case: Application) -> list[ProductionStep]:
    return list(case.product.production_steps.select_related("workplace"))


def _workplaces(steps: Iterable[ProductionStep]) -> list[Workplace]:
    places = {step.workplace_id: step.workplace for step in steps if step.workplace}
    return list(places.values())


def _by_field(case: Application, field: str) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = {}
    for item in case.evidence.all():
        if key := getattr(item, field):
            found.setdefault(key, []).append(item)
    return found
