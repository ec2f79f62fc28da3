"""Papers for parcels, as PDF: packing slips in Letter format and address labels of 4 by 6 inches. No postage."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO

import segno
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from catalog.order.models import Line, MakerOrder
from certification.letter_pdf import SENDER, TEXT, TITLE
from makers.models import Workplace

from .counting import counts_of

SMALL = ParagraphStyle("small", parent=TEXT, fontSize=8, leading=11, spaceAfter=4)
LABEL = (4 * inch, 6 * inch)
QR_SIDE = 0.7 * inch


@dataclass(frozen=True)
class Sheet:
    """One parcel that was planned and waits, or one that left: what is in it, from whom, to whom."""

    part: MakerOrder
    number: int
    of: int
    contents: tuple[tuple[int, Line], ...]
    sender: Workplace | None

    @property
    def name(self) -> str:
        """The parcel's number, as its barcode says it."""
        return f"{self.part.order.number}-{self.part.pk}-{self.number}"


def sheets_of(part_ids: Sequence[int]) -> list[Sheet]:
    """The parcels of these parts, in their order: planned ones that wait; without any, those that left."""
    rows = MakerOrder.objects.filter(pk__in=part_ids).select_related("maker", "order__shipping_address")
    parts = {part.pk: part for part in rows.prefetch_related("parcels__contents__line__product__parent")}
    senders: dict[int, Workplace] = {}
    for place in Workplace.objects.filter(maker__in={part.maker_id for part in parts.values()}).order_by("-pk"):
        senders[place.maker_id] = place
    return [sheet for pk in part_ids for sheet in _sheets(parts[pk], senders.get(parts[pk].maker_id))]


def _sheets(part: MakerOrder, sender: Workplace | None) -> list[Sheet]:
    left = sorted(part.parcels.all(), key=lambda parcel: parcel.pk)
    waiting: dict[int, list[tuple[int, Line]]] = {}
    for count in counts_of(part):
        if count.to_ship:
            waiting.setdefault(count.line.parcel_number, []).append((count.to_ship, count.line))
    total = len(left) + len(waiting)
    if not waiting:
        gone = [tuple((row.quantity, row.line) for row in parcel.contents.all()) for parcel in left]
        return [Sheet(part, number, total, contents, sender) for number, contents in enumerate(gone, start=1)]
    planned = [tuple(waiting[key]) for key in sorted(waiting)]
    return [Sheet(part, number, total, rows, sender) for number, rows in enumerate(planned, start=len(left) + 1)]


def slip_pdf(sheets: Sequence[Sheet]) -> bytes:
    """A packing slip per parcel, in the shopper's language; a gift's has no prices."""
    out = BytesIO()
    paper = SimpleDocTemplate(
        out, pagesize=LETTER, leftMargin=inch, rightMargin=inch, topMargin=inch, bottomMargin=inch,
        title="Packing slips", author=settings.SHOP_OPERATOR, invariant=1,
    )  # fmt: skip
    story: list = []
    for sheet in sheets:
        with translation.override(sheet.part.order.language):
            story += [*_slip(sheet), PageBreak()]
    paper.build(story or [Paragraph(escape(_("Nothing to ship.")), TEXT)])
    return out.getvalue()


def _slip(sheet: Sheet) -> list:
    part, order = sheet.part, sheet.part.order
    words = {"number": order.number, "parcel": sheet.number, "of": sheet.of}
    story: list = [
        Paragraph(escape(f"LA Original · {part.maker.name}"), SENDER),
        Spacer(1, 20),
        Paragraph(escape(_("Order %(number)s, parcel %(parcel)d of %(of)d") % words), TITLE),
        Paragraph("<br/>".join(escape(line) for line in to_lines(part)), TEXT),
    ]
    story += [_piece(sheet, quantity, line) for quantity, line in sheet.contents]
    if order.gift_note:
        story += [Spacer(1, 14), Paragraph(escape(order.gift_note).replace("\n", "<br/>"), TEXT)]
    sold = _("Sold by %(maker)s.") % {"maker": part.maker.legal_name}
    return [*story, Spacer(1, 14), Paragraph(escape(sold), SMALL)]


