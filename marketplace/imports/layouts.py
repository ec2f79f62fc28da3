"""Which shop a file comes from, by its headings, and the file's pieces in our words."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from . import etsy, shopify, square
from .limits import check_count
from .models import Format
from .pieces import FileRefused, Finding, Piece
from .reading import Row, Sheet

_MOST_NAMED = 12


@dataclass(frozen=True)
class Layout:
    """`names` leads from a heading in small letters to our name of it; `needs` are ours that must all be there."""

    format: Format
    names: Callable[[str], str]
    needs: frozenset[str]
    group: Callable[[Iterator[Row], dict[str, str]], Iterator[Piece]]


LAYOUTS = (
    Layout(Format.SHOPIFY, shopify.name_of, frozenset({"handle", "title"}), shopify.pieces_of),
    Layout(Format.ETSY, etsy.name_of, frozenset({"title", "price", "quantity", "currency"}), etsy.pieces_of),
    Layout(Format.SQUARE, square.name_of, frozenset({"token", "item", "price"}), square.pieces_of),
)


@dataclass(frozen=True)
class Catalog:
    """What a file brings, read whole."""

    format: Format
    pieces: list[Piece]
    notes: list[Finding]


def read_catalog(sheet: Sheet) -> Catalog:
    """All pieces of a sheet. Raises FileRefused."""
    layout = _layout_of(sheet.headings)
    headings: dict[str, str] = {}
    unused = []
    for heading in sheet.headings:
        name = layout.names(heading.casefold())
        if name and name not in headings:
            headings[name] = heading
        elif heading and not name:
            unused.append(heading[:60])
    notes = list(sheet.notes)
    if unused:
        notes.append(Finding("unused_columns", 1, params=_names(list(dict.fromkeys(unused)))))
    pieces = []
    with closing(sheet.rows):
        for piece in layout.group((_named(row, headings) for row in sheet.rows), headings):
            pieces.append(piece)
            check_count(len(pieces))
    if not pieces:
        raise FileRefused("no_rows")
    return Catalog(layout.format, pieces, notes)


def _layout_of(headings: list[str]) -> Layout:
    for layout in LAYOUTS:
        if layout.needs <= {layout.names(heading.casefold()) for heading in headings}:
            return layout
    raise FileRefused("unknown_headings")


def _named(row: Row, headings: dict[str, str]) -> Row:
    return replace(row, cells={name: row.cells[heading] for name, heading in headings.items()})


def _names(names: list[str]) -> dict[str, object]:
    return {"names": ", ".join(names[:_MOST_NAMED]), "more": max(len(names) - _MOST_NAMED, 0)}
