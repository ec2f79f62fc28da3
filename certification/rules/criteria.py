"""A criteria version: the programme's rules as data, read from JSON and checked for sense."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from .words import ProductKind, StepKind

VERSION_1 = Path(__file__).with_name("criteria_v1.json")


class BadCriteria(ValueError):
    """The rules of a version contradict each other or name an unknown step."""


@dataclass(frozen=True, slots=True)
class KindRules:
    """What is essential, and what is the substantial assembly, for one kind of product."""

    essential: tuple[StepKind, ...]
    assembly: tuple[StepKind, ...]


@dataclass(frozen=True, slots=True)
class Criteria:
    number: int
    area: str
    share: Decimal
    design: tuple[StepKind, ...]
    never: frozenset[StepKind]
    registration_steps: frozenset[StepKind]
    registration_kinds: frozenset[ProductKind]
    kinds: dict[str, KindRules]

    @classmethod
    def from_data(cls, data: Mapping) -> "Criteria":
        """The version that `data` (the JSON of a criteria version) describes. Raises BadCriteria."""
        try:
            criteria = cls(
                number=int(data["number"]),
                area=data["area"],
                share=Decimal(data["manufactured_share"]),
                design=_steps(data["design_steps"]),
                never=frozenset(_steps(data["never_qualifying"])),
                registration_steps=frozenset(_steps(data["registration"]["steps"])),
                registration_kinds=frozenset(ProductKind(kind) for kind in data["registration"]["kinds"]),
                kinds={
                    ProductKind(kind): KindRules(_steps(rules["essential"]), _steps(rules["assembly"]))
                    for kind, rules in data["kinds"].items()
                },
            )
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise BadCriteria(f"criteria can't be read: {error!r}") from error
        criteria._check()
        return criteria

    def _check(self) -> None:
        if missing := set(ProductKind) - set(self.kinds):
            raise BadCriteria(f"no rules for {sorted(missing)}")
        if not Decimal(0) < self.share <= Decimal(100):
            raise BadCriteria(f"a share of {self.share} % makes no sense")
        for kind, rules in self.kinds.items():
            if not rules.essential or not rules.assembly:
                raise BadCriteria(f"{kind} has no essential or no assembly step")
            if self.never & {*rules.essential, *rules.assembly, *self.design}:
                raise BadCriteria(f"{kind} rests on a step that never qualifies")


def _steps(names) -> tuple[StepKind, ...]:
    return tuple(StepKind(name) for name in names)


def version_1() -> dict:
    """The JSON of criteria version 1 as the project ships it."""
    return json.loads(VERSION_1.read_text(encoding="utf-8"))
