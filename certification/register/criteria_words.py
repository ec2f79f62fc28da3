"""A version of the criteria in plain words, built from its data, so that page and rule can't say different things."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from certification.rules import Claim, Criteria, StepKind
from certification.texts import CLAIMS, STEPS, kind_label


@dataclass(frozen=True, slots=True)
class ClaimRule:
    claim: str
    text: str


@dataclass(frozen=True, slots=True)
class KindRule:
    kind: str
    essential: str
    assembly: str


@dataclass(frozen=True, slots=True)
class Words:
    area: str
    claims: list[ClaimRule]
    always: list[str]
    kinds: list[KindRule]


def of(criteria: Criteria) -> Words:
    area = _(criteria.area)
    return Words(area, _claims(criteria, area), _always(criteria, area), _kinds(criteria))


def _claims(criteria: Criteria, area: str) -> list[ClaimRule]:
    texts = {
        Claim.DESIGNED: _("Each of these steps was done inside %(area)s: %(steps)s.")
        % {"area": area, "steps": _steps(criteria.design)},
        Claim.ASSEMBLED: _("The last substantial assembly for its kind was done inside %(area)s; see the table.")
        % {"area": area},
        Claim.MANUFACTURED: _(
            "Every essential step of its kind of piece was done inside %(area)s, and at least %(share)s %% of the"
            " production cost arose there."
        )
        % {"area": area, "share": f"{criteria.share:f}"},
    }
    return [ClaimRule(str(CLAIMS[claim]), text) for claim, text in texts.items()]


def _always(criteria: Criteria, area: str) -> list[str]:
    return [
        _("Every step that a claim rests on has accepted evidence of its own. An office address proves no sewing."),
        _("It was done at a workplace inside %(area)s that has an accepted business record.") % {"area": area},
        _("No contradiction between facts or evidence is left."),
        _("These steps alone never qualify: %(steps)s.") % {"steps": _steps(criteria.never)},
        _("For %(kinds)s, these steps need a California garment registration, or someone who works alone: %(steps)s.")
        % {"kinds": _names(criteria), "steps": _steps(criteria.registration_steps)},
    ]


def _kinds(criteria: Criteria) -> list[KindRule]:
    return [
        KindRule(kind_label(kind), _steps(rules.essential), _steps(rules.assembly))
        for kind, rules in criteria.kinds.items()
    ]


def _names(criteria: Criteria) -> str:
    return ", ".join(kind_label(kind) for kind in criteria.kinds if kind in criteria.registration_kinds)


def _steps(kinds: Iterable[StepKind]) -> str:
    chosen = set(kinds)
    return ", ".join(str(STEPS[kind]) for kind in STEPS if kind in chosen)
