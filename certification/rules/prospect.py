"""What a case could become: the criteria's answer if everything declared is shown, and what would show it.

The rules in evaluate.py stay the only judge. They are asked about the same case under assumptions: every step and
workplace proven, and a place that is likely inside or outside really there. What they hold against the case as it
is, and no more once it is proven, is the list of evidence to bring.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from .criteria import Criteria
from .evaluate import claim_outcome, evaluate
from .facts import Case, Finding, Outcome, Place, PlaceSource, Proof, Severity, Step, Verdict
from .words import Claim


class Answer(StrEnum):
    """How a claim would fare, from best to worst."""

    YES = "yes"
    LIKELY = "likely"
    UNCERTAIN = "uncertain"
    UNLIKELY = "unlikely"
    NO = "no"


POSSIBLE = frozenset({Answer.YES, Answer.LIKELY, Answer.UNCERTAIN})
_REALLY = {Verdict.LIKELY_INSIDE: Verdict.INSIDE, Verdict.LIKELY_OUTSIDE: Verdict.OUTSIDE}


@dataclass(frozen=True, slots=True)
class Prospect:
    """The answer for one claim; `because` are its open and bad findings, `evidence` what has to be shown."""

    claim: Claim
    answer: Answer
    because: tuple[Finding, ...]
    evidence: tuple[Finding, ...]

    @property
    def possible(self) -> bool:
        return self.answer in POSSIBLE


def prospects(case: Case, criteria: Criteria, claims: Iterable[Claim] = tuple(Claim)) -> tuple[Prospect, ...]:
    """What would come of each claim if what the case says is shown."""
    return tuple(_prospect(case, criteria, Claim(claim)) for claim in claims)


def _prospect(case: Case, criteria: Criteria, claim: Claim) -> Prospect:
    shown = _with_steps(case, _proven)
    findings = evaluate(shown, criteria, [claim])
    answer = _answer(claim_outcome(findings, claim), shown, criteria, claim)
    held_against = [item for item in findings if item.severity in (Severity.PROBLEM, Severity.OPEN)]
    because = tuple(sorted(held_against, key=lambda item: item.severity is not Severity.PROBLEM))
    as_it_is = evaluate(case, criteria, [claim])
    # A finding about no step, such as the share of the cost, is nothing to bring a file for.
    missing = [item for item in as_it_is if item.severity is Severity.PROBLEM and item.step]
    return Prospect(claim, answer, because, tuple(item for item in missing if item not in findings))


def _answer(outcome: Outcome, case: Case, criteria: Criteria, claim: Claim) -> Answer:
    if outcome is Outcome.QUALIFIES:
        return Answer.YES
    if outcome is Outcome.FAILS:
        best = _outcome_if(_with_steps(case, _at_best), criteria, claim)
        return Answer.UNLIKELY if best is Outcome.QUALIFIES else Answer.NO
    settled = _outcome_if(_with_steps(case, _settled), criteria, claim)
    return {Outcome.QUALIFIES: Answer.LIKELY, Outcome.OPEN: Answer.UNCERTAIN, Outcome.FAILS: Answer.UNLIKELY}[settled]


def _outcome_if(case: Case, criteria: Criteria, claim: Claim) -> Outcome:
    return claim_outcome(evaluate(case, criteria, [claim]), claim)


def _with_steps(case: Case, change) -> Case:
    return replace(case, steps=tuple(change(step) for step in case.steps))


def _proven(step: Step) -> Step:
    site = replace(step.site, record=Proof.ACCEPTED) if step.site else None
    return replace(step, site=site, proof=Proof.ACCEPTED)


def _settled(step: Step) -> Step:
    """With a place that is likely inside or outside really there."""
    if step.site is None:
        return step
    return _moved(step, _REALLY.get(step.site.place.verdict, step.site.place.verdict))


def _at_best(step: Step) -> Step:
    """With a place that nobody has decided yet inside."""
    if step.site is None or step.site.place.verdict is Verdict.OUTSIDE:
        return step
    return _moved(step, Verdict.INSIDE)


def _moved(step: Step, verdict: Verdict) -> Step:
    if step.site is None or verdict is step.site.place.verdict:
        return step
    place = Place(verdict, PlaceSource.CONFIRMATION, step.site.place.saw)
    return replace(step, site=replace(step.site, place=place))
