"""How much one file may bring."""

from .pieces import MOST_PIECES, FileRefused


def check_count(pieces: int) -> None:
    """Raises FileRefused for more pieces than one file may bring."""
    if pieces > MOST_PIECES:
        raise FileRefused("too_many_pieces", most=MOST_PIECES)
