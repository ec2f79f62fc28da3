"""From facts and database rows to the case that the pure rules judge."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q

from marketplace.core import clock

from .facts import facts_of
from .listing_words import texts_of
from .matching import Wanted, find_all
from .models import Application, Evidence, RegisterEntry, WorkplaceCheck
from .programme import criteria_in_force, current_area
from .rules import (
    RULES_VERSION,
    Case,
    Claim,
    Criteria,
    Finding,
    Photo,
    Place,
    Proof,
    Site,
    Step,
    StepKind,
    Story,
    evaluate,
    place_of,
)  # fmt: skip
from .rules.addresses import same_address
from .rules.matching import Match
from .words import QUEUE_STATUSES, CertificateStatus, EvidenceKind, EvidenceStatus

_PROOF_ORDER = (Proof.ACCEPTED, Proof.PENDING, Proof.REJECTED)


def case_of(application: Application) -> Case:
    """The frozen facts of a submitted application (a draft's live ones) with today's checks and evidence."""
    facts = application.facts or facts_of([application.product_id])[application.product_id]
    product = application.product
    return build_case(
        facts, counting_evidence(application, facts), stories=stories_of(application, facts),
        texts=texts_of(product),
        origin=product.origin_statement,
    )  # fmt: skip


def snapshot(application: Application) -> dict:
    """What the rules say now, as JSON data with their version; kept at submission and at recommendation."""
    found = [
        {"code": item.code, "severity": item.severity, "claim": item.claim, "step": item.step, "saw": item.saw}
        for item in findings_for(application)
    ]
    return {"rules": RULES_VERSION, "at": clock.now().isoformat(), "findings": found}


def counting_evidence(application: Application, facts: dict) -> list[Evidence]:
    """The application's own files, and of a renewal the accepted ones of before for what is still the same."""
    own = list(application.evidence.select_related("step", "application"))
    return own + carried_evidence(application, facts)


def carried_evidence(application: Application, facts: dict) -> list[Evidence]:
    """Accepted files of the applications that this one renews, for steps and workplaces that have not changed since."""
    carried, before = [], application.renews.application if application.renews else None
    while before is not None:
        steps, places = _unchanged(before.facts, facts)
        rows = before.evidence.filter(status=EvidenceStatus.ACCEPTED, visit__isnull=True)
        carried += rows.filter(Q(step__in=steps) | Q(workplace__in=places)).select_related(
            "step", "workplace", "application"
        )
        before = before.renews.application if before.renews else None
    return carried


def _unchanged(before: dict, now: dict) -> tuple[list[int], list[int]]:
    """(ids of steps, ids of workplaces) whose certified facts are the same in both."""
    old = {step["id"]: step for step in before["steps"]}
    steps = [step["id"] for step in now["steps"] if old.get(step["id"]) == step]
    return steps, [place for place, _line in _addresses(before) & _addresses(now)]


def _addresses(facts: dict) -> set[tuple[int, str]]:
    return {(step["workplace"], address_line(step)) for step in facts["steps"] if "workplace" in step}


def build_case(
    facts: dict, evidence: Iterable[Evidence] = (), *, stories: dict[int, tuple[Story, ...]] | None = None,
    texts: tuple[str, ...] = (), origin: str = "",
) -> Case:  # fmt: skip
    """`evidence` is the rows that count for this case, `stories` what other cases say of a workplace, by its id."""
    evidence = list(evidence)
    sites = _Sites(facts, _proofs(evidence, "workplace_id"), stories)
    proofs = _proofs([item for item in evidence if item.step_id], "step_id")
    photos = photos_of(evidence)
    steps = tuple(_step(step, sites, proofs, photos) for step in facts["steps"])
    return Case(kind=facts["kind"], steps=steps, today=clock.today(), texts=texts, origin=origin)


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

    def __init__(self, facts: dict, records, stories):
        found = {step["workplace"]: step for step in facts["steps"] if "workplace" in step}
        self.wanted = {key: wanted_of(step, facts) for key, step in found.items()}
        self.matches = find_all(self.wanted.values())
        self.loaded = any(self.matches.values()) or RegisterEntry.objects.exists()
        self.entries = RegisterEntry.objects.in_bulk({pk for rows in self.matches.values() for pk in _here(rows)})
        self.checks, self.records, self.area = _newest_checks(facts), records, current_area()
        self.stories = stories or {}
        self.made: dict[int, Site] = {}

    def get(self, facts: dict) -> Site:
        key = facts["workplace"]
        if key not in self.made:
            self.made[key] = self._make(facts)
        return self.made[key]

    def _make(self, facts: dict) -> Site:
        line, key = address_line(facts), facts["workplace"]
        checks = self.checks[(key, line)]
        inside = next((check.inside for check in checks if check.inside is not None), None)
        found = tuple(self.matches[self.wanted[key]])
        entry = next((self.entries[pk] for pk in _here(found) if pk in self.entries), None)
        latitude, longitude, _source = _coordinates(facts, entry)
        return Site(
            key=str(key),
            name=facts["workplace_name"],
            address=line,
            place=place_of_facts(facts, entry, self.area, inside),
            record=self._record(key, checks),
            registration=facts["garment_registration"],
            contractor=facts["operated_by"] == "contractor",
            works_alone=facts["works_alone"],
            operator=facts["contractor_name"],
            account=facts["register_account"],
            matches=found,
            register_loaded=self.loaded,
            latitude=latitude,
            longitude=longitude,
            stories=self.stories.get(key, ()),
        )

    def _record(self, workplace: int, checks) -> Proof:
        """A staff check of this very address goes before the files of one application."""
        decided = next((check.record_accepted for check in checks if check.record_accepted is not None), None)
        if decided is not None:
            return Proof.ACCEPTED if decided else Proof.REJECTED
        return self.records.get(workplace, Proof.NONE)


def wanted_of(step: dict, facts: dict) -> Wanted:
    """What to look for in the register: the contractor's name, or the maker's own names."""
    names = (step["contractor_name"],) if step["operated_by"] == "contractor" else (facts["legal_name"], facts["maker"])
    return Wanted(step["register_account"], names, step["line1"], step["zip_code"])


def _here(found: Iterable[Match]) -> list[str]:
    """Accounts of the rows at this very address, the best first: a row there tells where the address lies."""
    return [match.entry.account for match in found if match.same_address]


def stories_of(application: Application, facts: dict) -> dict[int, tuple[Story, ...]]:
    """What this maker's other open or certified cases say differently of the same workplaces; one query."""
    ids = {step["workplace"] for step in facts["steps"] if "workplace" in step}
    others = Application.objects.filter(maker=application.maker_id).exclude(product=application.product_id)
    running = Q(status__in=QUEUE_STATUSES) | Q(certificate__status=CertificateStatus.VALID)
    found: dict[int, dict[tuple[str, str], Story]] = defaultdict(dict)
    here = {step["workplace"]: told_of(step) for step in facts["steps"] if "workplace" in step}
    for other in others.filter(running).order_by("pk").values_list("facts", flat=True):
        for step in other["steps"]:
            key = step.get("workplace")
            if key in ids and told_of(step) != here[key]:
                there = told_of(step)
                found[key].setdefault((here[key], there), Story(other["title"], here[key], there))
    return {key: tuple(rows.values()) for key, rows in found.items()}


def told_of(step: dict) -> str:
    """A workplace's story in a line: address, who runs it, alone or not."""
    alone = " · 1" if step["works_alone"] else ""
    return f"{address_line(step)}{alone}"


def photos_of(evidence: list[Evidence]) -> dict[int, tuple[Photo, ...]]:
    """What the files of each step say of themselves; one query for files that others handed in too."""
    hashes = {item.sha256 for item in evidence}
    maker = {item.application.maker_id for item in evidence}
    twins = Evidence.objects.filter(sha256__in=hashes).exclude(application__maker__in=maker)
    elsewhere = set(twins.values_list("sha256", flat=True))
    places = defaultdict(set)
    for item in evidence:
        if item.step and item.step.workplace_id:
            places[item.sha256].add(item.step.workplace_id)
    photos = defaultdict(list)
    for item in evidence:
        if item.step_id:
            photos[item.step_id].append(_photo(item, item.sha256 in elsewhere, len(places[item.sha256]) > 1))
    return {key: tuple(rows) for key, rows in photos.items()}


def _photo(item: Evidence, elsewhere: bool, reused: bool) -> Photo:
    return Photo(
        name=item.original_name, proof=_PROOF_OF[item.status],
        taken_on=item.taken_at.astimezone(clock.LOS_ANGELES).date() if item.taken_at else None,
        latitude=item.latitude, longitude=item.longitude, elsewhere=elsewhere, reused=reused,
    )  # fmt: skip


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


def _step(facts: dict, sites: _Sites, proofs: dict[int, Proof], photos: dict[int, tuple[Photo, ...]]) -> Step:
    return Step(
        key=str(facts["id"]),
        kind=StepKind(facts["kind"]),
        site=sites.get(facts) if "workplace" in facts else None,
        elsewhere=", ".join(part for part in (facts["elsewhere_by"], facts["elsewhere_place"]) if part),
        started_on=date.fromisoformat(facts["started_on"]) if facts["started_on"] else None,
        share=Decimal(facts["cost_share"]),
        proof=proofs.get(facts["id"], Proof.NONE),
        photos=photos.get(facts["id"], ()),
    )
