"""The criteria as a table: facts of one product, and what each claim comes to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.rules import (
    Case,
    Claim,
    Criteria,
    Outcome,
    Place,
    PlaceSource,
    Proof,
    Site,
    Step,
    StepKind,
    Verdict,
    evaluate,
    outcomes,
    place_of,
)
from certification.rules.addresses import same_address
from certification.rules.criteria import BadCriteria, version_1

CRITERIA = Criteria.from_data(version_1())
TODAY = date(2026, 6, 1)
CITY = Site("1", "Shop", "110 E 9th St", Place(Verdict.INSIDE, PlaceSource.REGISTER), Proof.ACCEPTED, works_alone=True)
VERNON = replace(CITY, key="2", place=Place(Verdict.OUTSIDE, PlaceSource.REGISTER))
LIKELY = replace(CITY, place=Place(Verdict.LIKELY_INSIDE, PlaceSource.ZIP_CODE))
REGISTERED = replace(CITY, works_alone=False, registration="GMR-1")
SHARES = {"concept": 5, "pattern": 5, "sample": 10, "cutting": 20, "sewing": 40, "finishing": 20}


def jacket(**changes) -> Case:
    """A garment made wholly in the City; `changes` replaces fields of a step by kind, or takes it out with None."""
    steps = []
    for number, (kind, share) in enumerate(SHARES.items()):
        change = changes.get(kind, {})
        if change is None:
            continue
        step = Step(
            str(number), StepKind(kind), CITY, share=Decimal(share), proof=Proof.ACCEPTED, started_on=date(2025, 1, 1)
        )
        steps.append(replace(step, **change))
    return Case("garment", tuple(steps), TODAY)


YES, OPEN, NO = Outcome.QUALIFIES, Outcome.OPEN, Outcome.FAILS
TABLE = [
    ("all in the City", jacket(), (YES, YES, YES)),
    ("sewn in Vernon", jacket(sewing={"site": VERNON}), (YES, NO, NO)),
    ("cut in Vernon", jacket(cutting={"site": VERNON}), (YES, YES, NO)),
    ("finished elsewhere", jacket(finishing={"site": None, "elsewhere": "Tijuana"}), (YES, NO, NO)),
    ("pattern made in Vernon", jacket(pattern={"site": VERNON}), (NO, YES, YES)),
    ("no pattern step", jacket(pattern=None, sample={"share": Decimal(15)}), (NO, YES, YES)),
    ("sewing has no evidence", jacket(sewing={"proof": Proof.NONE}), (YES, NO, NO)),
    ("sewing's evidence waits", jacket(sewing={"proof": Proof.PENDING}), (YES, OPEN, OPEN)),
    ("sewing's evidence was refused", jacket(sewing={"proof": Proof.REJECTED}), (YES, NO, NO)),
    ("no business record", jacket(sewing={"site": replace(CITY, record=Proof.NONE)}), (YES, NO, NO)),
    ("business record waits", jacket(sewing={"site": replace(CITY, record=Proof.PENDING)}), (YES, OPEN, OPEN)),
    ("a ZIP code alone", jacket(sewing={"site": LIKELY}), (YES, OPEN, OPEN)),
    ("no garment registration", jacket(sewing={"site": replace(CITY, works_alone=False)}), (YES, NO, NO)),
    ("garment registration given", jacket(sewing={"site": REGISTERED}), (YES, YES, YES)),
    ("a contractor is not a lone maker", jacket(sewing={"site": replace(CITY, contractor=True)}), (YES, NO, NO)),
    ("shares do not add up", jacket(sewing={"share": Decimal(39)}), (NO, NO, NO)),
    ("a step begins next year", jacket(sewing={"started_on": date(2027, 1, 1)}), (NO, NO, NO)),
    ("no step at all", Case("garment", (), TODAY), (NO, NO, NO)),
    ("an unknown kind of product", replace(jacket(), kind="spaceship"), (NO, NO, NO)),
]  # fmt: skip


@pytest.mark.parametrize(("case", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_claims(case, expected):
    assert tuple(outcomes(evaluate(case, CRITERIA)).values()) == expected


@pytest.mark.parametrize(("inside", "outcome"), [(60, YES), (59, NO)])
def test_sixty_percent_of_the_cost(inside, outcome):
    """Essential steps are all inside; what is bought elsewhere takes the rest of the cost."""
    case = jacket(concept=None, pattern=None, sample=None, cutting={"share": Decimal(inside - 30)},
                  sewing={"share": Decimal(20)}, finishing={"share": Decimal(10)})  # fmt: skip
    bought = Step("9", StepKind.MATERIAL, None, "Japan", share=Decimal(100 - inside))
    case = replace(case, steps=(*case.steps, bought))
    assert outcomes(evaluate(case, CRITERIA))[Claim.MANUFACTURED] is outcome


def test_packing_alone_never_qualifies():
    pack = Step("1", StepKind.PACKING, CITY, share=Decimal(100), proof=Proof.ACCEPTED)
    findings = evaluate(Case("garment", (pack,), TODAY), CRITERIA)
    assert set(outcomes(findings).values()) == {NO}
    assert "never_qualifies" in {finding.code for finding in findings}


def test_every_finding_says_what_rule_it_used():
    for _name, case, _expected in TABLE:
        assert all(finding.rule for finding in evaluate(case, CRITERIA))


@given(st.lists(st.sampled_from(list(StepKind)), max_size=8), st.sampled_from([CITY, VERNON, None]))
def test_taking_a_step_out_of_the_city_never_helps(kinds, site):
    steps = tuple(Step(str(n), kind, CITY, share=Decimal(0), proof=Proof.ACCEPTED) for n, kind in enumerate(kinds))
    order = [NO, OPEN, YES]
    before = outcomes(evaluate(Case("garment", steps, TODAY), CRITERIA))
    for number in range(len(steps)):
        moved = tuple(replace(step, site=site) if n == number else step for n, step in enumerate(steps))
        after = outcomes(evaluate(Case("garment", moved, TODAY), CRITERIA))
        assert all(order.index(after[claim]) <= order.index(before[claim]) for claim in Claim)


PLACES = [
    ("the three of the journeys", {"city": "Los Angeles", "zip_code": "90079"}, "likely_inside"),
    ("", {"city": "Los Angeles", "zip_code": "90014"}, "likely_inside"),
    ("Vernon's ZIP code says Los Angeles", {"city": "Los Angeles", "zip_code": "90058"}, "unknown"),
    ("", {"city": "Vernon", "zip_code": "90058"}, "likely_outside"),
    ("straddling", {"city": "Venice", "zip_code": "90291"}, "likely_inside"),
    ("", {"city": "Culver City", "zip_code": "90232"}, "likely_outside"),
    ("", {"city": "San Pedro", "zip_code": "90731"}, "likely_inside"),
    ("", {"city": "Beverly Hills", "zip_code": "90210"}, "likely_outside"),
    ("another state", {"city": "Los Angeles", "zip_code": "90014", "state": "TX"}, "outside"),
    ("district", {"city": "Los Angeles", "zip_code": "90058", "council_district": 14}, "inside"),
    ("district 0", {"city": "Los Angeles", "zip_code": "90014", "council_district": 0}, "outside"),
    ("a person looked", {"city": "Vernon", "zip_code": "90058", "confirmed": True}, "inside"),
    ("nothing known", {"city": "Springfield", "zip_code": "12345"}, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "verdict"), [row[1:] for row in PLACES])
def test_places(facts, verdict):
    assert place_of(**facts).verdict == verdict


@pytest.mark.parametrize(
    ("street", "other", "same"),
    [
        ("110 E 9th St", "110 East 9th Street #A12", True),
        ("110 E 9th St", "110 9TH ST", True),
        ("110 E 9th St", "110 W 9th St", False),
        ("110 E 9th St", "112 E 9th St", False),
        ("110 E 9th St", "110 E 10th St", False),
        ("", "", False),
    ],
)
def test_same_address(street, other, same):
    assert same_address(street, "90079", other, "90079-1234") is same
    assert not same_address(street, "90079", other, "90014")


@pytest.mark.parametrize(
    "damage",
    [
        {"manufactured_share": "0"},
        {"manufactured_share": "x"},
        {"kinds": {}},
        {"design_steps": ["packing"]},
        {"number": None},
    ],
)
def test_bad_criteria_are_refused(damage):
    with pytest.raises(BadCriteria):
        Criteria.from_data(version_1() | damage)
