"""The criteria on worked cases, and what must hold for any case."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import hypothesis.strategies as st
import pytest
import shapely
from hypothesis import assume, given, settings

from certification.rules import (
    Case,
    Claim,
    Criteria,
    Outcome,
    Proof,
    Severity,
    StepKind,
    Story,
    Verdict,
    evaluate,
    outcomes,
    place_of,
)  # fmt: skip
from certification.rules.criteria import version_1
from certification.rules.origin_words import us_claims
from certification.texts import authority, meaning, remedy, rule_label

from .worked_cases import (
    ABROAD,
    ALONE,
    CONTRACTOR,
    CONTRACTOR_UNREGISTERED,
    EDGE,
    FLOOR,
    MAKING,
    MAYBE,
    NO_RECORD,
    SHOP,
    WORKED,
    Worked,
    listed,
    made,
)

CRITERIA = Criteria.from_data(version_1())
LETTERS = {Outcome.QUALIFIES: "Q", Outcome.OPEN: "O", Outcome.FAILS: "F"}
RANK = {Outcome.FAILS: 0, Outcome.OPEN: 1, Outcome.QUALIFIES: 2}


def judged(case: Case) -> dict[Claim, Outcome]:
    return outcomes(evaluate(case, CRITERIA))


def test_there_are_at_least_sixty_cases_each_with_a_name_of_its_own():
    assert len({worked.name for worked in WORKED}) == len(WORKED) >= 60


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: worked.name)
def test_a_worked_case(worked: Worked):
    findings = evaluate(worked.case, CRITERIA)
    assert "".join(LETTERS[outcome] for outcome in outcomes(findings).values()) == worked.expect
    assert worked.codes <= {finding.code for finding in findings}
    assert any(worked.says in meaning(finding) for finding in findings)


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: worked.name)
def test_every_finding_says_what_it_saw_by_which_rule_and_what_would_change_it(worked: Worked):
    for finding in evaluate(worked.case, CRITERIA):
        assert finding.rule
        assert rule_label(finding)
        assert "%(" not in meaning(finding) + remedy(finding)
        if finding.severity is Severity.PROBLEM:
            assert remedy(finding), finding.code
        assert finding.saw, finding.code
        assert authority(finding), finding


@pytest.mark.parametrize("record", [Proof.PENDING, Proof.NONE, Proof.REJECTED, Proof.ACCEPTED])
def test_what_the_register_says_otherwise_is_open_until_a_person_accepted_the_record(record):
    odd = replace(listed(SHOP, score=31, ended_on=date(2026, 1, 1), started_on=date(2026, 1, 1)), record=record)
    told = replace(odd, stories=(Story("Vest", "alone", "with employees"),))
    found = {finding.code: finding.severity for finding in evaluate(made("garment", told), CRITERIA)}
    expected = Severity.NOTE if record is Proof.ACCEPTED else Severity.OPEN
    for code in ("register_other_name", "register_ended", "register_newer", "story_differs"):
        assert found[code] is expected


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"council_district": 14, "latitude": Decimal("34.0"), "longitude": Decimal("-118.0")}, Verdict.UNKNOWN),
        ({"council_district": 0, "latitude": Decimal("34.05"), "longitude": Decimal("-118.25")}, Verdict.UNKNOWN),
        ({"council_district": 14, "latitude": Decimal("34.05"), "longitude": Decimal("-118.25")}, Verdict.INSIDE),
        ({"coordinates_from": "pin", "latitude": Decimal("34.05"), "longitude": Decimal("-118.25")}, Verdict.UNKNOWN),
        (
            {"coordinates_from": "geocoder", "latitude": Decimal("34.05"), "longitude": Decimal("-118.25")},
            Verdict.INSIDE,
        ),
    ],
)
def test_facts_that_contradict_each_other_are_left_to_a_person(facts, verdict):
    """A square of the City, register rows and pins; the postal address says Vernon, so one's own pin is not enough."""
    square = shapely.box(-118.3, 34.02, -118.2, 34.08)
    assert place_of(city="Vernon", zip_code="90201", area=square, **facts).verdict is verdict


SITES = st.sampled_from([SHOP, ALONE, CONTRACTOR, CONTRACTOR_UNREGISTERED, FLOOR, EDGE, MAYBE, NO_RECORD, ABROAD])
KINDS = st.sampled_from(sorted(MAKING))
PROOFS = st.sampled_from(list(Proof))


@st.composite
def cases(draw) -> Case:
    kind = draw(KINDS)
    places = {name: draw(SITES) for name in ("concept", "pattern", "sample", *MAKING[kind])}
    proofs = {f"{name}_proof": draw(PROOFS) for name in places}
    return made(kind, **places, **proofs)


