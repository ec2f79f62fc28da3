"""What facts and files say against each other: the City's register, other cases, photos, the listing's words.

A contradiction is open until a person has looked: once the business record of a workplace, or the file itself, is
accepted, what was seen stays as a note.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from math import isqrt

from .facts import Case, Finding, Photo, Proof, Severity, Site, Step
from .industries import fits
from .matching import LIKE_NAME, SAME_NAME, Match, MatchedBy
from .origin_words import us_claims
from .words import Claim

REGISTER = "D1"
FAR_METERS = 1_000  # a phone indoors can be off by a few hundred
OLD_PHOTO = timedelta(days=3 * 365)
# Meters in a degree at 34° north; good to a per cent within the county, and whole numbers.
_METERS_NORTH, _METERS_EAST = 110_922, 92_288
_MICRO = 1_000_000
_LEAST_DIGITS = 4
_IN_THE_STATES = ("ca", "california", "usa", "u.s.a.", "united states", "nc", "tx", "ny", "va", "ga", "sc", "tn", "or")


def site_checks(claim: Claim, site: Site, step: Step) -> Iterator[Finding]:
    """The register and the maker's other cases, about the workplace of a step that a claim rests on."""
    yield from _register(claim, site, step)
    who = "operator_contractor" if site.contractor else "operator_own"
    yield _site(claim, site, who, Severity.OK, site.operator or site.name)
    for story in site.stories:
        yield _site(
            claim, site, "story_differs", _unless_settled(site), f"{story.told} / {story.there}",
            rule="no contradiction", params={"product": story.product, "here": story.told, "there": story.there},
        )  # fmt: skip


def photo_checks(claim: Claim, step: Step, case: Case) -> Iterator[Finding]:
    """What the files of a step say of themselves against what the step says."""
    for photo in step.photos:
        if photo.proof is Proof.REJECTED:
            continue
        yield from _photo(claim, step, photo, case)


def text_checks(case: Case) -> Iterator[Finding]:
    """Words of the listing that claim more than the steps carry."""
    found = list(dict.fromkeys(word for text in case.texts for word in us_claims(text)))
    if not found:
        return
    abroad = [step for step in case.steps if step.site is None and not _in_the_states(step.elsewhere)]
    contradicted = bool(abroad) or case.origin in ("imported", "both")
    yield Finding(
        "us_claim_false" if contradicted else "us_claim_bold", Severity.PROBLEM if contradicted else Severity.NOTE,
        saw=", ".join(found), rule="claims in the text", source="F1, F2, F6",
        params={"words": ", ".join(found), "place": ", ".join(step.elsewhere for step in abroad)},
    )  # fmt: skip


def is_held_for_text(texts: tuple[str, ...], origin: str, elsewhere: tuple[str, ...]) -> bool:
    """Whether a listing may not be shown because of its words; the same rule as the finding's."""
    if not any(us_claims(text) for text in texts):
        return False
    return origin in ("imported", "both") or any(not _in_the_states(place) for place in elsewhere)


