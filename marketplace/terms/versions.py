"""The texts in force and those before them; a text that was in force is never edited, it is followed by another.

The words lie in templates/terms/<kind>_<number>_<language>.html.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marketplace.core import clock


class Kind(StrEnum):
    MAKERS = "makers"
    SHOPPERS = "shoppers"


@dataclass(frozen=True, slots=True)
class Version:
    """A text that is in force from a Los Angeles day on, until the next one of its kind."""

    kind: Kind
    number: int
    from_day: date

    def template(self, language: str) -> str:
        """Where its words lie; English for every language but Spanish."""
        return f"terms/{self.kind}_{self.number}_{'es' if language == 'es' else 'en'}.html"


VERSIONS = (Version(Kind.MAKERS, 1, date(2026, 11, 29)), Version(Kind.SHOPPERS, 1, date(2026, 11, 29)))


def versions_of(kind: Kind) -> list[Version]:
    """All texts of a kind that are known, newest first, one that is still to come included."""
    return sorted((row for row in VERSIONS if row.kind == kind), key=lambda row: -row.number)


def in_force(kind: Kind) -> Version:
    """The text of today; before the first one began, the first one."""
    rows, today = versions_of(kind), clock.today()
    return next((row for row in rows if row.from_day <= today), rows[-1])


def version(kind: Kind, number: int) -> Version:
    """A text by its number. Raises LookupError where there is none."""
    for row in versions_of(kind):
        if row.number == number:
            return row
    raise LookupError(f"no version {number} of the terms for {kind}")
