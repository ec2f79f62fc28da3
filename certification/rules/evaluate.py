"""The three claims of the programme, judged from facts. Every answer names what it saw and which rule it used.

A claim may be granted where none of its findings is a problem and none is still open.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from .checks import photo_checks, registration_check, site_checks, text_checks
from .criteria import Criteria
from .facts import Case, Finding, Outcome, PlaceSource, Proof, Severity, Step, Verdict
from .words import Claim, StepKind

RULES_VERSION = 2  # of the findings; kept with what was said at submission and recommendation
HUNDRED = Decimal(100)
_DECIDED = {PlaceSource.CONFIRMATION, PlaceSource.REGISTER, PlaceSource.POLYGON}
_PLACE = {
    Verdict.INSIDE: ("place_inside", Severity.OK),
    Verdict.OUTSIDE: ("place_outside", Severity.PROBLEM),
    Verdict.LIKELY_INSIDE: ("place_likely_inside", Severity.OPEN),
    Verdict.LIKELY_OUTSIDE: ("place_likely_outside", Severity.OPEN),
    Verdict.UNKNOWN: ("place_unknown", Severity.OPEN),
}
_PROOF = {
    Proof.NONE: ("missing", Severity.PROBLEM),
    Proof.PENDING: ("pending", Severity.OPEN),
    Proof.REJECTED: ("rejected", Severity.PROBLEM),
    Proof.ACCEPTED: ("accepted", Severity.OK),
}


def evaluate(case: Case, criteria: Criteria, claims: Iterable[Claim] = tuple(Claim)) -> tuple[Finding, ...]:
    """All findings for `claims`, those that concern every claim first."""
    findings = list(_general(case, criteria))
    for claim in claims:
        findings.extend(_claim(Claim(claim), case, criteria))
    own = f"criteria {criteria.number}"  # what no law and no register says, the criteria say
    return tuple(finding if finding.source else replace(finding, source=own) for finding in findings)


def claim_outcome(findings: Iterable[Finding], claim: Claim) -> Outcome:
    """What the findings mean for one claim."""
    severities = {finding.severity for finding in findings if finding.claim in (None, claim)}
    if Severity.PROBLEM in severities:
        return Outcome.FAILS
    return Outcome.OPEN if Severity.OPEN in severities else Outcome.QUALIFIES


def outcomes(findings: Iterable[Finding], claims: Iterable[Claim] = tuple(Claim)) -> dict[Claim, Outcome]:
    findings = tuple(findings)
    return {Claim(claim): claim_outcome(findings, Claim(claim)) for claim in claims}


def required_steps(claim: Claim, kind: str, criteria: Criteria) -> tuple[StepKind, ...]:
    """The kinds of step that a claim on this kind of product rests on; empty for an unknown kind."""
    if claim is Claim.DESIGNED:
        return criteria.design
    rules = criteria.kinds.get(kind)
    if rules is None:
        return ()
    return rules.assembly if claim is Claim.ASSEMBLED else rules.essential


def _general(case: Case, criteria: Criteria) -> Iterator[Finding]:
    if not case.steps:
        yield Finding("no_steps", Severity.PROBLEM, saw="0", rule="always")
        return
    if case.kind not in criteria.kinds:
        yield Finding("kind_unknown", Severity.PROBLEM, saw=case.kind, rule="essential steps")
    total = sum((step.share for step in case.steps), Decimal(0))
    if total and total != HUNDRED:
        yield Finding(
            "shares_total", Severity.PROBLEM, saw=f"{total.normalize():f} %", rule="no contradiction",
            params={"total": f"{total.normalize():f}"},
        )  # fmt: skip
    yield from text_checks(case)
    for step in case.steps:
        if step.share < 0 or step.share > HUNDRED:
            yield _about(step, "share_impossible", Severity.PROBLEM, saw=f"{step.share} %", rule="no contradiction")
        if step.started_on and step.started_on > case.today:
            saw = step.started_on.isoformat()
            yield _about(step, "starts_later", Severity.PROBLEM, saw=saw, rule="no contradiction")
        if step.kind in criteria.never:
            yield _about(
                step, "never_qualifies", Severity.NOTE, saw=step.kind, rule="packing, labelling, folding, pressing"
            )


def _claim(claim: Claim, case: Case, criteria: Criteria) -> Iterator[Finding]:
    if not case.steps:
        return
    for kind in required_steps(claim, case.kind, criteria):
        steps = [step for step in case.steps if step.kind is kind]
        if not steps:
            yield Finding(
                "step_missing", Severity.PROBLEM, claim, saw="0", rule=claim, source=f"criteria {criteria.number}",
                params={"step": kind},
            )  # fmt: skip
        for step in steps:
            yield from _step(claim, step, case, criteria)
    if claim is Claim.MANUFACTURED:
        yield _share(case, criteria)


def _step(claim: Claim, step: Step, case: Case, criteria: Criteria) -> Iterator[Finding]:
    """A step that a claim rests on: inside, with a record of the workplace, evidence and registration."""
    site = step.site
    if site is None:
        yield _about(
            step, "step_elsewhere", Severity.PROBLEM, claim, saw=step.elsewhere, rule=claim,
            params={"place": step.elsewhere},
        )  # fmt: skip
        return
    code, severity = _PLACE[site.place.verdict]
    if severity is Severity.OK and site.place.source not in _DECIDED:  # a ZIP or a name never decides
        code, severity = _PLACE[Verdict.LIKELY_INSIDE]
    yield _about(
        step, code, severity, claim, saw=f"{site.address} · {site.place.saw}".strip(" ·"), rule=claim,
        source=site.place.source, params={"site": site.name},
    )  # fmt: skip
    if site.place.verdict is Verdict.OUTSIDE:
        return
    suffix, severity = _PROOF[site.record]
    yield _about(
        step, f"record_{suffix}", severity, claim, saw=site.name, rule="business record", source="F10",
        params={"site": site.name},
    )  # fmt: skip
    suffix, severity = _PROOF[step.proof]
    files = str(len(step.photos))
    yield _about(step, f"evidence_{suffix}", severity, claim, saw=files, rule="evidence of its own", source="file")
    yield from site_checks(claim, site, step)
    yield from photo_checks(claim, step, case)
    if step.kind in criteria.registration_steps and case.kind in criteria.registration_kinds:
        yield registration_check(claim, step, site)


def _share(case: Case, criteria: Criteria) -> Finding:
    """At least 60 % of the production cost arose inside; a share counts when its step is proven."""
    proven = sum((step.share for step in case.steps if step.proven), Decimal(0))
    possible = sum((step.share for step in case.steps if _may_be_inside(step)), Decimal(0))
    if proven >= criteria.share:
        code, severity, share = "share_enough", Severity.OK, proven
    elif possible >= criteria.share:
        code, severity, share = "share_unproven", Severity.OPEN, possible
    else:
        code, severity, share = "share_below", Severity.PROBLEM, possible
    return Finding(
        code, severity, Claim.MANUFACTURED, saw=f"{share.normalize():f} %", rule="60 % of the cost", source="A7",
        params={"share": f"{share.normalize():f}", "needed": f"{criteria.share.normalize():f}"},
    )  # fmt: skip


def _may_be_inside(step: Step) -> bool:
    return step.site is not None and step.site.place.verdict in {
        Verdict.INSIDE, Verdict.LIKELY_INSIDE, Verdict.UNKNOWN,
    }  # fmt: skip


def _about(step: Step, code, severity, claim=None, *, saw="", rule="", source="", params=None) -> Finding:
    params = {"step": step.kind, **(params or {})}
    return Finding(code, severity, claim, step.key, saw, str(rule), str(source), params)
