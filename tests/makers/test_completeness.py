"""The completeness meter: a pure table of findings and what they say is there or missing."""

import pytest

from certification.rules import Claim, Finding, Severity
from certification.rules.messages import MEANING, REMEDY
from makers.studio.completeness import MISSING, THERE, completeness


def finding(code, step="1", *, site="Shop", claim=Claim.ASSEMBLED, kind="sewing"):
    severity = Severity.PROBLEM if code in MISSING else Severity.OK
    return Finding(code, severity, claim, step, params={"step": kind, "site": site})


TABLE = {
    "nothing at all": ([Finding("no_steps", Severity.PROBLEM)], [], (0, ["no_steps"])),
    "claims alone": ([Finding("no_steps", Severity.PROBLEM)], ["designed"], (1, ["no_steps"])),
    "a step without a file": (
        [finding("evidence_missing"), finding("record_pending")], ["assembled"], (2, ["evidence_missing"]),
    ),
    "all there": ([finding("evidence_pending"), finding("record_accepted")], ["assembled"], (3, [])),
    "a rejected file is missing": ([finding("evidence_rejected")], ["assembled"], (1, ["evidence_rejected"])),
    "two claims on one step count once": (
        [finding("evidence_missing"), finding("evidence_missing", claim=Claim.MANUFACTURED)], ["assembled"],
        (1, ["evidence_missing"]),
    ),
    "one record for two steps": (
        [finding("record_missing", "1"), finding("record_missing", "2")], ["assembled"], (1, ["record_missing"]),
    ),
    "two workplaces need two records": (
        [finding("record_missing", "1"), finding("record_pending", "2", site="Annex")], ["assembled"],
        (2, ["record_missing"]),
    ),
    "two missing steps are two": (
        [finding("step_missing", ""), finding("step_missing", "", kind="cutting")], ["assembled"],
        (1, ["step_missing", "step_missing"]),
    ),
    "done elsewhere is no gap": ([finding("step_elsewhere")], ["assembled"], (1, [])),
    "outside is no gap": ([finding("place_outside"), finding("evidence_pending")], ["assembled"], (2, [])),
}  # fmt: skip


@pytest.mark.parametrize(("findings", "claims", "expected"), TABLE.values(), ids=TABLE.keys())
def test_what_is_there_and_what_is_missing(findings, claims, expected):
    meter = completeness(findings, claims)
    assert (meter.there, [gap.finding.code for gap in meter.gaps]) == expected
    assert meter.total == meter.there + len(meter.gaps)
    assert (meter.percent == 100) == (not meter.gaps)


def test_every_code_is_one_of_the_rules_and_every_gap_says_how_to_close_it():
    assert set(MEANING) >= THERE | set(MISSING)
    assert set(MISSING) <= set(REMEDY)
