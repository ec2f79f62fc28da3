"""Etsy's file of listings: one row a piece, its variations as words, its stock as one sum."""

from collections.abc import Iterator

from .building import add_picture, add_variants, new_piece, read_price, read_stock, say_ragged
from .cells import line_of
from .options import Option
from .pieces import Piece
from .reading import Row

_PICTURES = tuple(f"image{number}" for number in range(1, 11))
_NAMES = {
    "title": "title", "description": "body", "price": "price", "currency_code": "currency", "quantity": "quantity",
    "materials": "materials", "sku": "sku", "listing_id": "listing", "listing id": "listing",
    "section": "type",
    **{name: name for name in _PICTURES},
    **{f"variation {number} {part}": f"{part}{number}" for number in (1, 2, 3) for part in ("type", "name", "values")},
}  # fmt: skip
_GENERAL = {"", "custom property", "custom", "personalizado"}


def name_of(heading: str) -> str:
    return _NAMES.get(heading, "")


def pieces_of(rows: Iterator[Row], headings: dict[str, str]) -> Iterator[Piece]:
    """One piece a row; two rows that can't be told apart are refused from the second on."""
    seen: set[str] = set()
    for row in rows:
        piece = _piece(row, headings)
        if piece.key in seen:
            piece.refuse("twice", column=headings.get("sku") or headings["title"])
        seen.add(piece.key)
        yield piece


def _piece(row: Row, headings: dict[str, str]) -> Piece:
    title = line_of(row.get("title"))
    names = [line_of(row.get(name)) for name in ("listing", "sku")]
    key = next((name for name in names if name), title.casefold())
    piece = new_piece(row, row.get("title"), headings, key=key[:255], body=row.get("body"))
    piece.keys = [item[:255] for item in dict.fromkeys([key, *names, title.casefold()]) if item]
    piece.materials = line_of(row.get("materials"))[:200]
    say_ragged(piece, [row])
    currency = line_of(row.get("currency"))
    if currency.upper() != "USD":
        piece.refuse("currency", column=headings["currency"], value=currency[:40] or "–")
    _add_variants(piece, row, headings)
    for name in _PICTURES:
        if address := line_of(row.get(name)):
            add_picture(piece, row, headings[name], address, "", "")
    return piece


def _add_variants(piece: Piece, row: Row, headings: dict[str, str]) -> None:
    """Every size in every color; Etsy's file says neither which price nor how many of each there are."""
    price = read_price(piece, row, headings)
    stock = read_stock(piece, row, headings, name="quantity")
    combinations: list[list[Option]] = [[]]
    for number in (1, 2, 3):
        options = _options(row, headings, number)
        combinations = [[*start, option] for start in combinations[:300] for option in options] or combinations
    if len(combinations) > 1:
        piece.say("stock_in_one", column=headings["quantity"], stock=stock or 0)
        stock = None
    add_variants(piece, [(row, options, price, stock) for options in combinations])


def _options(row: Row, headings: dict[str, str], number: int) -> list[Option]:
    kind, name = line_of(row.get(f"type{number}")), line_of(row.get(f"name{number}"))
    shown = name if kind.casefold() in _GENERAL else name or kind
    values = [line_of(value) for value in row.get(f"values{number}").split(",")]
    column = headings.get(f"values{number}", "")
    return [Option(shown, value, column) for value in dict.fromkeys(values) if value]
