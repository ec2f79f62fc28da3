"""The words for each finding: what it means, and what would change it. Message ids; translated where shown.

`%(step)s` is the name of a kind of step, `%(site)s` a workplace, both filled in by certification.texts.
"""


def gettext_noop(text: str) -> str:
    """Marks a text for the translators; the rules themselves know no language."""
    return text


MEANING = {
    "no_steps": gettext_noop("No production step is described yet."),
    "kind_unknown": gettext_noop("The kind of product is not one the criteria know."),
    "shares_total": gettext_noop("The cost shares add up to %(total)s%%, not to 100%%."),
    "share_impossible": gettext_noop("The cost share of “%(step)s” lies outside 0 to 100%%."),
    "starts_later": gettext_noop("“%(step)s” begins in the future."),
    "never_qualifies": gettext_noop("“%(step)s” is shown, but never counts toward a claim."),
    "step_missing": gettext_noop("“%(step)s” is missing, and this claim rests on it."),
    "step_elsewhere": gettext_noop("“%(step)s” was done elsewhere (%(place)s)."),
    "place_inside": gettext_noop("“%(step)s”: %(site)s is in the City of Los Angeles."),
    "place_outside": gettext_noop("“%(step)s”: %(site)s is outside the City of Los Angeles."),
    "place_likely_inside": gettext_noop(
        "“%(step)s”: %(site)s is likely inside the City of Los Angeles, to be confirmed."
    ),
    "place_likely_outside": gettext_noop(
        "“%(step)s”: %(site)s is likely outside the City of Los Angeles, to be confirmed."
    ),
    "place_unknown": gettext_noop(
        "“%(step)s”: the address does not show whether %(site)s is in the City, to be confirmed."
    ),
    "record_missing": gettext_noop("There is no business record of %(site)s yet."),
    "record_pending": gettext_noop("The business record of %(site)s waits to be checked."),
    "record_rejected": gettext_noop("The business record of %(site)s was not accepted."),
    "record_accepted": gettext_noop("The business record of %(site)s is accepted."),
    "evidence_missing": gettext_noop("“%(step)s” has no evidence of its own yet."),
    "evidence_pending": gettext_noop("The evidence for “%(step)s” waits to be checked."),
    "evidence_rejected": gettext_noop("The evidence for “%(step)s” was not accepted."),
    "evidence_accepted": gettext_noop("The evidence for “%(step)s” is accepted."),
    "registration_given": gettext_noop("%(site)s has a California garment registration."),
    "registration_exempt": gettext_noop("You work alone at %(site)s, so no garment registration is needed."),
    "registration_missing": gettext_noop("“%(step)s” at %(site)s needs a California garment registration."),
    "share_enough": gettext_noop("%(share)s%% of the production cost arose in Los Angeles."),
    "share_unproven": gettext_noop(
        "%(share)s%% of the production cost may have arisen in Los Angeles, not all of it is checked yet."
    ),
    "share_below": gettext_noop("%(share)s%% of the production cost arose in Los Angeles; %(needed)s%% are needed."),
}

REMEDY = {
    "no_steps": gettext_noop("Describe each step: what, where, by whom."),
    "kind_unknown": gettext_noop("Choose the kind of product on the product's page."),
    "shares_total": gettext_noop("Correct the shares so that they add up to 100%%."),
    "share_impossible": gettext_noop("Enter a share from 0 to 100%%."),
    "starts_later": gettext_noop("Apply when the step is being done, or correct the date."),
    "step_missing": gettext_noop("Add the step with its workplace, or give up this claim."),
    "step_elsewhere": gettext_noop("The claim is possible once this step is done at a workplace in the City."),
    "place_outside": gettext_noop("The claim is possible once this step is done at a workplace in the City."),
    "place_likely_inside": gettext_noop("Set a pin on the map, or give the City account number of this address."),
    "place_likely_outside": gettext_noop("Set a pin on the map, or give the City account number of this address."),
    "place_unknown": gettext_noop("Set a pin on the map, or give the City account number of this address."),
    "record_missing": gettext_noop("Add the City business tax certificate that names this address."),
    "record_rejected": gettext_noop("Add the City business tax certificate that names this address."),
    "evidence_missing": gettext_noop("Add a photo, cutting ticket, invoice or order for this very step."),
    "evidence_rejected": gettext_noop("Add another photo, cutting ticket, invoice or order for this step."),
    "registration_missing": gettext_noop("Enter the registration number, or say that you work there alone."),
    "share_below": gettext_noop("Have more of the work done in the City, or claim “assembled” or “designed”."),
}
