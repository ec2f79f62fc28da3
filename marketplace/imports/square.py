"""Square's file of the item library: one row a variation, stock by location."""

from collections.abc import Iterator

from .building import add_variants, new_piece, read_price, read_stock, say_ragged
from .cells import line_of
from .limits import check_count
from .options import Option
from .pieces import Piece
from .reading import Row

_STOCK = "current quantity"
_NAMES = {
    "token": "token", "reference handle": "reference", "item name": "item", "variation name": "variation",
    "sku": "sku", "description": "body", "category": "type", "categories": "type", "reporting category": "reporting",
    "price": "price", "archived": "archived",
    **{f"option {part} {number}": f"{part}{number}" for number in (1, 2, 3) for part in ("name", "value")},
}  # fmt: skip
_PLAIN = {"", "regular", "normal"}
_YES = {"y", "yes", "true", "1"}


def name_of(heading: str) -> str:
    """Every location has a column of its own."""
    if heading == _STOCK or heading.startswith(f"{_STOCK} "):
        return f"stock {heading}"
    return _NAMES.get(heading, "")


def pieces_of(rows: Iterator[Row], headings: dict[str, str]) -> Iterator[Piece]:
    """One piece an item; rows of one item share the reference, or else the name."""
    groups: dict[str, list[Row]] = {}
    last = ""
    for row in rows:
        name = line_of(row.get("reference")) or line_of(row.get("item")).casefold() or last or f"\n{row.number}"
        groups.setdefault(name, []).append(row)
        check_count(len(groups))
        last = name
    for found in groups.values():
        yield _piece(found, headings)


def _piece(rows: list[Row], headings: dict[str, str]) -> Piece:
    first = rows[0]
    tokens = [line_of(row.get("token"))[:255] for row in rows]
    reference = line_of(first.get("reference"))[:255]
    keys = [key for key in dict.fromkeys([reference, *tokens]) if key]
    body = next((row.get("body") for row in rows if row.get("body").strip()), "")
    piece = new_piece(first, first.get("item"), headings, key=keys[0] if keys else "", body=body)
    piece.keys = keys
    if not keys:
        piece.refuse("no_token", column=headings["token"])
    if all(line_of(row.get("archived")).casefold() in _YES for row in rows):
        piece.refuse("archived", column=headings["archived"])
    piece.type = line_of(first.get("type") or first.get("reporting"))[:120]
    say_ragged(piece, rows)
    add_variants(
        piece,
        [(row, _options(row, headings, len(rows)), read_price(piece, row, headings), _stock(piece, row, headings))
         for row in rows],
    )  # fmt: skip
    return piece


def _options(row: Row, headings: dict[str, str], rows: int) -> list[Option]:
    """The options, or where there are none the variation's own name as the size."""
    options = [
        Option(row.get(f"name{number}"), row.get(f"value{number}"), headings.get(f"value{number}", ""))
        for number in (1, 2, 3)
    ]
    if any(option.value.strip() for option in options):
        return options
    variation = line_of(row.get("variation"))
    if variation.casefold() in _PLAIN and rows == 1:
        return []
    return [Option("size", variation, headings.get("variation", ""))]


def _stock(piece: Piece, row: Row, headings: dict[str, str]) -> int | None:
    """All locations together; None where none of them counts."""
    counts = [read_stock(piece, row, headings, name=name) for name in headings if name.startswith("stock ")]
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
