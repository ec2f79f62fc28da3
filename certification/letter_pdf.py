"""A letter of the programme on paper: Letter format, the text as it went out by e-mail."""

from html import escape
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

# Bitstream Vera comes with reportlab, may be embedded, and has Spanish letters.
for _name, _file in (("Vera", "Vera.ttf"), ("Vera-Bold", "VeraBd.ttf")):
    pdfmetrics.registerFont(TTFont(_name, _file))

INK = HexColor("#1d1b1a")
TEXT = ParagraphStyle("text", fontName="Vera", fontSize=10, leading=15, textColor=INK, spaceAfter=9)
TITLE = ParagraphStyle("title", fontName="Vera-Bold", fontSize=13, leading=18, textColor=INK, spaceAfter=16)
SENDER = ParagraphStyle("sender", fontName="Vera-Bold", fontSize=9, leading=12, textColor=INK)


def letter_pdf(*, subject: str, body: str, sender: str) -> bytes:
    """The letter as a PDF; an empty line in `body` parts paragraphs. Markup in the text stays text."""
    out = BytesIO()
    paper = SimpleDocTemplate(
        out, pagesize=LETTER, leftMargin=inch, rightMargin=inch, topMargin=inch, bottomMargin=inch,
        title=subject, author=sender, invariant=1,
    )  # fmt: skip
    paragraphs = [Paragraph(_lines(part), TEXT) for part in body.strip().split("\n\n") if part.strip()]
    head = [Paragraph(escape(f"LA Original · {sender}"), SENDER), Spacer(1, 28), Paragraph(escape(subject), TITLE)]
    paper.build([*head, *paragraphs])
    return out.getvalue()


def _lines(part: str) -> str:
    return "<br/>".join(escape(line) for line in part.strip().split("\n"))
