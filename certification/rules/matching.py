"""Whether a row of the City's register is this workplace: by account, by address, by name, with a score.

Scores are whole numbers from 0 to 100. A name alone never decides anything: two firms may bear the same one.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rapidfuzz import fuzz

from .addresses import same_address

SAME_NAME = 88  # "Ana Quiroz Outerwear" and "QUIROZ OUTERWEAR ANA INC" are one name
LIKE_NAME = 70  # below it two names have nothing to do with each other
_LEGAL = {
    "LLC", "INC", "INCORPORATED", "CORP", "CORPORATION", "CO", "COMPANY", "LTD", "LIMITED", "LP", "LLP", "PC", "PLC",
    "DBA", "THE", "SA", "CV", "ET", "AL",
}  # fmt: skip


class MatchedBy(StrEnum):
    ACCOUNT = "account"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the register, as the rules see it."""

    account: str
    name: str
    dba_name: str = ""
    street: str = ""
    zip_code: str = ""
    district: int | None = None
    naics: str = ""
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A row and how it was found; `score` compares the names."""

    entry: Entry
    by: MatchedBy
    score: int
    same_address: bool

    @property
    def is_sure(self) -> bool:
        """The same firm at the same address."""
        return self.same_address and self.score >= SAME_NAME


def name_key(name: str) -> str:
    """A name without accents, punctuation and legal form, in capitals: what rows are found by."""
    plain = unicodedata.normalize("NFKD", name.upper().replace("&", " AND "))
    words = re.findall(r"[A-Z0-9]+", "".join(char for char in plain if not unicodedata.combining(char)))
    return " ".join(word for word in words if word not in _LEGAL)[:80]


def name_score(names: Iterable[str], entry: Entry) -> int:
    """How alike the best pair of names is: ours against the row's name and DBA name."""
    ours = [key for key in map(name_key, names) if key]
    theirs = [key for key in (name_key(entry.name), name_key(entry.dba_name)) if key]
    return max((round(_alike(one, other)) for one in ours for other in theirs), default=0)


def matches(
    *, account: str, names: Iterable[str], street: str, zip_code: str, entries: Iterable[Entry]
) -> list[Match]:  # fmt: skip
    """The rows that may be this workplace, the best first: an account that was given goes before everything."""
    names = list(names)
    keys = {key for name in names if (key := name_key(name))}
    found = []
    for entry in entries:
        given = bool(account) and entry.account == account
        here = same_address(street, zip_code, entry.street, entry.zip_code)
        if not given and not here and not keys & {name_key(entry.name), name_key(entry.dba_name)}:
            continue  # most rows of a crowded address are on another street
        score = name_score(names, entry)
        if given:
            found.append(Match(entry, MatchedBy.ACCOUNT, score, here))
        elif here and score >= LIKE_NAME:
            found.append(Match(entry, MatchedBy.ADDRESS, score, here))
        elif score >= SAME_NAME:
            found.append(Match(entry, MatchedBy.NAME, score, here))
    order = list(MatchedBy)
    return sorted(found, key=lambda match: (order.index(match.by), -match.score, match.entry.account))


def _alike(one: str, other: str) -> float:
    """Words in another order and a missing word cost little, other words much."""
    whole = fuzz.token_sort_ratio(one, other)
    shared = fuzz.token_set_ratio(one, other)
    enough = min(len(one.split()), len(other.split())) >= 2
    return max(whole, shared * 0.95) if enough else whole
