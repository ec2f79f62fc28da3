"""Words in a box: wrapped at spaces, broken inside a word where they must, set smaller until they fit."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# Bitstream Vera comes with reportlab; its licence allows embedding. It knows the letters of Western Europe.
REGULAR, BOLD = "Vera", "VeraBd"
LEADING = 1.2
STEP = 0.25


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size; `size` and `leading` are points."""

    lines: tuple[str, ...]
    size: float

    @property
    def leading(self) -> float:
        return self.size * LEADING

    @property
    def height(self) -> float:
        return self.leading * len(self.lines)


def fit(text: str, *, font: str, width: float, height: float, largest: float, smallest: float) -> Block:
    """The text as large as the box (points) allows; at `smallest` what is still too long ends in an ellipsis."""
    text = printable(text, font)
    size = largest
    while True:
        block = Block(tuple(wrap(text, width, _measure(font, size))), size)
        if block.height <= height:
            return block
        if size <= smallest:
            return _shortened(block, width, height, font)
        size = max(size - STEP, smallest)


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than `width`; a word that is wider by itself is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if measure(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, measure)
        lines += full
    return [*lines, line] if line else lines


def printable(text: str, font: str) -> str:
    """The text in letters that the font has: marks of others fall off, and what remains unknown becomes a "?"."""
    known = _face(font).charToGlyph
    return "".join(char if ord(char) in known else _instead(char, known) for char in " ".join(text.split()))


def _instead(char: str, known) -> str:
    if unicodedata.category(char).startswith("C"):
        return ""
    plain = unicodedata.normalize("NFKD", char)[0]
    return plain if ord(plain) in known else "?"


def _pieces(word: str, width: float, measure: Callable[[str], float]) -> list[str]:
    pieces, piece = [], ""
    for char in word:
        if piece and measure(piece + char) > width:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece]


def _shortened(block: Block, width: float, height: float, font: str) -> Block:
    fits = max(int(height / block.leading), 1)
    measure = _measure(font, block.size)
    last = block.lines[fits - 1]
    while last and measure(f"{last}…") > width:
        last = last[:-1]
    return Block((*block.lines[: fits - 1], f"{last.rstrip()}…"), block.size)


def _measure(font: str, size: float) -> Callable[[str], float]:
    _face(font)
    return lambda text: pdfmetrics.stringWidth(text, font, size)


@cache
def _face(font: str):
    """The font's face; registers the font the first time."""
    found = TTFont(font, Path(reportlab.__file__).parent / "fonts" / f"{font}.ttf")
    pdfmetrics.registerFont(found)
    return found.face
