"""What the three files share: how a piece, its variants and its pictures are put together from cells."""

from catalog.catalogue.pictures import MOST_PICTURES
from catalog.catalogue.services import MOST_VARIANTS

from .cells import line_of, price_of, stock_of, text_of
from .html_text import plain_text
from .options import Option, slots_of
from .pieces import LONGEST_ADDRESS, LONGEST_TEXT, LONGEST_TITLE, CellRefused, PictureRow, Piece, VariantRow
from .reading import Row

Variants = list[tuple[Row, list[Option], "object", "int | None"]]


def new_piece(row: Row, title: str, headings: dict[str, str], *, key: str, body: str) -> Piece:
    """A piece with its name and words; what is too long refuses it."""
    column = headings.get("title") or headings.get("item", "")
    piece = Piece(row.number, key, [key], line_of(title))
    if not piece.title:
        piece.refuse("no_title", column=column)
    if len(piece.title) > LONGEST_TITLE:
        piece.refuse("too_long", column=column, most=LONGEST_TITLE, length=len(piece.title))
        piece.title = piece.title[:LONGEST_TITLE]
    if "body" in headings:
        piece.description = plain_text(text_of(body))
        if len(piece.description) > LONGEST_TEXT:
            piece.refuse("too_long", column=headings["body"], most=LONGEST_TEXT, length=len(piece.description))
            piece.description = ""
    return piece


def say_ragged(piece: Piece, rows: list[Row]) -> None:
    """A row that is longer than the headings has a comma too many, so its cells may stand in wrong columns."""
    for row in rows:
        if row.is_ragged:
            piece.refuse("ragged", row.number)


def read_price(piece: Piece, row: Row, headings: dict[str, str]):
    """Dollars, or None where the file does not say; a price that can't be read refuses the piece."""
    try:
        return price_of(row.get("price"))
    except CellRefused as error:
        piece.refuse(error.code, row.number, headings["price"], **error.params)
        return None


def read_stock(piece: Piece, row: Row, headings: dict[str, str], *, name: str = "stock") -> int | None:
    """Pieces, none where more were sold than there are; a number that can't be read refuses the piece."""
    try:
        stock = stock_of(row.get(name))
    except CellRefused as error:
        piece.refuse(error.code, row.number, headings[name], **error.params)
        return None
    if stock is not None and stock < 0:
        piece.say("oversold", row.number, headings[name], stock=stock)
        return 0
    return stock


def add_variants(piece: Piece, found: Variants) -> None:
    """Give the piece its variants; the same size and color twice, or too many of them, refuse it."""
    slots = slots_of(piece, [options for _row, options, _price, _stock in found])
    seen: dict[str, int] = {}
    for row, options, price, stock in found:
        size, color = slots.of(piece, row.number, options)
        variant = VariantRow(row.number, size, color, price, stock, line_of(row.get("sku"))[:120])
        if variant.key in seen:
            piece.refuse("variant_twice", row.number, variant=_label(variant), first=seen[variant.key])
        seen.setdefault(variant.key, row.number)
        piece.variants.append(variant)
    if len(piece.variants) > MOST_VARIANTS:
        piece.refuse("too_many_variants", most=MOST_VARIANTS, count=len(piece.variants))
        piece.variants = piece.variants[:MOST_VARIANTS]


def add_picture(piece: Piece, row: Row, column: str, address: str, alt: str, color: str) -> None:
    """Note a picture to fetch; one that can't be an address is said, and the piece comes without it."""
    if any(item.address == address for item in piece.pictures):
        return
    if not address.lower().startswith(("http://", "https://")) or len(address) > LONGEST_ADDRESS:
        piece.say("picture_address", row.number, column, value=address[:80])
        return
    if len(piece.pictures) >= MOST_PICTURES:
        piece.say("too_many_pictures", row.number, column, most=MOST_PICTURES)
        return
    piece.pictures.append(PictureRow(row.number, address, line_of(alt)[:200], color))


def _label(variant: VariantRow) -> str:
    return " · ".join(part for part in (variant.color, variant.size) if part) or "–"
