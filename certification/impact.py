"""What a change of the criteria would mean: rule by rule, and for which certificates that are valid now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .cases import case_of
from .models import Certificate
from .rules import Claim, Criteria, Outcome, evaluate, outcomes
from .selectors import changed_certificates, valid_certificates
from .texts import CLAIMS_SHORT, STEPS, kind_label

MOST = 2_000  # certificates that one page judges; more are counted and said


@dataclass(frozen=True, slots=True)
class Change:
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Affected:
    """A certificate that would lose claims at its renewal, were the draft in force."""

    certificate: Certificate
    lost: tuple[str, ...]

    @property
    def lost_labels(self) -> str:
        return ", ".join(str(CLAIMS_SHORT[Claim(claim)]) for claim in self.lost)


@dataclass(frozen=True, slots=True)
class Impact:
    rows: list[Affected]
    judged: int
    valid: int

    @property
    def is_whole(self) -> bool:
        return self.judged == self.valid


def rules(criteria: Criteria) -> dict[str, str]:
    """Every rule in words: what it is about, and what it says."""
    found = {
        _("Program area"): criteria.area,
        _("Share of the cost for “manufactured”"): f"{criteria.share} %",
        _("Design steps"): _steps(criteria.design),
        _("Never counts"): _steps(criteria.never),
        _("Steps that need a garment registration"): _steps(criteria.registration_steps),
        _("Kinds that need a garment registration"): _kinds(criteria.registration_kinds),
    }
    for kind, steps in criteria.kinds.items():
        name = {"kind": kind_label(kind)}
        found[_("Essential steps of %(kind)s") % name] = _steps(steps.essential)
        found[_("Assembly of %(kind)s") % name] = _steps(steps.assembly)
    return found


def changes(before: Criteria, after: Criteria) -> list[Change]:
    """Every rule that differs, in words."""
    old = rules(before)
    return [Change(what, old.get(what, ""), now) for what, now in rules(after).items() if old.get(what, "") != now]


def affected(criteria: Criteria) -> Impact:
    """The valid certificates whose facts would not carry all their claims under these criteria."""
    certificates = (
        valid_certificates().exclude(pk__in=changed_certificates())
        .select_related("application__renews", "maker").order_by("valid_until", "pk")
    )  # fmt: skip
    rows, judged = [], 0
    for certificate in certificates[:MOST]:
        judged += 1
        claims = [Claim(claim) for claim in certificate.claims]
        results = outcomes(evaluate(case_of(certificate.application), criteria, claims), claims)
        lost = tuple(claim for claim, outcome in results.items() if outcome is not Outcome.QUALIFIES)
        if lost:
            rows.append(Affected(certificate, lost))
    return Impact(rows, judged, certificates.count() if judged == MOST else judged)


def _steps(kinds) -> str:
    return ", ".join(str(STEPS[kind]) for kind in STEPS if kind in kinds)


def _kinds(kinds) -> str:
    return ", ".join(sorted(kind_label(kind) for kind in kinds))
