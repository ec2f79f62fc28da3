"""The yearly surveillance draw: which certificates are looked at again, by a seed that anyone can repeat.

Each certificate holds one ticket, and one more for each risk. A ticket's value is SHA-256 of "seed:number:ticket";
a certificate counts with its lowest value, and those with the lowest values are drawn. No computer's random
numbers, no floats: a pencil and a hash are enough to check it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Risk:
    """What makes a certificate worth a closer look; each true fact is one more ticket."""

    first_certificate: bool = False
    contractor: bool = False
    share_near_limit: bool = False
    complaint_upheld: bool = False
    changed_last_year: bool = False
    never_visited: bool = False

    @property
    def tickets(self) -> int:
        return 1 + sum(
            (
                self.first_certificate, self.contractor, self.share_near_limit, self.complaint_upheld,
                self.changed_last_year, self.never_visited,
            )
        )  # fmt: skip


def draw(seed: str, population: Iterable[tuple[str, int]], share: int = 10) -> list[str]:
    """The drawn certificate numbers in order, from (number, tickets) pairs; `share` per cent, rounded up."""
    pairs = list(population)
    if not seed.strip():
        raise ValueError("a draw needs a seed")
    if not 0 < share <= 100:
        raise ValueError(f"a share of {share} % makes no sense")
    if len({number for number, _tickets in pairs}) < len(pairs):
        raise ValueError("a certificate is in the population twice")
    ranked = sorted(pairs, key=lambda pair: (_lowest(seed, *pair), pair[0]))
    return [number for number, _tickets in ranked[: -(-len(pairs) * share // 100)]]


def _lowest(seed: str, number: str, tickets: int) -> str:
    if tickets < 1:
        raise ValueError(f"{number} has no ticket")
    return min(hashlib.sha256(f"{seed}:{number}:{ticket}".encode()).hexdigest() for ticket in range(1, tickets + 1))
