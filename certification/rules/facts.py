"""What the rules look at (a case with its steps and sites) and what they answer (findings)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .matching import Match
from .words import Claim, StepKind


class Verdict(StrEnum):
    """Where a workplace lies against the programme area. Only INSIDE lets a claim be granted."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    LIKELY_INSIDE = "likely_inside"
    LIKELY_OUTSIDE = "likely_outside"
    UNKNOWN = "unknown"


class PlaceSource(StrEnum):
    """How a verdict is known."""

    CONFIRMATION = "confirmation"
    REGISTER = "register"
    POLYGON = "polygon"
    STATE = "state"
    ZIP_CODE = "zip_code"
    CITY_NAME = "city_name"
    CONTRADICTION = "contradiction"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Place:
    """A verdict and what it rests on; `saw` is the fact itself, such as a ZIP code."""

    verdict: Verdict
    source: PlaceSource
    saw: str = ""


class Proof(StrEnum):
    """How far the evidence for one fact has come."""

    NONE = "none"
    PENDING = "pending"
    REJECTED = "rejected"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Site:
    """A workplace as the rules see it."""

    key: str
    name: str
    address: str
    place: Place
    record: Proof = Proof.NONE
    registration: str = ""
    contractor: bool = False
    works_alone: bool = False
    operator: str = ""
    account: str = ""
    matches: tuple[Match, ...] = ()
    register_loaded: bool = False
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    stories: tuple["Story", ...] = ()

    @property
    def is_settled(self) -> bool:
        """A person has accepted the business record of this very address, and saw what we see."""
        return self.record is Proof.ACCEPTED


@dataclass(frozen=True, slots=True)
class Story:
    """Something that another case of this maker says differently of the same workplace."""

    product: str
    told: str
    there: str


@dataclass(frozen=True, slots=True)
class Photo:
    """What a file says of itself; `taken_on` is a Los Angeles day, degrees are WGS84."""

    name: str
    proof: Proof
    taken_on: date | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    elsewhere: bool = False  # the same file lies in another maker's application
    reused: bool = False  # the same file proves a step at another address


@dataclass(frozen=True, slots=True)
class Step:
    """A production step; without a site it was done `elsewhere`, which never counts as inside."""

    key: str
    kind: StepKind
    site: Site | None = None
    elsewhere: str = ""
    started_on: date | None = None
    share: Decimal = Decimal(0)
    proof: Proof = Proof.NONE
    photos: tuple[Photo, ...] = ()

    @property
    def inside(self) -> bool:
        return self.site is not None and self.site.place.verdict is Verdict.INSIDE

    @property
    def proven(self) -> bool:
        """Inside, with evidence of its own and an accepted business record of the workplace."""
        if self.site is None or not self.inside:
            return False
        return self.proof is Proof.ACCEPTED and self.site.record is Proof.ACCEPTED


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the rules need to know about one product."""

    kind: str
    steps: tuple[Step, ...]
    today: date
    texts: tuple[str, ...] = ()
    origin: str = ""


class Severity(StrEnum):
    OK = "ok"
    NOTE = "note"
    OPEN = "open"  # a person still has to look: likely inside, evidence not yet accepted
    PROBLEM = "problem"


class Outcome(StrEnum):
    QUALIFIES = "qualifies"
    OPEN = "open"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of the rules. `claim` None concerns every claim; `step` is the key of the step it is about.

    The text for people is made from `code` and `params` (rules/messages.py), in the reader's language.
    """

    code: str
    severity: Severity
    claim: Claim | None = None
    step: str = ""
    saw: str = ""
    rule: str = ""
    source: str = ""
    params: dict = field(default_factory=dict, hash=False)
