"""Worked cases of the criteria: a product, where each step is done, and what must follow for each claim.

`expect` says designed, assembled, manufactured in this order: Q qualifies, O open (a person still has to look),
F fails. `codes` must be among the findings, `says` is the English reason that decides.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from certification.rules import Case, Photo, Proof, Site, Step, StepKind, Story, place_of
from certification.rules.matching import Entry, Match, MatchedBy

TODAY = date(2026, 11, 24)
SINCE = date(2025, 3, 1)
DESIGN = ("concept", "pattern", "sample")
MAKING = {
    "garment": ("cutting", "sewing", "finishing"),
    "knitwear": ("knitting", "sewing", "finishing"),
    "printed_garment": ("cutting", "sewing", "printing", "finishing"),
    "footwear": ("cutting", "sewing", "lasting", "finishing"),
    "bag": ("cutting", "sewing", "finishing"),
    "jewellery": ("casting", "assembling", "finishing"),
    "hat": ("cutting", "sewing", "finishing"),
    "home_textile": ("cutting", "sewing", "finishing"),
    "other": ("assembling", "finishing"),
}


def site(name: str, place, **facts) -> Site:
    details = {"record": Proof.ACCEPTED, "registration": "GMR-24310"} | facts
    return Site(key=name, name=name, address=f"{name}, 1 Street", place=place, **details)


INSIDE = place_of(city="Los Angeles", zip_code="90015", council_district=14)
VERNON = place_of(city="Vernon", zip_code="90058", council_district=0)
POLYGON_OUT = place_of(city="Los Angeles", zip_code="90063", confirmed=False)
LIKELY_IN = place_of(city="Los Angeles", zip_code="90014")
LIKELY_OUT = place_of(city="Culver City", zip_code="90230")
STRADDLING = place_of(city="Los Angeles", zip_code="90058")
SAN_PEDRO = place_of(city="San Pedro", zip_code="90731")
NEVADA = place_of(city="Las Vegas", zip_code="89101", state="NV")
CONFIRMED = place_of(city="Los Angeles", zip_code="90058", confirmed=True)

SHOP = site("Shop", INSIDE)
SEEN = site("Seen shop", CONFIRMED)
ALONE = site("Garage", INSIDE, registration="", works_alone=True)
UNREGISTERED = site("Loft", INSIDE, registration="")
ODD = site("Odd loft", INSIDE, registration="soon", record=Proof.PENDING)
CONTRACTOR = site("Soto Sewing", INSIDE, contractor=True, operator="Soto Sewing")
CONTRACTOR_UNREGISTERED = site("Cheap Sewing", INSIDE, contractor=True, registration="")
CONTRACTOR_ALONE = site("One Woman Sewing", INSIDE, contractor=True, registration="", works_alone=True)
FLOOR = site("Vernon floor", VERNON)
EAST = site("East L.A. floor", POLYGON_OUT)
MAYBE = site("New shop", LIKELY_IN)
MAYBE_NOT = site("Culver studio", LIKELY_OUT)
EDGE = site("Edge shop", STRADDLING)
HARBOR = site("Harbor shop", SAN_PEDRO)
DESERT = site("Desert shop", NEVADA)
NO_RECORD = site("Paperless shop", INSIDE, record=Proof.NONE)
PENDING_RECORD = site("Waiting shop", INSIDE, record=Proof.PENDING)
BAD_RECORD = site("Refused shop", INSIDE, record=Proof.REJECTED)
ABROAD = "Puebla, Mexico"


def listed(base: Site, *, by=MatchedBy.ACCOUNT, score: int = 100, here: bool = True, **entry) -> Site:
    """The site with a row of the register."""
    row = {
        "account": "0003301266-0001-1",
        "name": "ANA QUIROZ OUTERWEAR LLC",
        "naics": "315250",
        "district": 14,
    } | entry
    match = Match(Entry(**row), by, score, here)
    return replace(base, account=row["account"], matches=(match,), register_loaded=True)


@dataclass(frozen=True)
class Worked:
    name: str
    case: Case
    expect: str
    codes: frozenset[str]
    says: str


def made(kind: str, where: Site | str = SHOP, *, design: Site | str | None = None, **other) -> Case:
    """All steps at `where` (words: elsewhere), design at `design`; `other` names a step's place, share or proof.

    `sewing=FLOOR` moves a step, `sewing_share=40` sets its share, `sewing_proof=Proof.NONE` its proof,
    `sewing=None` leaves it out, `packing=SHOP` adds one.
    """
    kinds = [*DESIGN, *MAKING[kind], *(name for name in other if name in set(StepKind) - {*DESIGN, *MAKING[kind]})]
    shares = dict(zip(kinds, _shares(len(kinds)), strict=True))
    rows = []
    for name in kinds:
        place = other.get(name, (design or where) if name in DESIGN else where)
        if place is None:
            continue
        at = place if isinstance(place, Site) else None
        rows.append(
            Step(
                key=name, kind=StepKind(name), site=at, elsewhere="" if at else str(place), started_on=SINCE,
                share=Decimal(str(other.get(f"{name}_share", shares[name]))),
                proof=other.get(f"{name}_proof", Proof.ACCEPTED), photos=other.get(f"{name}_photos", ()),
            )
        )  # fmt: skip
    return Case(kind, tuple(rows), TODAY, texts=other.get("texts", ()), origin=other.get("origin", "usa"))


def _shares(count: int) -> list[int]:
    """Whole numbers that add up to 100."""
    return [100 // count + (1 if number < 100 % count else 0) for number in range(count)]


def only(kind: str, **places) -> Case:
    """Nothing but these steps, at equal shares."""
    shares = _shares(len(places))
    rows = [
        Step(key=name, kind=StepKind(name), site=place, started_on=SINCE, share=Decimal(share), proof=Proof.ACCEPTED)
        for (name, place), share in zip(places.items(), shares, strict=True)
    ]
    return Case(kind, tuple(rows), TODAY)


def split(inside: str) -> Case:
    """A garment whose essential steps are inside, with so much of the cost inside and the rest for a mill abroad."""
    rest = Decimal(100) - Decimal(inside)
    shares = {f"{name}_share": 0 for name in (*DESIGN, "cutting", "finishing")}
    return made("garment", material=ABROAD, material_share=rest, sewing_share=inside, **shares)


def photo(**says) -> tuple[Photo, ...]:
    return (Photo("photo.jpg", says.pop("proof", Proof.PENDING), **says),)


def row(name: str, case: Case, expect: str, codes: str, says: str) -> Worked:
    return Worked(name, case, expect, frozenset(codes.split()), says)


PIN = replace(SHOP, latitude=Decimal("34.040500"), longitude=Decimal("-118.254100"))
WORKED = [
    # Garments
    row("garment, all at one workshop in the City", made("garment"), "QQQ", "place_inside share_enough", "100% of the production cost arose in Los Angeles."),
    row("garment, designed here, sewn in Vernon", made("garment", FLOOR, design=SHOP), "QFF", "place_outside", "“Sewing or linking”: Vernon floor is outside the City of Los Angeles."),
    row("garment, cut in Vernon, sewn and finished here", made("garment", cutting=FLOOR), "QQF", "place_outside", "“Cutting”: Vernon floor is outside the City of Los Angeles."),
    row("garment, finished in Vernon only", made("garment", finishing=FLOOR), "QFF", "place_outside", "“Finishing”: Vernon floor is outside the City of Los Angeles."),
    row("garment, designed abroad, made here", made("garment", design=ABROAD), "FQF", "step_elsewhere share_below", "“Concept” was done elsewhere (Puebla, Mexico)."),
    row("garment, sample alone made in Vernon", made("garment", sample=FLOOR), "FQQ", "place_outside", "“Sample”: Vernon floor is outside the City of Los Angeles."),
    row("garment, sewn abroad", made("garment", sewing=ABROAD), "QFF", "step_elsewhere", "“Sewing or linking” was done elsewhere (Puebla, Mexico)."),
    row("garment, no pattern step told", made("garment", pattern=None), "FFF", "step_missing shares_total", "“Pattern” is missing, and this claim rests on it."),
    row("garment, no cutting step told, shares whole", made("garment", cutting=None, sewing_share=33), "QQF", "step_missing", "“Cutting” is missing, and this claim rests on it."),
    row("garment, in East L.A., which is not the City", made("garment", EAST), "FFF", "place_outside", "East L.A. floor is outside the City of Los Angeles."),
    row("garment, in San Pedro, which is the City by its ZIP", made("garment", HARBOR), "OOO", "place_likely_inside", "Harbor shop is likely inside the City of Los Angeles, to be confirmed."),
    row("garment, ZIP of the City, nothing else known", made("garment", MAYBE), "OOO", "place_likely_inside", "New shop is likely inside the City of Los Angeles, to be confirmed."),
    row("garment, Culver City by name and ZIP", made("garment", MAYBE_NOT), "OOF", "place_likely_outside share_below", "Culver studio is likely outside the City of Los Angeles, to be confirmed."),
    row("garment, ZIP that straddles the line", made("garment", EDGE), "OOO", "place_unknown", "the address does not show whether Edge shop is in the City, to be confirmed."),
    row("garment, straddling ZIP, seen by a person", made("garment", SEEN), "QQQ", "place_inside", "Seen shop is in the City of Los Angeles."),
    row("garment, in another state", made("garment", DESERT), "FFF", "place_outside", "Desert shop is outside the City of Los Angeles."),
    row("garment, sewn in a straddling ZIP, rest here", made("garment", sewing=EDGE), "QOO", "place_unknown share_enough", "the address does not show whether Edge shop is in the City"),
    # The share of the cost
    row("60 % of the cost here", split("60"), "QQQ", "share_enough", "60% of the production cost arose in Los Angeles."),
    row("59.9 % of the cost here", split("59.9"), "QQF", "share_below", "59.9% of the production cost arose in Los Angeles; 60% are needed."),
    row("59.99 % of the cost here", split("59.99"), "QQF", "share_below", "59.99% of the production cost arose in Los Angeles; 60% are needed."),
    row("60.01 % of the cost here", split("60.01"), "QQQ", "share_enough", "60.01% of the production cost arose in Los Angeles."),
    row("all of the cost here", split("100"), "QQQ", "share_enough", "100% of the production cost arose in Los Angeles."),
    row("60 % here, but not all of it proven", made("garment", material=ABROAD, material_share=40, sewing_share=50, sewing_proof=Proof.PENDING, concept_share=0, pattern_share=0, sample_share=0, cutting_share=5, finishing_share=5), "QOO", "share_unproven", "60% of the production cost may have arisen in Los Angeles, not all of it is checked yet."),
    row("60 % only with dyeing at a workplace without an accepted record", made("garment", dyeing=PENDING_RECORD, dyeing_share=10, material=ABROAD, material_share=40, sewing_share=50, concept_share=0, pattern_share=0, sample_share=0, cutting_share=0, finishing_share=0), "QQO", "share_unproven", "60% of the production cost may have arisen in Los Angeles, not all of it is checked yet."),
    row("shares that add up to 99", made("garment", sewing_share=15), "FFF", "shares_total", "The cost shares add up to 99%, not to 100%."),
    row("shares that add up to 101", made("garment", sewing_share=17), "FFF", "shares_total", "The cost shares add up to 101%, not to 100%."),
    row("no shares told at all", made("garment", **{f"{name}_share": 0 for name in (*DESIGN, *MAKING["garment"])}), "QQF", "share_below", "0% of the production cost arose in Los Angeles; 60% are needed."),
    row("a share below zero", made("garment", concept_share=-4, pattern_share=38), "FFF", "share_impossible", "The cost share of “Concept” lies outside 0 to 100%."),
    # Packing and the like never qualify
    row("packing only", only("garment", packing=SHOP), "FFF", "never_qualifies step_missing", "“Packing” is shown, but never counts toward a claim."),
    row("packing and labeling only", only("garment", packing=SHOP, labelling=SHOP), "FFF", "never_qualifies", "“Labeling” is shown, but never counts toward a claim."),
    row("folding and pressing only", only("garment", folding=SHOP, pressing=SHOP), "FFF", "never_qualifies", "“Pressing” is shown, but never counts toward a claim."),
    row("packing in Vernon beside a garment made here", made("garment", packing=FLOOR, packing_share=0, concept_share=29), "QQQ", "never_qualifies", "“Packing” is shown, but never counts toward a claim."),
    row("sewn abroad, packed and pressed here", made("garment", sewing=ABROAD, packing=SHOP, pressing=SHOP), "QFF", "never_qualifies step_elsewhere", "“Sewing or linking” was done elsewhere (Puebla, Mexico)."),
    # Contractors and the garment registration
    row("contractor with registration", made("garment", CONTRACTOR, design=SHOP), "QQQ", "registration_given operator_contractor", "Soto Sewing has a California garment registration."),
    row("contractor without registration", made("garment", sewing=CONTRACTOR_UNREGISTERED), "QFF", "registration_missing", "“Sewing or linking” at Cheap Sewing needs a California garment registration."),
    row("contractor who works alone, without registration", made("garment", sewing=CONTRACTOR_ALONE), "QFF", "registration_contractor", "A contractor runs One Woman Sewing"),
    row("maker alone in an own workshop", made("garment", ALONE), "QQQ", "registration_exempt", "You work alone at Garage, so no garment registration is needed."),
    row("own workshop with employees, without registration", made("garment", UNREGISTERED), "QFF", "registration_missing", "“Sewing or linking” at Loft needs a California garment registration."),
    row("registration that is no number, not looked at", made("garment", ODD), "OOO", "registration_odd", "The garment registration of Odd loft does not look like a number."),
    row("jewelry needs no garment registration", made("jewellery", UNREGISTERED), "QQQ", "share_enough", "100% of the production cost arose in Los Angeles."),
    row("footwear needs no garment registration", made("footwear", UNREGISTERED), "QQQ", "share_enough", "100% of the production cost arose in Los Angeles."),
    row("a bag needs one", made("bag", UNREGISTERED), "QFF", "registration_missing", "“Cutting” at Loft needs a California garment registration."),
    row("a hat needs one", made("hat", UNREGISTERED), "QFF", "registration_missing", "“Cutting” at Loft needs a California garment registration."),
    row("knitting needs none, sewing does", made("knitwear", knitting=UNREGISTERED), "QQQ", "share_enough", "100% of the production cost arose in Los Angeles."),
    row("printing needs none, sewing does", made("printed_garment", printing=UNREGISTERED), "QQQ", "share_enough", "100% of the production cost arose in Los Angeles."),
    # Other kinds
    row("knitwear, knitted in Vernon, linked here", made("knitwear", knitting=FLOOR), "QQF", "place_outside", "“Knitting”: Vernon floor is outside the City of Los Angeles."),
    row("knitwear, all here", made("knitwear"), "QQQ", "share_enough", "100% of the production cost arose in Los Angeles."),
    row("knitwear, no knitting told, shares whole", made("knitwear", knitting=None, sewing_share=33), "QQF", "step_missing", "“Knitting” is missing, and this claim rests on it."),
    row("printed garment, blank sewn abroad, printed here", made("printed_garment", sewing=ABROAD, cutting=ABROAD), "QFF", "step_elsewhere", "“Cutting” was done elsewhere (Puebla, Mexico)."),
    row("printed garment, printed in Vernon", made("printed_garment", printing=FLOOR), "QQF", "place_outside", "“Printing”: Vernon floor is outside the City of Los Angeles."),
    row("printed garment, all here", made("printed_garment"), "QQQ", "share_enough", "100% of the production cost arose in Los Angeles."),
    row("footwear, lasted abroad", made("footwear", lasting=ABROAD), "QFF", "step_elsewhere", "“Lasting” was done elsewhere (Puebla, Mexico)."),
    row("footwear, uppers sewn abroad, lasted here", made("footwear", sewing=ABROAD), "QQF", "step_elsewhere", "“Sewing or linking” was done elsewhere (Puebla, Mexico)."),
    row("bag, cut and sewn here, finished in East L.A.", made("bag", finishing=EAST), "QFF", "place_outside", "“Finishing”: East L.A. floor is outside the City of Los Angeles."),
    row("jewelry, cast in Vernon, set and finished here", made("jewellery", casting=FLOOR), "QQF", "place_outside", "“Casting or forming”: Vernon floor is outside the City of Los Angeles."),
    row("jewelry, set abroad", made("jewellery", assembling=ABROAD), "QFF", "step_elsewhere", "“Setting and assembling” was done elsewhere (Puebla, Mexico)."),
    row("hat, all here by someone alone", made("hat", ALONE), "QQQ", "registration_exempt", "You work alone at Garage, so no garment registration is needed."),
    row("home textile, sewn in a straddling ZIP", made("home_textile", sewing=EDGE), "QOO", "place_unknown", "the address does not show whether Edge shop is in the City"),
    row("something else, assembled here", made("other"), "QQQ", "share_enough", "100% of the production cost arose in Los Angeles."),
    row("a kind that the criteria do not know", replace(made("garment"), kind="furniture"), "FFF", "kind_unknown", "The kind of product is not one the criteria know."),
    # Evidence and records
    row("no evidence for sewing", made("garment", sewing_proof=Proof.NONE), "QFF", "evidence_missing", "“Sewing or linking” has no evidence of its own yet."),
    row("evidence for sewing not looked at", made("garment", sewing_proof=Proof.PENDING), "QOO", "evidence_pending", "The evidence for “Sewing or linking” waits to be checked."),
    row("evidence for sewing not accepted", made("garment", sewing_proof=Proof.REJECTED), "QFF", "evidence_rejected", "The evidence for “Sewing or linking” was not accepted."),
    row("an office photo for the pattern is not accepted", made("garment", pattern_proof=Proof.REJECTED), "FQQ", "evidence_rejected", "The evidence for “Pattern” was not accepted."),
    row("workshop without a business record", made("garment", NO_RECORD), "FFF", "record_missing", "There is no business record of Paperless shop yet."),
    row("business record not looked at", made("garment", PENDING_RECORD), "OOO", "record_pending", "The business record of Waiting shop waits to be checked."),
    row("business record not accepted", made("garment", BAD_RECORD), "FFF", "record_rejected", "The business record of Refused shop was not accepted."),
    row("no step at all", Case("garment", (), TODAY), "FFF", "no_steps", "No production step is described yet."),
    row("a step that begins next year", replace(made("garment"), steps=tuple(replace(step, started_on=date(2027, 1, 1)) if step.kind == "sewing" else step for step in made("garment").steps)), "FFF", "starts_later", "“Sewing or linking” begins in the future."),
    # The City's register
    row("account and name agree", made("garment", listed(SHOP)), "QQQ", "register_match naics_fits", "Shop is in the City's register: ANA QUIROZ OUTERWEAR LLC, account 0003301266-0001-1, council district 14"),
    row("account of another firm, not looked at", made("garment", listed(PENDING_RECORD, score=31, name="ACME PLUMBING")), "OOO", "register_other_name", "Account 0003301266-0001-1 of Waiting shop belongs to ACME PLUMBING; the names agree 31 of 100."),
    row("account of another firm, record accepted by a person", made("garment", listed(SHOP, score=31, name="ACME PLUMBING")), "QQQ", "register_other_name", "belongs to ACME PLUMBING"),
    row("account of another address", made("garment", listed(PENDING_RECORD, here=False)), "OOO", "register_other_address", "is registered at another address than Waiting shop."),
    row("names only alike", made("garment", listed(PENDING_RECORD, by=MatchedBy.ADDRESS, score=75)), "OOO", "register_alike", "the names agree only 75 of 100."),
    row("name alone, at another address", made("garment", replace(listed(MAYBE, by=MatchedBy.NAME, here=False), account="")), "OOO", "register_elsewhere place_likely_inside", "A firm of this name is in the register at another address"),
    row("account that the register does not have", made("garment", replace(PENDING_RECORD, account="0009999999-0001-1", register_loaded=True)), "OOO", "register_unknown", "The account number of Waiting shop is not in the register as it was loaded."),
    row("register entry younger than the step", made("garment", listed(PENDING_RECORD, started_on=date(2026, 1, 1))), "OOO", "register_newer", "is said to be done at Waiting shop since March 1, 2025, but its register entry begins on Jan. 1, 2026."),
    row("business that the register calls ended", made("garment", listed(PENDING_RECORD, ended_on=date(2026, 6, 30))), "OOO", "register_ended", "The register says that business at Waiting shop ended on June 30, 2026."),
    row("a restaurant by its industry", made("garment", listed(SHOP, naics="722511")), "QQQ", "naics_other", "The registered industry of Shop (NAICS 722511) is not one that does “Sewing or linking”."),
    # Contradictions, files, words
    row("another case tells the workplace differently", made("garment", replace(PENDING_RECORD, stories=(Story("Vest", "with employees", "alone"),))), "OOO", "story_differs", "Waiting shop: this application says “with employees”, the one for “Vest” says “alone”."),
    row("the file is another maker's too", made("garment", sewing_photos=photo(elsewhere=True)), "QOO", "file_elsewhere", "The file “photo.jpg” for “Sewing or linking” is also in another maker's application."),
    row("the file is another maker's too, and accepted", made("garment", sewing_photos=photo(elsewhere=True, proof=Proof.ACCEPTED)), "QQQ", "file_elsewhere", "is also in another maker's application."),
    row("one file for work at two addresses", made("garment", sewing_photos=photo(reused=True)), "QOO", "file_reused", "is used for “Sewing or linking” and for work at another address."),
    row("photo taken in Vernon", made("garment", PIN, sewing_photos=photo(latitude=Decimal("34.002000"), longitude=Decimal("-118.230000"))), "QOO", "photo_far", "says it was taken 4.8 km from Shop."),
    row("photo taken at the workshop", made("garment", PIN, sewing_photos=photo(latitude=Decimal("34.041000"), longitude=Decimal("-118.254000"))), "QQQ", "share_enough", "100% of the production cost arose in Los Angeles."),
    row("photo older than the step", made("garment", sewing_photos=photo(taken_on=date(2024, 12, 1))), "QOO", "photo_early", "says it was taken on Dec. 1, 2024, before “Sewing or linking” began there (March 1, 2025)."),
    row("a rejected photo says nothing", made("garment", sewing_photos=photo(elsewhere=True, proof=Proof.REJECTED)), "QQQ", "share_enough", "100% of the production cost arose in Los Angeles."),
    row("“Made in USA” with fabric from Mexico", made("garment", material=ABROAD, texts=("Made in USA, with love",)), "FFF", "us_claim_false", "The text says “Made in USA”, but not everything is made in the United States."),
    row("“Hecho en EE. UU.” with imported stated", made("garment", texts=("Hecho en EE. UU.",), origin="both"), "FFF", "us_claim_false", "The text says “Hecho en EE. UU.”"),
    row("“American made”, everything here", made("garment", texts=("American made denim",)), "QQQ", "us_claim_bold", "federal and California law ask that all or virtually all of it is."),
    row("“Made in Los Angeles of imported fabric”", made("garment", material=ABROAD, texts=("Made in Los Angeles of imported fabric",)), "QQQ", "share_enough", "of the production cost arose in Los Angeles."),
]  # fmt: skip