def _piece(sheet: Sheet, quantity: int, line: Line) -> Table:
    order = sheet.part.order
    words = [f"<b>{quantity} × {escape(line.label)}</b>"]
    if line.variant:
        words.append(escape(line.variant_words))
    if not (order.is_gift or order.gift_note):
        words.append(escape(f"${line.unit_price_excl_tax:,.2f}"))
    code: Flowable | str = ""
    if line.certificate_number:
        words.append(escape(_("Certificate %(number)s") % {"number": line.certificate_number}))
        code = QrCode(f"{settings.SITE_ADDRESS}{line.certificate_address}")
    return Table([[Paragraph("<br/>".join(words), TEXT), code]], colWidths=[5.4 * inch, 1.1 * inch])


class QrCode(Flowable):
    """A QR code drawn as squares."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.width = self.height = QR_SIDE
        self.rows = [list(row) for row in segno.make(text, error="m").matrix]

    def draw(self) -> None:
        side = QR_SIDE / len(self.rows)
        for down, row in enumerate(self.rows):
            for across, dark in enumerate(row):
                if dark:
                    self.canv.rect(across * side, QR_SIDE - (down + 1) * side, side, side, stroke=0, fill=1)


def label_pdf(sheets: Sequence[Sheet]) -> bytes:
    """An address label per parcel. It is no postage, and says so."""
    out = BytesIO()
    paper = Canvas(out, pagesize=LABEL, invariant=1)
    paper.setTitle("Address labels")
    for sheet in sheets:
        _label(paper, sheet)
        paper.showPage()
    if not sheets:
        paper.setFont("Vera", 10)
        paper.drawString(0.3 * inch, 5.5 * inch, _("Nothing to ship."))
        paper.showPage()
    paper.save()
    return out.getvalue()


def _label(paper: Canvas, sheet: Sheet) -> None:
    left, width = 0.3 * inch, LABEL[0] - 0.6 * inch
    top = _block(paper, from_lines(sheet), left, 5.65 * inch, 8, width)
    paper.line(left, top, left + width, top)
    _block(paper, to_lines(sheet.part), left, top - 0.4 * inch, 13, width)
    paper.setFont("Vera", 9)
    words = {"number": sheet.part.order.number, "parcel": sheet.number, "of": sheet.of}
    paper.drawString(left, 1.75 * inch, _("Order %(number)s, parcel %(parcel)d of %(of)d") % words)
    code = Code128(sheet.name, barHeight=0.7 * inch, barWidth=0.0085 * inch, quiet=False)
    code.drawOn(paper, left, 0.85 * inch)
    paper.drawString(left, 0.65 * inch, sheet.name)
    paper.setFont("Vera-Bold", 8)
    paper.drawString(left, 0.35 * inch, _("Address only. This is no postage."))


def _block(paper: Canvas, lines: Sequence[str], left: float, top: float, size: float, width: float) -> float:
    """Lines from `top` down, each made smaller until it fits; gives where the next block may begin."""
    for line in lines:
        own = size
        while own > 5 and paper.stringWidth(line, "Vera", own) > width:
            own -= 0.5
        paper.setFont("Vera", own)
        paper.drawString(left, top, line)
        top -= size * 1.4
    return top


def to_lines(part: MakerOrder) -> list[str]:
    """Whom it goes to; for pickup the name alone."""
    to = part.order.shipping_address
    if to is None:
        return []
    if part.is_pickup:
        return [to.last_name, part.pickup_at]
    lines = [to.last_name, to.line1, to.line2, f"{to.line4}, {to.state} {to.postcode}"]
    return [line for line in lines if line]


def from_lines(sheet: Sheet) -> list[str]:
    """Who sends it; a maker without a workplace is named by its neighborhood."""
    maker, place = sheet.part.maker, sheet.sender
    if place is None:
        return [maker.name, maker.neighborhood]
    lines = [maker.name, place.line1, place.line2, f"{place.city}, {place.state} {place.zip_code}"]
    return [line for line in lines if line]
