"""The programme's criteria as pure functions: facts in, findings with reasons out. No database, no Django."""

from .area import place_of
from .criteria import Criteria
from .evaluate import RULES_VERSION, claim_outcome, evaluate, outcomes
from .facts import Case, Finding, Outcome, Photo, Place, PlaceSource, Proof, Severity, Site, Step, Story, Verdict
from .words import Claim, ProductKind, StepKind

__all__ = [
    "RULES_VERSION", "Case", "Claim", "Criteria", "Finding", "Outcome", "Photo", "Place", "PlaceSource",
    "ProductKind", "Proof", "Severity", "Site", "Step", "StepKind", "Story", "Verdict", "claim_outcome", "evaluate",
    "outcomes", "place_of",
]  # fmt: skip
