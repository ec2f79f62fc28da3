"""From facts and database rows to the case that the pure rules judge."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db.models import Q

from marketplace.core import clock

from .facts import facts_of
from .models import Application, Evidence, RegisterEntry, WorkplaceCheck
from .programme import criteria_in_force, current_area
from .rules import Case, Claim, Criteria, Finding, Place, Proof, Site, Step, StepKind, evaluate, place_of
from .rules.addresses import same_address
from .words import EvidenceKind, EvidenceStatus

_PROOF_ORDER = (Proof.ACCEPTED, Proof.PENDING, Proof.REJECTED)


def case_of(application: Application) -> Case:
    """The frozen facts of a submitted application (a draft's live ones) with today's checks and evidence."""
    facts = application.facts or facts_of([application.product_id])[application.product_id]
    return build_case(facts, counting_evidence(application, facts))


def counting_evidence(application: Application, facts: dict) -> list[Evidence]:
    """The application's own files, and of a renewal the accepted ones of before for what is still the same."""
    own = list(application.evidence.all())
    return own + carried_evidence(application, facts)


def carried_evidence(application: Application, facts: dict) -> list[Evidence]:
    """Accepted files of the applications that this one renews, for steps and workplaces that have not changed since."""
    carried, before = [], application.renews.application if application.renews else None
    while before is not None:
        steps, places = _unchanged(before.facts, facts)
        rows = before.evidence.filter(status=EvidenceStatus.ACCEPTED, visit__isnull=True)
        carried += rows.filter(Q(step__in=steps) | Q(workplace__in=places)).select_related("step", "workplace")
        before = before.renews.application if before.renews else None
    return carried


def _unchanged(before: dict, now: dict) -> tuple[list[int], list[int]]:
    """(ids of steps, ids of workplaces) whose certified facts are the same in both."""
    old = {step["id"]: step for step in before["steps"]}
    steps = [step["id"] for step in now["steps"] if old.get(step["id"]) == step]
    return steps, [place for place, _line in _addresses(before) & _addresses(now)]


def _addresses(facts: dict) -> set[tuple[int, str]]:
    return {(step["workplace"], address_line(step)) for step in facts["steps"] if "workplace" in step}


def build_case(facts: dict, evidence=()) -> Case:
    """`evidence` is the rows that count for this case."""
    evidence = list(evidence)
    accounts = {step["register_account"] for step in facts["steps"] if step.get("register_account")}
    entries = RegisterEntry.objects.in_bulk(accounts)
    sites = _Sites(entries, _newest_checks(facts), _proofs(evidence, "workplace_id"), current_area())
    proofs = _proofs([item for item in evidence if item.step_id], "step_id")
    steps = tuple(_step(step, sites, proofs) for step in facts["steps"])
    return Case(kind=facts["kind"], steps=steps, today=clock.today())


def findings_for(application: Application, claims=None) -> tuple[Finding, ...]:
    """What the criteria in force for this application say of its claims (or of `claims`)."""
    chosen = application.claims if claims is None else claims
    return evaluate(case_of(application), criteria_for(application), [Claim(claim) for claim in chosen])


def criteria_for(application: Application) -> Criteria:
    version = application.criteria or criteria_in_force()
    return version.criteria


def address_line(facts: dict) -> str:
    """The address and operator that a workplace check was made for; a new address needs a new check."""
    parts = (facts["line1"], facts["line2"], f"{facts['city']} {facts['state']} {facts['zip_code']}")
    operator = facts["contractor_name"] if facts["operated_by"] == "contractor" else ""
    return " · ".join(part for part in (*parts, operator) if part)


def place_of_facts(facts: dict, entry: RegisterEntry | None, area, confirmed: bool | None = None) -> Place:
    """The verdict for the workplace in a step's facts."""
    here = entry is not None and same_address(facts["line1"], facts["zip_code"], entry.street, entry.zip_code)
    latitude, longitude, source = _coordinates(facts, entry if here else None)
    return place_of(
        city=facts["city"], zip_code=facts["zip_code"], state=facts["state"], latitude=latitude, longitude=longitude,
        coordinates_from=source, council_district=entry.council_district if here else None, area=area,
        confirmed=confirmed,
    )  # fmt: skip


def _coordinates(facts: dict, entry: RegisterEntry | None):
    if facts["latitude"]:
        return Decimal(facts["latitude"]), Decimal(facts["longitude"]), facts["coordinates_from"]
    if entry is not None and entry.latitude is not None:
        return entry.latitude, entry.longitude, "register"
    return None, None, ""


class _Sites:
    """Workplaces as the rules see them, each made once."""

    def __init__(self, entries, checks, records, area):
        self.entries, self.checks, self.records, self.area = entries, checks, records, area
        self.made: dict[int, Site] = {}

    def get(self, facts: dict) -> Site:
        key = facts["workplace"]
        if key not in self.made:
            self.made[key] = self._make(facts)
        return self.made[key]

    def _make(self, facts: dict) -> Site:
        line = address_line(facts)
        checks = self.checks[(facts["workplace"], line)]
        inside = next((check.inside for check in checks if check.inside is not None), None)
        return Site(
            key=str(facts["workplace"]),
            name=facts["workplace_name"],
            address=line,
            place=place_of_facts(facts, self.entries.get(facts["register_account"]), self.area, inside),
            record=self._record(facts["workplace"], checks),
            registration=facts["garment_registration"],
            contractor=facts["operated_by"] == "contractor",
            works_alone=facts["works_alone"],
        )

    def _record(self, workplace: int, checks) -> Proof:
        """A staff check of this very address goes before the files of one application."""
        decided = next((check.record_accepted for check in checks if check.record_accepted is not None), None)
        if decided is not None:
            return Proof.ACCEPTED if decided else Proof.REJECTED
        return self.records.get(workplace, Proof.NONE)


def _newest_checks(facts: dict) -> dict[tuple[int, str], list[WorkplaceCheck]]:
    ids = {step["workplace"] for step in facts["steps"] if "workplace" in step}
    checks = defaultdict(list)
    for check in WorkplaceCheck.objects.filter(workplace__in=ids).order_by("-pk"):
        checks[(check.workplace_id, check.address)].append(check)
    return checks


def _proofs(evidence: list[Evidence], field: str) -> dict[int, Proof]:
    """The best proof for each step or workplace."""
    found = defaultdict(set)
    for item in evidence:
        if field == "workplace_id" and item.kind != EvidenceKind.BUSINESS_RECORD:
            continue
        if key := getattr(item, field):
            found[key].add(_PROOF_OF[item.status])
    return {key: next(proof for proof in _PROOF_ORDER if proof in proofs) for key, proofs in found.items()}


_PROOF_OF = {
    EvidenceStatus.PENDING.value: Proof.PENDING,
    EvidenceStatus.ACCEPTED.value: Proof.ACCEPTED,
    EvidenceStatus.REJECTED.value: Proof.REJECTED,
}


def _step(facts: dict, sites: _Sites, proofs: dict[int, Proof]) -> Step:
    return Step(
        key=str(facts["id"]),
        kind=StepKind(facts["kind"]),
        site=sites.get(facts) if "workplace" in facts else None,
        elsewhere=", ".join(part for part in (facts["elsewhere_by"], facts["elsewhere_place"]) if part),
        started_on=date.fromisoformat(facts["started_on"]) if facts["started_on"] else None,
        share=Decimal(facts["cost_share"]),
        proof=proofs.get(facts["id"], Proof.NONE),
    )
