"""The numbers that LA Made 4.0 promised, as data.

Source: programme.md, "What LA Original is" (from the initiative's announcement by the City, Goodwill SoCal,
CESMII at UCLA and USC Viterbi): by 2022 retrain 3,000 workers, place 400 in pre-apprenticeships and 100 in
apprenticeships. "Retrain" is reached when a training is completed, "place" when someone has started.
"""

from dataclasses import dataclass
from typing import Literal

from .words import Kind

TARGET_YEAR = 2022


@dataclass(frozen=True, slots=True)
class Target:
    kind: Kind
    number: int
    counts: Literal["started", "completed"]


TARGETS = (
    Target(Kind.TRAINING, 3000, "completed"),
    Target(Kind.PRE_APPRENTICESHIP, 400, "started"),
    Target(Kind.APPRENTICESHIP, 100, "started"),
)
