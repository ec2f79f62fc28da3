"""What a change of the criteria would mean: rule by rule, and for which certificates that are valid now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .cases import case_of
from .models import Certificate
from .rules import Claim, Criteria, Outcome, evaluate, outcomes
from .selectors import valid_certificates
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


def changes(before: Criteria, after: Criteria) -> list[Change]:
    """Every rule that differs, in words."""
    found = [
        Change(_("Program area"), before.area, after.area),
        Change(_("Share of the cost for “manufactured”"), f"{before.share} %", f"{after.share} %"),
        Change(_("Design steps"), _steps(before.design), _steps(after.design)),
        Change(_("Never counts"), _steps(before.never), _steps(after.never)),
        Change(
            _("Steps that need a garment registration"), _steps(before.registration_steps),
            _steps(after.registration_steps),
        ),
        Change(
            _("Kinds that need a garment registration"), _kinds(before.registration_kinds),
            _kinds(after.registration_kinds),
        ),
    ]  # fmt: skip
    for kind in after.kinds:
        old, new = before.kinds[kind], after.kinds[kind]
        name = {"kind": kind_label(kind)}
        found.append(Change(_("Essential steps of %(kind)s") % name, _steps(old.essential), _steps(new.essential)))
        found.append(Change(_("Assembly of %(kind)s") % name, _steps(old.assembly), _steps(new.assembly)))
    return [change for change in found if change.before != change.after]


def affected(criteria: Criteria) -> Impact:
    """The valid certificates whose facts would not carry all their claims under these criteria."""
    certificates = valid_certificates().select_related("application__renews", "maker").order_by("valid_until", "pk")
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
