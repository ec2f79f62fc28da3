"""Words of the self-check's answer."""

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certification.rules import Finding, StepKind
from certification.rules.messages import MEANING
from certification.rules.prospect import Answer
from certification.texts import STEPS, meaning, remedy

register = template.Library()

ANSWERS = {
    Answer.YES: _("would qualify"),
    Answer.LIKELY: _("likely would qualify, to be confirmed"),
    Answer.UNCERTAIN: _("may qualify, to be confirmed"),
    Answer.UNLIKELY: _("likely would not qualify, to be confirmed"),
    Answer.NO: _("would not qualify"),
}
BECAUSE = {Answer.YES: "", Answer.LIKELY: _("To be confirmed"), Answer.UNCERTAIN: _("To be confirmed")}


@register.filter
def prospect_label(answer) -> str:
    return str(ANSWERS[answer])


@register.filter
def because_label(answer) -> str:
    return str(BECAUSE.get(answer, _("Because")))


@register.filter
def said_once(findings) -> list[tuple[str, str]]:
    """(what a finding says, what would change it); the same about several steps at one place as one."""
    steps: dict[tuple, list[str]] = {}
    first: dict[tuple, Finding] = {}
    for finding in findings:
        key = (finding.code, finding.params.get("site") or finding.step or len(first))
        first.setdefault(key, finding)
        if "step" in finding.params:
            steps.setdefault(key, []).append(str(STEPS[StepKind(finding.params["step"])]))
    return [(_joined(finding, steps.get(key, [])), remedy(finding)) for key, finding in first.items()]


def _joined(finding: Finding, steps: list[str]) -> str:
    if len(steps) < 2:
        return meaning(finding)
    return gettext(MEANING[finding.code]) % {**finding.params, "step": ", ".join(dict.fromkeys(steps))}


@register.filter
def evidence_list(findings) -> list[str]:
    """What to bring, each thing once: what is missing with how to show it."""
    return list(dict.fromkeys(_bring(finding) for finding in findings))


def _bring(finding) -> str:
    if finding.code.startswith("record"):  # one for the workplace, whatever the step
        return f"{finding.params['site']}: {remedy(finding)}"
    return f"{meaning(finding)} {remedy(finding)}"
