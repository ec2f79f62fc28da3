"""Hangtags and shelf cards to print: several on a sheet, with cut marks and a code that leads to the public record."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import segno
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from certification.rules import Claim
from certification.texts import CLAIMS

from .fitting import BOLD, REGULAR, fit
from .standing import Standing
from .svg import LANGUAGES, VALID

PAPERS = {"a4": A4, "letter": LETTER}
GREEN = HexColor(VALID["light"].ground)
INK, QUIET, WHITE = HexColor("#171722"), HexColor("#545460"), HexColor("#ffffff")
CUT_GAP, CUT_LENGTH = 2 * mm, 5 * mm
CORRECTION = "m"


class NotValidNow(Exception):
    """The mark is printed for certificates that are valid now, and for no others; the text is for people."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A thing to print, in millimetres, and how many lie on a sheet of either paper."""

    width: float
    height: float
    across: int
    down: int
    draw: Callable[["Piece", Standing], None]


class Piece:
    """One tag or card on the sheet: millimetres from its upper left corner, downwards."""

    def __init__(self, canvas: Canvas, left: float, top: float):
        self.canvas, self.left, self.top = canvas, left, top

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x * mm, self.top - y * mm

    def box(self, x: float, y: float, width: float, height: float, color) -> None:
        self.canvas.setFillColor(color)
        self.canvas.rect(*self.at(x, y + height), width * mm, height * mm, stroke=0, fill=1)

    def words(
        self, text: str, x: float, y: float, width: float, height: float, *,
        font: str = REGULAR, largest: float, smallest: float = 4, color=INK,
    ) -> float:  # fmt: skip
        """Set the text into the box; returns where it ends (mm from the top)."""
        block = fit(text, font=font, width=width * mm, height=height * mm, largest=largest, smallest=smallest)
        self.canvas.setFillColor(color)
        self.canvas.setFont(font, block.size)
        left, upper = self.at(x, y)
        for place, line in enumerate(block.lines):
            self.canvas.drawString(left, upper - block.size - place * block.leading, line)
        return y + block.height / mm

    def strokes(self, points: list[tuple[float, float]], width: float, color) -> None:
        path = self.canvas.beginPath()
        path.moveTo(*self.at(*points[0]))
        for point in points[1:]:
            path.lineTo(*self.at(*point))
        self.canvas.setStrokeColor(color)
        self.canvas.setLineWidth(width * mm)
        self.canvas.drawPath(path)

    def band(self, x: float, y: float, width: float) -> None:
        """The mark: a woven label of 10 mm."""
        self.box(x, y, width, 10, GREEN)
        self.canvas.setDash(1.6, 1.2)
        for stitch in (x + 1.4, x + width - 1.4):
            self.strokes([(stitch, y + 1), (stitch, y + 9)], 0.25, WHITE)
        self.canvas.setDash()
        self.strokes([(x + 4, y + 2.6), (x + 4, y + 7.2), (x + 7, y + 7.2)], 0.9, WHITE)
        self.strokes([(x + 8.2, y + 7.6), (x + 9.8, y + 3.1), (x + 11.4, y + 7.6)], 0.9, WHITE)
        self.words("LA Original", x + 14, y + 2.3, width - 18, 6, font=BOLD, largest=12, color=WHITE)

    def code(self, address: str, x: float, y: float, side: float) -> None:
        """A QR code as rectangles, one for each run of dark modules; the paper around it is its quiet zone."""
        rows = segno.make_qr(address, error=CORRECTION).matrix
        module = side * mm / len(rows)
        left, top = self.at(x, y)
        self.canvas.setFillColor(HexColor("#000000"))
        for number, row in enumerate(rows):
            for start, length in _runs(row):
                self.canvas.rect(
                    left + start * module, top - (number + 1) * module, length * module, module, stroke=0, fill=1
                )

    def claims(self, standing: Standing, x: float, y: float, width: float, largest: float) -> None:
        for place, claim in enumerate(standing.claims):
            line = y + 4.3 * place
            self.strokes([(x + 0.3, line + 1.6), (x + 1.3, line + 2.6), (x + 3, line + 0.6)], 0.5, GREEN)
            self.words(str(CLAIMS[Claim(claim)]), x + 4.5, line, width - 4.5, 4, font=BOLD, largest=largest)


def hangtags(standing: Standing, *, paper: str, lang: str) -> bytes:
    """Nine hangtags of 55 x 85 mm as PDF."""
    return _sheet(HANGTAG, standing, paper=paper, lang=lang)


