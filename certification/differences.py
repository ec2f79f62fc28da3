"""What differs between two frozen descriptions of a product: for renewals, and for who judges them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .cases import address_line
from .rules import StepKind
from .texts import STEPS


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing, in words, as it was and as it is; empty where it was not there."""

    what: str
    before: str
    after: str


def differences(before: dict, after: dict) -> list[Difference]:
    """Changes of certified facts: names, the line, each step (matched by its row). Empty where all is as it was."""
    found = [
        Difference(label, before.get(name, ""), after.get(name, ""))
        for name, label in (("title", _("Name")), ("kind", _("Kind of product")), ("legal_name", _("Legal name")))
    ]
    found.append(Difference(_("Made the same way"), _line(before), _line(after)))
    old, new = ({step["id"]: step for step in facts["steps"]} for facts in (before, after))
    for key in dict.fromkeys([*old, *new]):
        found += _step(old.get(key), new.get(key))
    return [item for item in found if item.before != item.after]


def _line(facts: dict) -> str:
    return ", ".join(sorted(item["title"] for item in facts.get("line", ())))


def _step(old: dict | None, new: dict | None) -> list[Difference]:
    step = old or new or {}
    name = str(STEPS[StepKind(step["kind"])])
    if old is None or new is None:
        return [Difference(name, _where(old), _where(new))]
    return [
        Difference(name, str(STEPS[StepKind(old["kind"])]), str(STEPS[StepKind(new["kind"])])),
        Difference(_("%(step)s: where") % {"step": name}, _where(old), _where(new)),
        Difference(_("%(step)s: since") % {"step": name}, old["started_on"], new["started_on"]),
        Difference(_("%(step)s: share of the cost") % {"step": name}, old["cost_share"], new["cost_share"]),
        Difference(_("%(step)s: papers") % {"step": name}, _papers(old), _papers(new)),
    ]


def _where(step: dict | None) -> str:
    if step is None:
        return ""
    if "workplace" in step:
        return f"{step['workplace_name']} · {address_line(step)}"
    return ", ".join(part for part in (step["elsewhere_by"], step["elsewhere_place"]) if part)


def _papers(step: dict) -> str:
    """City account, garment registration, and whether someone works alone."""
    if "workplace" not in step:
        return ""
    alone = _("works alone") if step["works_alone"] else ""
    return " · ".join(part for part in (step["register_account"], step["garment_registration"], alone) if part)
