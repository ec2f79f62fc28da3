"""The report of an import: how many pieces are what, how far it came, and every line to read."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from .models import Import, ImportPiece, Outcome
from .words import CHANGES, ERROR, Line, line_of_finding

AT_ONCE = 50
_LONG = 120


@dataclass(frozen=True)
class Progress:
    """How many pieces and pictures an import has to do, and has done."""

    pieces: int
    pieces_done: int
    pictures: int
    pictures_done: int
    pictures_failed: int

    @property
    def is_over(self) -> bool:
        return self.pieces == self.pieces_done and self.pictures == self.pictures_done


@dataclass(frozen=True)
class Change:
    label: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class PieceReport:
    piece: ImportPiece
    lines: list[Line]
    changes: list[Change]

    @property
    def is_wrong(self) -> bool:
        return any(line.level == ERROR for line in self.lines)


def counts_of(batch: Import) -> list[tuple[Outcome, int]]:
    """Each outcome with its number of pieces, in the order of reading."""
    found = dict(batch.pieces.order_by().values_list("outcome").annotate(Count("pk")))
    return [(outcome, found.get(outcome, 0)) for outcome in Outcome]


def changing(counts: list[tuple[Outcome, int]]) -> int:
    """How many pieces are new or change."""
    return sum(count for outcome, count in counts if outcome in (Outcome.NEW, Outcome.CHANGED))


def progress_of(batch: Import) -> Progress:
    """Two questions, however large the import is."""
    pieces = batch.pieces.filter(is_work=True).aggregate(all=Count("pk"), done=Count("pk", filter=~Q(done_at=None)))
    pictures = batch.pictures.aggregate(
        all=Count("pk"), done=Count("pk", filter=~Q(tried_at=None)), failed=Count("pk", filter=~Q(error=""))
    )
    return Progress(pieces["all"], pieces["done"], pictures["all"], pictures["done"], pictures["failed"])


def report_of(piece: ImportPiece) -> PieceReport:
    """The lines of one piece in the reader's language, errors first."""
    lines = [line_of_finding(finding) for finding in piece.findings]
    lines.sort(key=lambda line: (line.level != ERROR, line.row))
    return PieceReport(piece, lines, [_change(change) for change in piece.changes])


def _change(change: dict[str, Any]) -> Change:
    return Change(str(CHANGES[change["what"]]), change["name"], _short(change["before"]), _short(change["after"]))


def _short(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
