"""What a case could become: the rules stay the only judge, whatever is assumed."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from certification.rules import Case, Claim, Criteria, Outcome, Place, PlaceSource, Proof, Site, Step, StepKind, Verdict
from certification.rules.criteria import version_1
from certification.rules.evaluate import claim_outcome, evaluate
from certification.rules.prospect import Answer, prospects

CRITERIA = Criteria.from_data(version_1())
TODAY = date(2026, 11, 25)
_SOURCES = {Verdict.INSIDE: PlaceSource.POLYGON, Verdict.OUTSIDE: PlaceSource.POLYGON}


def site(key, verdict, alone=True):
    place = Place(verdict, _SOURCES.get(verdict, PlaceSource.ZIP_CODE))
    return Site(key, f"Shop {key}", f"{key} Main St", place, works_alone=alone)


steps = st.builds(
    Step,
    key=st.integers(1, 99).map(str),
    kind=st.sampled_from(StepKind),
    site=st.none() | st.builds(site, st.sampled_from("abc"), st.sampled_from(Verdict), st.booleans()),
    elsewhere=st.just("Tijuana"),
    share=st.sampled_from([Decimal(0), Decimal(20), Decimal(40), Decimal(60)]),
    proof=st.sampled_from(Proof),
)
cases = st.builds(
    Case, kind=st.sampled_from(list(CRITERIA.kinds)), steps=st.lists(steps, max_size=8).map(tuple), today=st.just(TODAY)
)


def garment(*, sewn=Verdict.INSIDE, cut=Verdict.INSIDE, design=Verdict.INSIDE) -> Case:
    shares = {"concept": 5, "pattern": 5, "sample": 10, "cutting": 20, "sewing": 40, "finishing": 20}
    where = dict.fromkeys(shares, sewn) | {"cutting": cut} | dict.fromkeys(("concept", "pattern", "sample"), design)
    made = tuple(
        Step(kind, StepKind(kind), site(where[kind].value, where[kind]), share=Decimal(share))
        for kind, share in shares.items()
    )
    return Case("garment", made, TODAY)


def answers(case: Case) -> list[Answer]:
    return [item.answer for item in prospects(case, CRITERIA)]


def test_each_verdict_on_a_place_has_its_answer():
    table = {
        Verdict.INSIDE: Answer.YES, Verdict.LIKELY_INSIDE: Answer.LIKELY, Verdict.UNKNOWN: Answer.UNCERTAIN,
        Verdict.LIKELY_OUTSIDE: Answer.UNLIKELY, Verdict.OUTSIDE: Answer.NO,
    }  # fmt: skip
    for verdict, answer in table.items():
        assert answers(garment(sewn=verdict, cut=verdict, design=verdict)) == [answer] * 3, verdict


def test_a_claim_stands_or_falls_with_its_own_steps():
    assert answers(garment(design=Verdict.OUTSIDE)) == [Answer.NO, Answer.YES, Answer.YES]
    assert answers(garment(cut=Verdict.LIKELY_OUTSIDE)) == [Answer.YES, Answer.YES, Answer.UNLIKELY]


@given(cases)
def test_the_rules_are_the_only_judge(case):
    for item in prospects(case, CRITERIA):
        assert (item.answer is Answer.YES) == (not item.because)
        if claim_outcome(evaluate(case, CRITERIA, [item.claim]), item.claim) is Outcome.QUALIFIES:
            assert item.answer is Answer.YES, "what qualifies as it is would qualify"
            assert not item.evidence
        if item.answer is Answer.NO:
            assert claim_outcome(evaluate(case, CRITERIA, [item.claim]), item.claim) is Outcome.FAILS


@given(cases, st.sampled_from(Claim))
def test_evidence_is_asked_of_steps_of_the_case_alone(case, claim):
    (item,) = prospects(case, CRITERIA, [claim])
    assert {finding.step for finding in item.evidence} <= {step.key for step in case.steps}
    assert {finding.code.split("_")[0] for finding in item.evidence} <= {"evidence", "record"}
