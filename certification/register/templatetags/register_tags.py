"""Words of certification for templates."""

from django import template

from certification import texts

register = template.Library()
register.filter("claim_labels", texts.claim_labels)
register.filter("meaning", texts.meaning)
register.filter("remedy", texts.remedy)
register.filter("rule_label", texts.rule_label)
register.filter("seen", texts.seen)
register.filter("authority", texts.authority)
register.filter("reason_labels", texts.reason_labels)


@register.filter
def step_label(kind: str) -> str:
    return str(texts.STEPS[kind])


@register.filter
def outcome_label(outcome) -> str:
    return str(texts.OUTCOMES[outcome])


@register.filter
def claim_label(claim) -> str:
    return str(texts.CLAIMS[claim])


@register.filter
def verdict_label(verdict) -> str:
    return str(texts.VERDICTS[verdict])


@register.filter
def source_label(source) -> str:
    return str(texts.SOURCES[source])


@register.filter
def verb_label(verb: str) -> str:
    return str(texts.VERBS.get(verb, verb))
