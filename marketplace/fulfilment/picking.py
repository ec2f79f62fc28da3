"""What to take off the shelf for all orders that wait, each variant once, with the orders that it is for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from io import BytesIO

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.units import inch
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from catalog.order.models import Line, MakerOrder, ParcelLine
from catalog.search.facets import size_order
from certification.letter_pdf import SENDER, TEXT, TITLE
from marketplace.core import clock
from marketplace.payments.models import RefundLine


@dataclass(frozen=True, slots=True)
class Pick:
    """So many of one variant; `orders` are (number of the order, how many of them), the most urgent first."""

    pickup_at: str
    title: str
    variant: str
    code: str
    quantity: int
    first_due: date
    orders: tuple[tuple[str, int], ...]

    @property
    def orders_words(self) -> str:
        return ", ".join(f"{number} × {count}" if count > 1 else number for number, count in self.orders)


def picks_for(parts: QuerySet[MakerOrder]) -> list[Pick]:
    """What still has to leave for these parts: parcels first, then by place of pickup; by piece, color and size."""
    lines = Line.objects.filter(maker_order__in=parts).select_related("maker_order__order", "product__parent")
    shipped = _sums(ParcelLine.objects.filter(line__in=lines))
    canceled = _sums(RefundLine.objects.filter(line__in=lines, canceled=True, refund__retried_as=None))
    groups: dict[tuple[str, str, str, str], list[tuple[Line, int]]] = defaultdict(list)
    for line in lines.order_by("maker_order__promised_on", "pk"):
        left = line.quantity - shipped.get(line.pk, 0) - canceled.get(line.pk, 0)
        if left > 0:
            groups[line.maker_order.pickup_at, line.label, line.variant_words, line.partner_sku].append((line, left))
    return sorted((_pick(key, rows) for key, rows in groups.items()), key=_order)


def _sums(rows: QuerySet) -> dict[int, int]:
    return dict(rows.values_list("line").annotate(Sum("quantity")))


def _pick(key: tuple[str, str, str, str], rows: Sequence[tuple[Line, int]]) -> Pick:
    orders: dict[str, int] = defaultdict(int)
    for line, left in rows:
        orders[line.maker_order.order.number] += left
    due = min(line.promised_on or line.maker_order.promised_on for line, _left in rows)
    return Pick(*key, sum(left for _line, left in rows), due, tuple(orders.items()))


def _order(pick: Pick) -> tuple:
    color, _dot, size = pick.variant.rpartition(" · ")
    return pick.pickup_at, pick.title.casefold(), color.casefold(), size_order(size), pick.code


def pick_pdf(maker_name: str, picks: Iterable[Pick]) -> bytes:
    """The list on Letter paper with a box to tick, in the reader's language."""
    out = BytesIO()
    paper = SimpleDocTemplate(
        out, pagesize=LETTER, leftMargin=0.7 * inch, rightMargin=0.7 * inch, topMargin=0.7 * inch,
        bottomMargin=0.7 * inch, title="Pick list", author=settings.SHOP_OPERATOR, invariant=1,
    )  # fmt: skip
    story: list = [Paragraph(escape(f"LA Original · {maker_name}"), SENDER), Spacer(1, 8)]
    words = {"day": date_format(clock.today(), "DATE_FORMAT")}
    story += [Paragraph(escape(_("Pick list, %(day)s") % words), TITLE)]
    by_place: dict[str, list[Pick]] = defaultdict(list)
    for pick in picks:
        by_place[pick.pickup_at].append(pick)
    for place, rows in by_place.items():
        heading = _("For pickup at %(place)s") % {"place": place} if place else _("For parcels")
        story += [Paragraph(f"<b>{escape(heading)}</b>", TEXT), _table(rows), Spacer(1, 14)]
    if not by_place:
        story.append(Paragraph(escape(_("Nothing to ship.")), TEXT))
    paper.build(story)
    return out.getvalue()


def _table(rows: Iterable[Pick]) -> Table:
    head = [_("Number"), _("Piece"), _("For the orders"), _("Due")]
    cells = [["", *(Paragraph(f"<b>{escape(word)}</b>", TEXT) for word in head)]]
    for pick in rows:
        piece = f"<b>{escape(pick.title)}</b><br/>{escape(pick.variant)} {escape(pick.code)}"
        due = date_format(pick.first_due, "MONTH_DAY_FORMAT")
        texts = (str(pick.quantity), piece, escape(pick.orders_words), escape(due))
        cells.append(["", *(Paragraph(text, TEXT) for text in texts)])
    widths = [0.3 * inch, 0.8 * inch, 3.0 * inch, 1.9 * inch, 1.1 * inch]
    table = Table(cells, colWidths=widths, repeatRows=1)
    lines = [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    boxes = [("BOX", (0, row), (0, row), 0.8, colors.black) for row in range(1, len(cells))]
    table.setStyle(TableStyle(lines + boxes))
    return table