def shelf_cards(standing: Standing, *, paper: str, lang: str) -> bytes:
    """Eight shelf cards of 90 x 60 mm as PDF."""
    return _sheet(SHELF_CARD, standing, paper=paper, lang=lang)


def check_address(number: str) -> str:
    """Where the code on tags and cards leads: the certificate's public record."""
    return f"{settings.SITE_ADDRESS}/verify/{number}/"


def _hangtag(piece: Piece, standing: Standing) -> None:
    piece.canvas.setStrokeColor(QUIET)
    piece.canvas.setLineWidth(0.3)
    piece.canvas.circle(*piece.at(27.5, 5.5), 2 * mm, stroke=1, fill=0)
    piece.band(4, 10, 47)
    piece.words(standing.product, 4, 22, 47, 11, font=BOLD, largest=11)
    piece.words(_("by %(maker)s") % {"maker": standing.maker}, 4, 33.5, 47, 5.5, largest=8, color=QUIET)
    piece.claims(standing, 4, 40, 47, 7)
    piece.code(check_address(standing.number), 4, 54.5, 20)
    _check_words(piece, standing, 27.5, 54, 23.5)
    piece.words(_owner(), 4, 77.5, 47, 4.5, largest=4.5, smallest=2.5, color=QUIET)


def _shelf_card(piece: Piece, standing: Standing) -> None:
    piece.band(4, 4, 82)
    piece.words(standing.product, 4, 17, 50, 15, font=BOLD, largest=14)
    piece.words(_("by %(maker)s") % {"maker": standing.maker}, 4, 32.5, 50, 6, largest=9, color=QUIET)
    piece.claims(standing, 4, 39.5, 50, 8)
    piece.code(check_address(standing.number), 60, 17, 24)
    _check_words(piece, standing, 60, 42.5, 26)
    piece.words(_owner(), 4, 54.5, 82, 3, largest=4.5, smallest=2.5, color=QUIET)


def _check_words(piece: Piece, standing: Standing, x: float, y: float, width: float) -> None:
    piece.words(standing.number, x, y, width, 4, font=BOLD, largest=8)
    end = piece.words(_("Scan it, or look it up at"), x, y + 4, width, 4.6, largest=5.5, smallest=3, color=QUIET)
    host = settings.SITE_ADDRESS.partition("://")[2]
    piece.words(f"{host}/register/", x, end + 0.3, width, 2.4, largest=5.5, smallest=2, color=QUIET)


def _owner() -> str:
    return _("The LA Original mark belongs to %(owner)s.") % {"owner": settings.MARK_OWNER}


HANGTAG = Kind(width=55, height=85, across=3, down=3, draw=_hangtag)
SHELF_CARD = Kind(width=90, height=60, across=2, down=4, draw=_shelf_card)


def _sheet(kind: Kind, standing: Standing, *, paper: str, lang: str) -> bytes:
    """Unknown papers and languages become US Letter and English. Raises NotValidNow."""
    if not standing.valid:
        raise NotValidNow(_("This certificate is not valid now, so nothing can be printed from it."))
    size = PAPERS.get(paper, LETTER)
    lang = lang if lang in LANGUAGES else "en"
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, lang=lang)
    canvas.setTitle(f"LA Original {standing.number}")
    canvas.setAuthor(settings.MARK_OWNER)
    left = (size[0] - kind.across * kind.width * mm) / 2
    top = (size[1] + kind.down * kind.height * mm) / 2
    with translation.override(lang):
        for row in range(kind.down):
            for column in range(kind.across):
                kind.draw(Piece(canvas, left + column * kind.width * mm, top - row * kind.height * mm), standing)
    _cut_marks(canvas, kind, left, top)
    canvas.save()
    return file.getvalue()


def _cut_marks(canvas: Canvas, kind: Kind, left: float, top: float) -> None:
    """Hairlines outside the pieces, where a ruler is laid from edge to edge."""
    right, bottom = left + kind.across * kind.width * mm, top - kind.down * kind.height * mm
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.25)
    for column in range(kind.across + 1):
        x = left + column * kind.width * mm
        canvas.line(x, top + CUT_GAP, x, top + CUT_GAP + CUT_LENGTH)
        canvas.line(x, bottom - CUT_GAP, x, bottom - CUT_GAP - CUT_LENGTH)
    for row in range(kind.down + 1):
        y = top - row * kind.height * mm
        canvas.line(left - CUT_GAP, y, left - CUT_GAP - CUT_LENGTH, y)
        canvas.line(right + CUT_GAP, y, right + CUT_GAP + CUT_LENGTH, y)


def _runs(row) -> list[tuple[int, int]]:
    """(start, length) of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
