"""The programme's criteria as pure functions: facts in, findings with reasons out. No database, no Django."""

from .area import place_of
from .criteria import Criteria
from .evaluate import claim_outcome, evaluate, outcomes
from .facts import Case, Finding, Outcome, Place, PlaceSource, Proof, Severity, Site, Step, Verdict
from .words import Claim, ProductKind, StepKind

__all__ = [
    "Case", "Claim", "Criteria", "Finding", "Outcome", "Place", "PlaceSource", "ProductKind", "Proof",
    "Severity", "Site", "Step", "StepKind", "Verdict", "claim_outcome", "evaluate", "outcomes", "place_of",
]  # fmt: skip