def meters_between(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> int:
    """Whole meters between two points in and around Los Angeles, (latitude, longitude) in degrees."""
    north = int((one[0] - other[0]) * _MICRO) * _METERS_NORTH
    east = int((one[1] - other[1]) * _MICRO) * _METERS_EAST
    return isqrt(north * north + east * east) // _MICRO


def _register(claim: Claim, site: Site, step: Step) -> Iterator[Finding]:
    if not site.register_loaded:
        return
    best = site.matches[0] if site.matches else None
    if site.account and (best is None or best.by is not MatchedBy.ACCOUNT):
        yield _site(claim, site, "register_unknown", _unless_settled(site), site.account, source=REGISTER)
    if best is None:
        if not site.account:
            yield _site(claim, site, "register_none", Severity.NOTE, site.address, source=REGISTER)
        return
    yield _match(claim, site, best)
    if best.by is MatchedBy.NAME:
        return
    entry = best.entry
    if entry.ended_on:
        yield _site(
            claim, site, "register_ended", _unless_settled(site), entry.ended_on.isoformat(), source=REGISTER,
            params={"day": entry.ended_on.isoformat()},
        )  # fmt: skip
    if entry.started_on and step.started_on and entry.started_on > step.started_on:
        yield _about(
            claim, step, site, "register_newer", _unless_settled(site),
            f"{entry.started_on.isoformat()} / {step.started_on.isoformat()}",
            {"day": entry.started_on.isoformat(), "since": step.started_on.isoformat()},
        )  # fmt: skip
    fit = fits(entry.naics, step.kind)
    if fit is not None:
        code, severity = ("naics_fits", Severity.OK) if fit else ("naics_other", Severity.NOTE)
        yield _about(claim, step, site, code, severity, entry.naics, {"naics": entry.naics})


def _match(claim: Claim, site: Site, match: Match) -> Finding:
    """What the best row says of the workplace."""
    entry = match.entry
    district = entry.district
    shown = {
        "name": entry.name, "account": entry.account, "score": str(match.score), "district": str(district or "–"),
    }  # fmt: skip
    if match.by is MatchedBy.NAME:
        code, severity = "register_elsewhere", Severity.NOTE
    elif not match.same_address:
        code, severity = "register_other_address", _unless_settled(site)
    elif match.score < LIKE_NAME:
        code, severity = "register_other_name", _unless_settled(site)
    elif match.score < SAME_NAME:
        code, severity = "register_alike", _unless_settled(site)
    elif len(_rivals(site, match)) > 1:
        code, severity = "register_several", _unless_settled(site)
    else:
        code, severity = "register_match", Severity.OK
    saw = f"{entry.account} {entry.name}, {entry.street} {entry.zip_code[:5]}, {match.score}/100"
    return _site(claim, site, code, severity, saw, source=REGISTER, params=shown)


def _rivals(site: Site, best: Match) -> list[Match]:
    """Rows that fit as well as the best one, where no account number says which it is."""
    if best.by is MatchedBy.ACCOUNT:
        return [best]
    return [match for match in site.matches if match.is_sure and match.score == best.score]


def _photo(claim: Claim, step: Step, photo: Photo, case: Case) -> Iterator[Finding]:
    severity = Severity.NOTE if photo.proof is Proof.ACCEPTED else Severity.OPEN
    if photo.elsewhere:
        yield _file(claim, step, "file_elsewhere", severity, photo, {})
    elif photo.reused:
        yield _file(claim, step, "file_reused", severity, photo, {})
    if photo.taken_on and step.started_on and photo.taken_on < step.started_on:
        days = {"day": photo.taken_on.isoformat(), "since": step.started_on.isoformat()}
        yield _file(claim, step, "photo_early", severity, photo, days)
    if photo.taken_on and photo.taken_on < case.today - OLD_PHOTO:
        yield _file(claim, step, "photo_old", Severity.NOTE, photo, {"day": photo.taken_on.isoformat()})
    site = step.site
    if site is None or None in (photo.latitude, photo.longitude, site.latitude, site.longitude):
        return
    here, there = (site.latitude, site.longitude), (photo.latitude, photo.longitude)
    meters = meters_between(here, there)  # type: ignore[arg-type]  # none of the four is None
    if meters > FAR_METERS:
        yield _file(
            claim, step, "photo_far", severity, photo, {"site": site.name, "km": f"{Decimal(meters) / 1000:.1f}"}
        )


def registration_check(claim: Claim, step: Step, site: Site) -> Finding:
    """Whoever cuts, sews or finishes has a garment registration, or works there alone in an own workshop."""
    digits = sum(char.isdigit() for char in site.registration)
    if site.registration and digits >= _LEAST_DIGITS:
        code, severity = "registration_given", Severity.OK
    elif site.registration:
        code, severity = "registration_odd", _unless_settled(site)
    elif site.works_alone and site.contractor:
        code, severity = "registration_contractor", Severity.PROBLEM
    elif site.works_alone:
        code, severity = "registration_exempt", Severity.OK
    else:
        code, severity = "registration_missing", Severity.PROBLEM
    return Finding(
        code, severity, claim, step.key, site.registration or site.name, "garment registration", "F7, F8, F9",
        {"step": step.kind, "site": site.name},
    )  # fmt: skip


def _unless_settled(site: Site) -> Severity:
    return Severity.NOTE if site.is_settled else Severity.OPEN


def _in_the_states(place: str) -> bool:
    """Whether the words name a place in the United States, as far as words can tell."""
    last = place.lower().replace("(", ",").rsplit(",", 1)[-1].strip(" .)")
    return last in _IN_THE_STATES or last.split(" ")[0] in _IN_THE_STATES


def _site(
    claim: Claim, site: Site, code: str, severity: Severity, saw: str, *, rule: str = "business record",
    source: str = "", params: dict | None = None,
) -> Finding:  # fmt: skip
    """About a workplace as such, so that it is said once, not once a step."""
    return Finding(code, severity, claim, "", saw, rule, source, {"site": site.name, **(params or {})})


def _about(claim, step: Step, site: Site, code: str, severity: Severity, saw: str, params: dict) -> Finding:
    params = {"step": step.kind, "site": site.name, **params}
    return Finding(code, severity, claim, step.key, saw, "business record", REGISTER, params)


def _file(claim, step: Step, code: str, severity: Severity, photo: Photo, params: dict) -> Finding:
    saw = photo.name if photo.taken_on is None else f"{photo.name}, {photo.taken_on.isoformat()}"
    params = {"step": step.kind, "file": photo.name, **params}
    return Finding(code, severity, claim, step.key, saw, "evidence of its own", "file", params)
