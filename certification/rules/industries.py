"""Whether a register row's industry (NAICS 2022) fits a production step. A misfit is a hint, never a verdict."""

from .words import StepKind

_MAKERS = ("313", "314", "315", "316")  # textile mills, textile products, apparel, leather
_DESIGN = ("5414", "5419", "541490", "7115", *_MAKERS, "339910")
FITTING: dict[StepKind, tuple[str, ...]] = {
    StepKind.CONCEPT: _DESIGN,
    StepKind.PATTERN: _DESIGN,
    StepKind.SAMPLE: _DESIGN,
    StepKind.KNITTING: ("313", "315"),
    StepKind.DYEING: ("313", "314", "315", "8123"),
    StepKind.CUTTING: _MAKERS,
    StepKind.PRINTING: ("3231", "313", "314", "315"),
    StepKind.SEWING: (*_MAKERS, "811490"),
    StepKind.LASTING: ("316",),
    StepKind.CASTING: ("3399", "3315", "332", "3272"),
    StepKind.ASSEMBLING: ("3399", *_MAKERS, "337", "332"),
    StepKind.FINISHING: (*_MAKERS, "3399", "811490"),
}


def fits(naics: str, step: StepKind) -> bool | None:
    """Whether firms of this industry do such a step; None where neither the row nor the table says anything."""
    wanted = FITTING.get(step)
    if not naics or wanted is None:
        return None
    return naics.startswith(wanted)
