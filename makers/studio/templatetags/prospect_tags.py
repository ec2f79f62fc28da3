"""Words of the self-check's answer."""

from django import template
from django.utils.translation import gettext_lazy as _

from certification.rules.prospect import Answer
from certification.texts import meaning, merged, remedy

register = template.Library()
register.filter("merged_findings", merged)

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
def evidence_list(findings) -> list[str]:
    """What to bring, each thing once: what is missing with how to show it."""
    return list(dict.fromkeys(_bring(finding) for finding in findings))


def _bring(finding) -> str:
    if finding.code.startswith("record"):  # one for the workplace, whatever the step
        return f"{finding.params['site']}: {remedy(finding)}"
    return f"{meaning(finding)} {remedy(finding)}"
