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
    "registration_odd": gettext_noop("The garment registration of %(site)s does not look like a number."),
    "registration_contractor": gettext_noop(
        "A contractor runs %(site)s, so “%(step)s” there needs the contractor's garment registration: the exemption "
        "for people who work alone is yours only in an own workshop."
    ),
    "operator_own": gettext_noop("%(site)s is run by the maker itself."),
    "operator_contractor": gettext_noop("%(site)s is run by a contractor."),
    "register_match": gettext_noop(
        "%(site)s is in the City's register: %(name)s, account %(account)s, council district %(district)s "
        "(names agree %(score)s of 100)."
    ),
    "register_alike": gettext_noop(
        "The register has %(name)s (account %(account)s) at the address of %(site)s; the names agree only "
        "%(score)s of 100."
    ),
    "register_several": gettext_noop(
        "Several rows of the register fit %(site)s; the account number would say which it is."
    ),
    "register_other_name": gettext_noop(
        "Account %(account)s of %(site)s belongs to %(name)s; the names agree %(score)s of 100."
    ),
    "register_other_address": gettext_noop(
        "Account %(account)s (%(name)s) is registered at another address than %(site)s."
    ),
    "register_elsewhere": gettext_noop(
        "A firm of this name is in the register at another address: %(name)s, account %(account)s."
    ),
    "register_unknown": gettext_noop("The account number of %(site)s is not in the register as it was loaded."),
    "register_none": gettext_noop("No row of the register fits %(site)s."),
    "register_ended": gettext_noop("The register says that business at %(site)s ended on %(day)s."),
    "register_newer": gettext_noop(
        "“%(step)s” is said to be done at %(site)s since %(since)s, but its register entry begins on %(day)s."
    ),
    "naics_fits": gettext_noop("The registered industry of %(site)s (NAICS %(naics)s) fits “%(step)s”."),
    "naics_other": gettext_noop(
        "The registered industry of %(site)s (NAICS %(naics)s) is not one that does “%(step)s”."
    ),
    "story_differs": gettext_noop(
        "%(site)s: this application says “%(here)s”, the one for “%(product)s” says “%(there)s”."
    ),
    "file_elsewhere": gettext_noop("The file “%(file)s” for “%(step)s” is also in another maker's application."),
    "file_reused": gettext_noop("The file “%(file)s” is used for “%(step)s” and for work at another address."),
    "photo_early": gettext_noop(
        "The photo “%(file)s” says it was taken on %(day)s, before “%(step)s” began there (%(since)s)."
    ),
    "photo_old": gettext_noop("The photo “%(file)s” for “%(step)s” is more than three years old (%(day)s)."),
    "photo_far": gettext_noop("The photo “%(file)s” for “%(step)s” says it was taken %(km)s km from %(site)s."),
    "us_claim_false": gettext_noop(
        "The text says “%(words)s”, but not everything is made in the United States. The piece is held until that "
        "is changed."
    ),
    "us_claim_bold": gettext_noop(
        "The text says “%(words)s”: federal and California law ask that all or virtually all of it is."
    ),
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
    "registration_odd": gettext_noop("Enter the number as on the registration certificate."),
    "registration_contractor": gettext_noop("Enter the contractor's registration number."),
    "register_alike": gettext_noop("Give the account number, or add the tax certificate that shows both names."),
    "register_several": gettext_noop("Give the account number of this address."),
    "register_other_name": gettext_noop("Check the account number, or add the tax certificate that shows both names."),
    "register_other_address": gettext_noop("Give the account number of this address: each location has its own."),
    "register_unknown": gettext_noop("Check the number; a new account shows in the register after a month."),
    "register_ended": gettext_noop("Add the current tax certificate of this address."),
    "register_newer": gettext_noop("Correct the date, or say in the thread where it was done before."),
    "story_differs": gettext_noop("Say in the thread which is right, and correct the other application."),
    "file_elsewhere": gettext_noop("Add a photo or paper of your own work."),
    "file_reused": gettext_noop("Add a file for each place."),
    "photo_early": gettext_noop("Add a newer photo, or correct the date of the step."),
    "photo_far": gettext_noop("Add a photo taken at this workplace."),
    "us_claim_false": gettext_noop("Write “Made in Los Angeles of imported fabric”, or name the country of each part."),
    "us_claim_bold": gettext_noop("Write “Made in Los Angeles” if you can't show it for every part."),
    "share_below": gettext_noop("Have more of the work done in the City, or claim “assembled” or “designed”."),
}
