"""A maker's statement on paper: Letter format, the same lines and sums as on the screen."""

from html import escape
from io import BytesIO

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from certification.letter_pdf import INK, SENDER, TEXT, TITLE
from marketplace.core.money import from_cents
from marketplace.fulfilment.statements import Statement

CELL = ParagraphStyle("cell", parent=TEXT, fontSize=8, leading=10.5, spaceAfter=0)
NUMBER = ParagraphStyle("number", parent=CELL, alignment=2)
HEAD = ParagraphStyle("head", parent=CELL, fontName="Vera-Bold")
WIDTHS = [0.8 * inch, 1.15 * inch, 1.55 * inch, 2.1 * inch, 0.9 * inch]
LOOK = TableStyle([
    ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK), ("LINEBELOW", (0, 1), (-1, -1), 0.25, HexColor("#d9d3cb")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ("LEFTPADDING", (0, 0), (0, -1), 0),
])  # fmt: skip


def statement_pdf(statement: Statement) -> bytes:
    """The statement as a PDF."""
    out = BytesIO()
    title = _("Statement for %(month)s") % {"month": date_format(statement.first, "YEAR_MONTH_FORMAT")}
    paper = SimpleDocTemplate(
        out, pagesize=LETTER, leftMargin=inch, rightMargin=inch, topMargin=inch, bottomMargin=inch, title=title,
        author=settings.SHOP_OPERATOR, invariant=1,
    )  # fmt: skip
    tax = _("Sales tax that the marketplace collected on your sales and pays to the state: %(sum)s.") % {
        "sum": _dollars(statement.tax_collected)
    }
    sums = _sums(statement)
    paper.build([
        Paragraph(escape(f"LA Original · {settings.SHOP_OPERATOR}"), SENDER), Spacer(1, 20),
        Paragraph(escape(title), TITLE), Paragraph(escape(statement.maker.legal_name), TEXT),
        Table(_rows(statement), colWidths=WIDTHS, repeatRows=1, style=LOOK), Spacer(1, 14),
        *([Table(sums, colWidths=[4.5 * inch, 2 * inch], style=LOOK), Spacer(1, 14)] if sums else []),
        Paragraph(escape(tax), TEXT),
    ])  # fmt: skip
    return out.getvalue()


def _rows(statement: Statement) -> list[list[Paragraph]]:
    head = [Paragraph(escape(word), HEAD) for word in (_("Day"), _("Order"), _("What"), _("In words"))]
    rows = [[*head, Paragraph(escape(_("Amount")), ParagraphStyle("n", parent=HEAD, alignment=2))]]
    rows.append(_row(statement.first, "", _("Opening balance"), "", statement.opening))
    rows += [
        _row(line.day, line.order_number, str(line.kind.label), line.words, line.cents) for line in statement.lines
    ]
    rows.append(_row(statement.last, "", _("Closing balance"), "", statement.closing))
    return rows


def _row(day, order: str, what: str, words: str, cents: int) -> list[Paragraph]:
    texts = (date_format(day, "SHORT_DATE_FORMAT"), order, what, words)
    return [*(Paragraph(escape(text), CELL) for text in texts), Paragraph(_dollars(cents), NUMBER)]


def _sums(statement: Statement) -> list[list[Paragraph]]:
    return [
        [Paragraph(escape(str(kind.label)), CELL), Paragraph(_dollars(cents), NUMBER)] for kind, cents in statement.sums
    ]


def _dollars(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}${from_cents(abs(cents)):,}"
