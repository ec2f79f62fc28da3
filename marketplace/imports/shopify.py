"""Shopify's file of products: several rows a handle, with the headings of before and after 2024."""

from collections.abc import Iterator

from .building import add_picture, add_variants, new_piece, read_price, read_stock, say_ragged
from .cells import line_of, ounces_of
from .limits import check_count
from .options import Option
from .pieces import LONGEST_TITLE, Piece
from .reading import Row

_NAMES = {
    "handle": "handle", "url handle": "handle", "title": "title", "body (html)": "body", "body html": "body",
    "description": "body", "type": "type", "product type": "type", "status": "status",
    "variant sku": "sku", "sku": "sku", "variant grams": "grams", "weight value (grams)": "grams",
    "variant inventory qty": "stock", "inventory quantity": "stock", "variant price": "price", "price": "price",
    "image src": "image", "product image url": "image", "image position": "position",
    "image alt text": "alt", "variant image": "variant_image", "variant image url": "variant_image",
    "option1 name": "name1", "option1 value": "value1", "option2 name": "name2", "option2 value": "value2",
    "option3 name": "name3", "option3 value": "value3",
}  # fmt: skip
_OPTIONS = (1, 2, 3)


def name_of(heading: str) -> str:
    return _NAMES.get(heading, "")


def pieces_of(rows: Iterator[Row], headings: dict[str, str]) -> Iterator[Piece]:
    """One piece a handle, wherever in the file its rows stand."""
    groups: dict[str, list[Row]] = {}
    last = ""
    apart: dict[str, int] = {}
    for row in rows:
        handle = line_of(row.get("handle"))[:255] or (f"\n{row.number}" if row.get("title").strip() else last)
        if handle in groups and handle != last:
            apart.setdefault(handle, row.number)
        groups.setdefault(handle, []).append(row)
        check_count(len(groups))
        last = handle
    for handle, found in groups.items():
        yield _piece(handle, found, headings, apart.get(handle, 0))


def _piece(handle: str, rows: list[Row], headings: dict[str, str], apart: int) -> Piece:
    first = next((row for row in rows if row.get("title").strip()), rows[0])
    piece = new_piece(rows[0], first.get("title"), headings, key=handle, body=first.get("body"))
    if handle.startswith("\n"):
        piece.refuse("no_handle", column=headings["handle"])
    if apart:
        piece.say("rows_apart", apart, headings["handle"], handle=handle[:80])
    if line_of(first.get("status")).casefold() == "archived":
        piece.refuse("archived", first.number, headings["status"])
    piece.type = line_of(first.get("type"))[:120]
    say_ragged(piece, rows)
    _check_titles(piece, rows, headings)
    variants = [row for row in rows if row is rows[0] or _is_variant(row)]
    named = variants[0]
    add_variants(
        piece,
        [(row, _options(row, named, headings), read_price(piece, row, headings), read_stock(piece, row, headings))
         for row in variants],
    )  # fmt: skip
    piece.weight_oz = max((ounces_of(row.get("grams")) or 0 for row in variants), default=0) or None
    _add_pictures(piece, rows, variants, headings)
    return piece


def _check_titles(piece: Piece, rows: list[Row], headings: dict[str, str]) -> None:
    """One handle is one piece; two names under it are two pieces that got the same handle."""
    for row in rows:
        title = line_of(row.get("title"))
        if title and title[:LONGEST_TITLE] != piece.title:
            piece.refuse("handle_twice", row.number, headings["title"], title=title[:80])
            return


def _is_variant(row: Row) -> bool:
    return any(row.get(name).strip() for name in ("value1", "value2", "value3", "price", "sku"))


def _options(row: Row, named: Row, headings: dict[str, str]) -> list[Option]:
    return [
        Option(
            row.get(f"name{number}") or named.get(f"name{number}"),
            row.get(f"value{number}"),
            headings.get(f"value{number}", ""),
        )
        for number in _OPTIONS
    ]


def _add_pictures(piece: Piece, rows: list[Row], variants: list[Row], headings: dict[str, str]) -> None:
    """In the order of their positions; a picture that only variants of one color name shows that color."""
    colors: dict[str, set[str]] = {}
    color_of = {item.row: item.color for item in piece.variants}
    for row in variants:
        if address := line_of(row.get("variant_image")):
            colors.setdefault(address, set()).add(color_of.get(row.number, ""))
    for row in sorted((row for row in rows if row.get("image").strip()), key=_position):
        address = line_of(row.get("image"))
        add_picture(piece, row, headings["image"], address, row.get("alt"), _only(colors.pop(address, set())))
    for row in variants:
        address = line_of(row.get("variant_image"))
        if address in colors:
            add_picture(piece, row, headings["variant_image"], address, "", _only(colors.pop(address)))


def _position(row: Row) -> int:
    text = line_of(row.get("position"))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 99_999


def _only(colors: set[str]) -> str:
    return next(iter(colors)) if len(colors) == 1 else ""
