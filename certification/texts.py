"""Words for people: labels of claims, steps, verdicts and places, and the sentence for each finding."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import ProductKind
from certification.rules.facts import Finding, Outcome, PlaceSource, Proof, Severity, Verdict
from certification.rules.messages import MEANING, REMEDY
from certification.rules.words import Claim, StepKind
from certification.words import Reason

CLAIMS = {
    Claim.DESIGNED: _("Designed in Los Angeles"),
    Claim.ASSEMBLED: _("Assembled in Los Angeles"),
    Claim.MANUFACTURED: _("Manufactured in Los Angeles"),
}
CLAIMS_SHORT = {
    Claim.DESIGNED: _("designed"),
    Claim.ASSEMBLED: _("assembled"),
    Claim.MANUFACTURED: _("manufactured"),
}
STEPS = {
    StepKind.CONCEPT: pgettext_lazy("step", "Concept"),
    StepKind.PATTERN: pgettext_lazy("step", "Pattern"),
    StepKind.SAMPLE: pgettext_lazy("step", "Sample"),
    StepKind.MATERIAL: pgettext_lazy("step", "Material or fabric"),
    StepKind.KNITTING: pgettext_lazy("step", "Knitting"),
    StepKind.DYEING: pgettext_lazy("step", "Dyeing or washing"),
    StepKind.CUTTING: pgettext_lazy("step", "Cutting"),
    StepKind.PRINTING: pgettext_lazy("step", "Printing"),
    StepKind.SEWING: pgettext_lazy("step", "Sewing or linking"),
    StepKind.LASTING: pgettext_lazy("step", "Lasting"),
    StepKind.CASTING: pgettext_lazy("step", "Casting or forming"),
    StepKind.ASSEMBLING: pgettext_lazy("step", "Setting and assembling"),
    StepKind.FINISHING: pgettext_lazy("step", "Finishing"),
    StepKind.PRESSING: pgettext_lazy("step", "Pressing"),
    StepKind.LABELLING: pgettext_lazy("step", "Labeling"),
    StepKind.FOLDING: pgettext_lazy("step", "Folding"),
    StepKind.PACKING: pgettext_lazy("step", "Packing"),
}
STEP_CHOICES = [(kind.value, label) for kind, label in STEPS.items()]
CLAIM_CHOICES = [(claim.value, label) for claim, label in CLAIMS.items()]
VERDICTS = {
    Verdict.INSIDE: _("inside the City"),
    Verdict.OUTSIDE: _("outside the City"),
    Verdict.LIKELY_INSIDE: _("likely inside, to be confirmed"),
    Verdict.LIKELY_OUTSIDE: _("likely outside, to be confirmed"),
    Verdict.UNKNOWN: _("not known, to be confirmed"),
}
SOURCES = {
    PlaceSource.CONFIRMATION: _("a person looked"),
    PlaceSource.REGISTER: _("City register"),
    PlaceSource.POLYGON: _("point in the program area"),
    PlaceSource.STATE: _("state"),
    PlaceSource.ZIP_CODE: _("ZIP code"),
    PlaceSource.CITY_NAME: _("city name"),
    PlaceSource.CONTRADICTION: _("the facts contradict each other"),
    PlaceSource.NOTHING: _("nothing tells"),
}
RULES = {
    "always": _("Steps are described"),
    "essential steps": _("Essential steps of its kind"),
    "no contradiction": _("No contradiction"),
    "packing, labelling, folding, pressing": _("Packing, labeling, folding, pressing"),
    "business record": _("Business record"),
    "evidence of its own": _("Evidence of its own"),
    "garment registration": _("Garment registration"),
    "claims in the text": _("Claims in the text"),
    "60 % of the cost": _("Share of the cost"),
    **CLAIMS,
}
AUTHORITIES = {
    "F10": _("Municipal Code 21.06"),
    "F7, F8, F9": _("8 CCR 13634, Labor Code 2670"),
    "D1": _("Listing of Active Businesses"),
    "A7": _("the criteria, after the Swiss rule"),
    "F1, F2, F6": _("16 CFR 323, B&P Code 17533.7"),
    "file": _("the file itself"),
}
VERBS = {
    "maker:application:start": _("Application started"),
    "staff:application:file": _("Application filed by staff"),
    "maker:application:submit": _("Handed in"),
    "maker:application:withdraw": _("Taken back by the maker"),
    "maker:steps:save": _("Steps saved"),
    "maker:evidence:add": _("Evidence added"),
    "staff:application:start": _("Evaluation started"),
    "staff:application:ask": _("Maker asked"),
    "staff:application:recommend": _("Recommended"),
    "staff:application:grant": _("Granted"),
    "staff:application:refuse": _("Refused"),
    "staff:application:return": _("Returned to evaluation"),
    "staff:evidence:accept": _("Evidence accepted"),
    "staff:evidence:reject": _("Evidence not accepted"),
    "staff:workplace:confirm": _("Workplace checked"),
    "staff:conflict:declare": _("Tie declared"),
    "staff:certificate:issue": _("Certificate issued"),
    "staff:certificate:suspend": _("Certificate suspended"),
    "staff:certificate:reinstate": _("Certificate reinstated"),
    "staff:certificate:withdraw": _("Certificate withdrawn"),
    "staff:certificate:supersede": _("Certificate superseded"),
    "staff:certificate:restore": _("Certificate restored after an appeal"),
    "maker:certificate:give_back": _("Certificate given back"),
    "staff:application:reopen": _("Opened again after an appeal"),
    "staff:application:assign": _("Given to someone"),
    "staff:application:message": _("Message to the maker"),
    "maker:application:answer": _("Message from the maker"),
    "maker:line:change": _("Pieces made the same way chosen"),
    "maker:appeal:file": _("Appeal filed"),
    "maker:appeal:drop": _("Appeal taken back"),
    "staff:appeal:hear": _("Appeal heard"),
    "staff:appeal:uphold": _("Appeal upheld"),
    "staff:appeal:dismiss": _("Appeal dismissed"),
    "public:complaint:file": _("Badge reported"),
    "staff:complaint:look": _("Report being looked at"),
    "staff:complaint:uphold": _("Report found justified"),
    "staff:complaint:dismiss": _("Report not found justified"),
    "staff:sitevisit:plan": _("Visit planned"),
    "staff:sitevisit:report": _("Visit reported"),
    "staff:sitevisit:cancel": _("Visit called off"),
    "staff:evidence:photograph": _("Photo taken on a visit"),
    "staff:panelmember:invite": _("Outside panel member invited"),
    "staff:panelmember:end": _("Seat on the panel ended"),
    "staff:surveillancedraw:draw": _("Yearly draw made"),
    "staff:surveillancecheck:pass": _("Surveillance check passed"),
    "staff:surveillancecheck:fail": _("Surveillance check failed"),
    "staff:surveillancecheck:close": _("Surveillance check not needed any more"),
    "staff:criteriaversion:draft": _("Criteria drafted"),
    "staff:criteriaversion:publish": _("Criteria published"),
    "system:area:load": _("Program area loaded"),
    "system:audit:erase": _("Personal data erased from the trail"),
}
OUTCOMES = {
    Outcome.QUALIFIES: _("qualifies"),
    Outcome.OPEN: _("may qualify, checks are open"),
    Outcome.FAILS: _("does not qualify yet"),
}
PROOFS = {
    Proof.NONE: _("declared"),
    Proof.PENDING: _("declared"),
    Proof.REJECTED: _("declared"),
    Proof.ACCEPTED: _("documented"),
}


_ORDER = [Severity.PROBLEM, Severity.OPEN, Severity.NOTE, Severity.OK]


def meaning(finding: Finding) -> str:
    """What a finding says, in the reader's language."""
    return gettext(MEANING[finding.code]) % _params(finding)


