"""A self-check without an account: what was typed, what the rules say of it, and the application it becomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.catalogue.services import describe_product
from certification import audit
from certification.cases import build_case
from certification.facts import workplace_facts
from certification.models import Application, ProductionStep, SelfCheck
from certification.permissions import may_edit
from certification.programme import criteria_in_force
from certification.rules.prospect import Prospect, prospects
from certification.services.applications import save_steps, start_application
from makers.models import Maker, Workplace
from makers.services import save_workplace, sign_up_maker
from marketplace.core import clock

from .check_forms import PlaceFormSet, StepsForm, WhatForm

PARTS = ("what", "places", "steps")
KEPT_DAYS = 90
MOST_FIELDS, LONGEST = 400, 1000
DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Answers:
    """All that was answered, read from what was typed; workplaces are unsaved rows with negative ids."""

    title: str
    kind: str
    description: str
    shop: str
    places: list[Workplace]
    registered: list[bool]
    steps: list[dict]


def begin() -> SelfCheck:
    now = clock.now()
    return SelfCheck.objects.create(language=get_language() or "en", created_at=now, updated_at=now)


def keep(check: SelfCheck, part: str, typed: Mapping[str, str]) -> None:
    """Keep what was typed in one part, right or wrong."""
    chosen = list(typed.items())[:MOST_FIELDS]
    check.answers = check.answers | {part: {name[:60]: str(value)[:LONGEST] for name, value in chosen}}
    check.language, check.updated_at = get_language() or "en", clock.now()
    check.save(update_fields=["answers", "language", "updated_at"])


def form_of(check: SelfCheck, part: str):
    """The form of a part, filled with what was typed; unbound where nothing was. KeyError where one before is open."""
    typed = check.answers.get(part)
    if part == "what":
        return WhatForm(typed)
    if part == "places":
        return PlaceFormSet(typed, prefix="place")
    what, places = form_of(check, "what"), form_of(check, "places")
    if not (what.is_valid() and places.is_valid()):
        raise KeyError("steps come after what and places")
    return StepsForm(
        typed, kind=what.cleaned_data["kind"], places=places.places(), criteria=criteria_in_force().criteria
    )


def first_open(check: SelfCheck) -> str:
    """The first part that is not answered yet, or not rightly; empty when all are."""
    return next((part for part in PARTS if not form_of(check, part).is_valid()), "")


def read(check: SelfCheck) -> Answers:
    """All answers. Call it where first_open() is empty."""
    what, places, steps = (form_of(check, part) for part in PARTS)
    for form in (what, places, steps):
        form.is_valid()
    rows = places.places()
    for number, place in enumerate(rows, start=1):
        place.pk = -number
    return Answers(places=rows, registered=_flags(places), steps=steps.steps(), **what.cleaned_data)


def _flags(places) -> list[bool]:
    kept = {id(place) for place in places.places()}
    return [form.cleaned_data["registered"] for form in places.forms if id(form.instance) in kept]


def judge(answers: Answers) -> tuple[Prospect, ...]:
    """What the criteria in force say of each claim if what was answered is shown."""
    return prospects(build_case(facts(answers)), criteria_in_force().criteria)


def facts(answers: Answers) -> dict:
    """The answers as the facts of a product that certification judges."""
    named = {"maker": answers.shop, "legal_name": answers.shop}
    return {"title": answers.title, "kind": answers.kind, **named, "steps": [
        _step_facts(number, step, answers) for number, step in enumerate(answers.steps, start=1)
    ]}  # fmt: skip


def _step_facts(number: int, step: dict, answers: Answers) -> dict:
    made = {
        "id": -number,
        "kind": step["kind"],
        "started_on": step["started_on"].isoformat() if step["started_on"] else "",
        "cost_share": f"{step['cost_share']:.2f}",
        "elsewhere_place": step["elsewhere_place"],
        "elsewhere_by": step["elsewhere_by"],
    }
    if step["place"] is None:
        return made
    made |= workplace_facts(answers.places[step["place"]])
    if answers.registered[step["place"]]:
        made["garment_registration"] = DECLARED  # the number itself is asked in the application
    return made


def go_on(
    *, user, check: SelfCheck, claims: Sequence[str], maker: Maker | None = None, sign_up: dict | None = None
) -> Application:
    """The draft application that the answers make, with maker (of `sign_up`, where there is none), addresses, steps.

    Doing it again gives the same application. Raises PermissionDenied where it became somebody else's,
    ValidationError for a closed business.
    """
    with audit.writing():
        check = SelfCheck.objects.select_for_update(of=("self",)).select_related("application__maker").get(pk=check.pk)
        if check.application is not None:
            if not may_edit(user, check.application):
                raise PermissionDenied
            return check.application
        if maker is not None and maker.closed_at:
            raise ValidationError(_("This business is closed."))
        answers = read(check)
        maker = maker or sign_up_maker(user=user, **(sign_up or {}))
        places = [_workplace(user, maker, place) for place in answers.places]
        words = {"title_es": answers.title, "description_es": answers.description} if check.language == "es" else {}
        product = describe_product(
            user=user, maker=maker, title=answers.title, kind=answers.kind, description=answers.description, **words
        )
        save_steps(user=user, product=product, steps=[_step(step, places) for step in answers.steps])
        check.application = start_application(user=user, product=product, claims=claims)
        check.updated_at = clock.now()
        check.save(update_fields=["application", "updated_at"])
    return check.application


def _workplace(user, maker: Maker, place: Workplace) -> Workplace:
    """The maker's workplace at this address; one that it has already is used again."""
    same = {"name": place.name, "line1": place.line1, "zip_code": place.zip_code, "operated_by": place.operated_by}
    known = maker.workplaces.filter(**same).first()
    if known is not None:
        return known
    place.pk, place.maker = None, maker
    return save_workplace(user=user, workplace=place)


def _step(step: dict, places: list[Workplace]) -> ProductionStep:
    values = {name: value for name, value in step.items() if name != "place"}
    return ProductionStep(workplace=None if step["place"] is None else places[step["place"]], **values)


def forget_unused() -> int:
    """Delete checks that were not touched for 90 days and became no application; returns how many. A periodic job."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    return SelfCheck.objects.filter(application__isnull=True, updated_at__lt=before).delete()[0]
