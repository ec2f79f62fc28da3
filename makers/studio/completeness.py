"""How complete an application is, from what the rules found: what is there, what is missing. Pure.

Only what the maker can still bring counts: a step done outside is no gap but an answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certification.rules import Finding

THERE = frozenset({
    "record_pending", "record_accepted", "evidence_pending", "evidence_accepted", "registration_given",
    "registration_exempt",
})  # fmt: skip
# Where the maker mends it: the steps, the claims, or the file beside a step or workplace.
MISSING = {
    "no_steps": "steps", "kind_unknown": "steps", "step_missing": "steps", "shares_total": "steps",
    "share_impossible": "steps", "starts_later": "steps", "registration_missing": "workplaces",
    "record_missing": "evidence", "record_rejected": "evidence", "evidence_missing": "evidence",
    "evidence_rejected": "evidence",
}  # fmt: skip
_BY_SITE = ("record", "registration")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something to bring; `where` is steps, workplaces or evidence, `step` the id of the step it is about."""

    finding: Finding
    where: str
    step: str


@dataclass(frozen=True, slots=True)
class Completeness:
    there: int
    gaps: tuple[Gap, ...]

    @property
    def total(self) -> int:
        return self.there + len(self.gaps)

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means complete."""
        return self.there * 100 // self.total if self.total else 0


def completeness(findings: Iterable[Finding], claims: Sequence[str]) -> Completeness:
    """What is there and what is missing for these claims; the same thing for two claims or two steps counts once."""
    seen: dict[tuple, Finding] = {}
    for finding in findings:
        if finding.code in THERE or finding.code in MISSING:
            seen.setdefault(_what(finding), finding)
    gaps = tuple(
        Gap(finding, MISSING[finding.code], finding.step) for finding in seen.values() if finding.code in MISSING
    )
    return Completeness(there=len(seen) - len(gaps) + bool(claims), gaps=gaps)


def _what(finding: Finding) -> tuple:
    """What a finding is about: the record of a workplace is one, however many steps happen there."""
    subject = finding.code.split("_")[0]
    if subject in _BY_SITE:
        return subject, finding.params["site"]
    return subject if finding.step else finding.code, finding.step or finding.params.get("step", "")