@given(cases())
def test_the_same_facts_give_the_same_findings(case):
    assert evaluate(case, CRITERIA) == evaluate(case, CRITERIA)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_steps_decides_nothing(case, random):
    steps = list(case.steps)
    random.shuffle(steps)
    assert judged(replace(case, steps=tuple(steps))) == judged(case)


@given(cases(), st.data())
def test_accepting_evidence_never_makes_a_claim_worse(case, data):
    index = data.draw(st.integers(0, len(case.steps) - 1))
    better = replace(case.steps[index], proof=Proof.ACCEPTED)
    after = judged(replace(case, steps=(*case.steps[:index], better, *case.steps[index + 1 :])))
    assert all(RANK[after[claim]] >= RANK[before] for claim, before in judged(case).items())


@given(cases(), st.data())
def test_moving_a_step_out_of_the_city_never_makes_a_claim_better(case, data):
    index = data.draw(st.integers(0, len(case.steps) - 1))
    step = case.steps[index]
    assume(step.site is not None and step.inside)
    moved = replace(step, site=FLOOR)
    after = judged(replace(case, steps=(*case.steps[:index], moved, *case.steps[index + 1 :])))
    assert all(RANK[after[claim]] <= RANK[before] for claim, before in judged(case).items())


@given(cases(), st.sampled_from(["packing", "labelling", "folding", "pressing"]), SITES)
def test_packing_and_the_like_change_no_outcome(case, name, place):
    step = replace(case.steps[0], key=name, kind=StepKind(name), share=Decimal(0))
    at = {"site": None, "elsewhere": place} if isinstance(place, str) else {"site": place, "elsewhere": ""}
    assert judged(replace(case, steps=(*case.steps, replace(step, **at)))) == judged(case)


@settings(max_examples=200)
@given(cases())
def test_nothing_is_granted_that_does_not_rest_on_proven_steps(case):
    """Said once more in other words than the rules': the criteria's own sentences."""
    result = judged(case)
    steps = {step.kind: step for step in case.steps}
    rules = CRITERIA.kinds[case.kind]
    for claim, kinds in (
        (Claim.DESIGNED, CRITERIA.design),
        (Claim.ASSEMBLED, rules.assembly),
        (Claim.MANUFACTURED, rules.essential),
    ):
        if result[claim] is Outcome.QUALIFIES:
            assert all(steps[kind].proven for kind in kinds)
    if result[Claim.MANUFACTURED] is Outcome.QUALIFIES:
        assert sum(step.share for step in case.steps if step.proven) >= 60


@given(st.decimals(Decimal("0.01"), Decimal("99.99"), places=2))
def test_the_line_at_sixty_per_cent_is_exact(share):
    from .worked_cases import split

    qualifies = judged(split(str(share)))[Claim.MANUFACTURED] is Outcome.QUALIFIES
    assert qualifies == (share >= 60)


def test_a_step_dated_today_is_no_contradiction():
    case = made("garment")
    today = replace(case, steps=tuple(replace(step, started_on=case.today) for step in case.steps))
    later = replace(case, steps=tuple(replace(step, started_on=case.today + timedelta(1)) for step in case.steps))
    assert judged(today)[Claim.DESIGNED] is Outcome.QUALIFIES
    assert judged(later)[Claim.DESIGNED] is Outcome.FAILS


@pytest.mark.parametrize(
    "text",
    [
        "Made in USA", "made in the U.S.A.", "Proudly made in America!", "American-made denim", "USA made", "100% American",
        "Sewn in the United States", "Product of the United States", "Made in Los Angeles, USA",
        "Made in Los Angeles, California, USA", "Hecho en EE. UU.", "Hecha en EEUU", "hechos en los EE.UU.",
        "Fabricado en Estados Unidos", "confeccionada en América", "Hecho en Los Ángeles, EE. UU.", "Producto americano",
        "producto 100 % estadounidense", "Denim 🇺🇸",
    ],
)  # fmt: skip
def test_words_that_claim_the_united_states(text):
    assert us_claims(f"Well cut. {text}. Wash cold.")


@pytest.mark.parametrize(
    "text",
    [
        "Made in Los Angeles", "Hecho en Los Ángeles", "Made in USA of imported fabric", "Made in the USA from Japanese denim",
        "Hecho en EE. UU. con tela importada", "Latin American makers", "hecho en América Latina", "made in South America",
        "Americana style", "not made in the USA", "no está hecho en Estados Unidos", "made in Usable ways", "All-American style",
        "shipped within the United States",
    ],
)  # fmt: skip
def test_words_that_do_not(text):
    assert us_claims(f"Well cut. {text}. Wash cold.") == []