def remedy(finding: Finding) -> str:
    """What would change it; empty where nothing needs to change."""
    text = REMEDY.get(finding.code)
    return gettext(text) % _params(finding) if text else ""


def seen(finding: Finding) -> str:
    """What was found, as a person reads it."""
    return str(STEPS[StepKind(finding.saw)]) if finding.code == "never_qualifies" else finding.saw


def rule_label(finding: Finding) -> str:
    """The rule behind a finding, in the reader's language."""
    return str(RULES.get(finding.rule, finding.rule))


def authority(finding: Finding) -> str:
    """What the rule or the verdict on a place rests on, in the reader's language."""
    if finding.source.startswith("criteria "):
        return gettext("criteria, version %(number)s") % {"number": finding.source.removeprefix("criteria ")}
    return str(AUTHORITIES.get(finding.source) or SOURCES.get(finding.source) or "")


def merged(findings: Iterable[Finding]) -> list[tuple[Finding, str]]:
    """Findings that say the same of several claims as one, with those claims in words; what is open comes first."""
    claims: dict[tuple, list[Claim]] = {}
    first: dict[tuple, Finding] = {}
    for finding in findings:
        key = (finding.code, finding.step, tuple(sorted(finding.params.items())))
        first.setdefault(key, finding)
        claims.setdefault(key, []).extend([finding.claim] if finding.claim else [])
    rows = [(finding, claim_labels(dict.fromkeys(claims[key]))) for key, finding in first.items()]
    return sorted(rows, key=lambda row: _ORDER.index(row[0].severity))


def claim_labels(claims) -> str:
    """The claims as one line, such as "designed, assembled"."""
    return ", ".join(str(CLAIMS_SHORT[Claim(claim)]) for claim in claims)


def kind_label(kind: str) -> str:
    """A kind of product, in the reader's language."""
    return str(ProductKind(kind).label)


def reason_labels(reasons: Iterable[str]) -> list[str]:
    """Reasons from the programme's list, in the reader's language."""
    return [str(Reason(reason).label) for reason in reasons]


def _params(finding: Finding) -> dict:
    params = dict(finding.params)
    for name in ("day", "since"):
        if name in params:
            params[name] = date_format(date.fromisoformat(params[name]), "DATE_FORMAT")
    if "step" in params:
        params["step"] = STEPS[StepKind(params["step"])]
    return params
