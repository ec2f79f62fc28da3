"""Reads a spreadsheet file row by row, whatever its encoding and separator; what can't be read is refused in words."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass

from .cells import line_of
from .pieces import MOST_ROWS, FileRefused, Finding

LARGEST_FILE = 50 * 1024 * 1024
LONGEST_HEADER = 100_000
_CHUNK = 1024 * 1024
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Row:
    """One row; `number` is the one that a spreadsheet shows."""

    number: int
    cells: dict[str, str]
    is_ragged: bool = False

    def get(self, name: str) -> str:
        """The cell as it stands in the file; empty where there is no such column."""
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Sheet:
    """Headings as written in the file, rows by heading, and what there is to say of the file."""

    headings: list[str]
    rows: Generator[Row, None, None]
    notes: list[Finding]


def open_sheet(file) -> Sheet:
    """The sheet in an open binary file. Raises FileRefused, later too while the rows are read."""
    encoding, notes = _encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    headings, separator, number = _headings(text)
    twice = [name for name, count in Counter(headings).items() if name and count > 1]
    if twice:
        notes.append(Finding("columns_twice", 1, params={"names": ", ".join(twice[:12])}))
    return Sheet(headings, _rows(text, headings, separator, number), notes)


def _encoding_of(file) -> tuple[str, list[Finding]]:
    """By its mark, by looking for zero bytes, else UTF-8 and last Windows-1252. Raises FileRefused."""
    file.seek(0)
    start = file.read(4096)
    if not start.strip():
        raise FileRefused("empty")
    if start.startswith(_WORKBOOKS):
        raise FileRefused("workbook")
    for mark, name in _BOMS.items():
        if start.startswith(mark):
            return name, []
    if b"\0" in start:
        return _wide(start), [Finding("read_as", params={"encoding": "UTF-16"})]
    return _narrow(file)


def _wide(start: bytes) -> str:
    """UTF-16 without a mark: every second byte of plain letters is zero. Raises FileRefused."""
    even, odd = start[:512:2].count(0), start[1:512:2].count(0)
    pairs = len(start[:512]) // 2
    if odd > pairs * 3 // 4 and not even:
        return "utf-16-le"
    if even > pairs * 3 // 4 and not odd:
        return "utf-16-be"
    raise FileRefused("zero_bytes")


def _narrow(file) -> tuple[str, list[Finding]]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    file.seek(0)
    while chunk := file.read(_CHUNK):
        if b"\0" in chunk:
            raise FileRefused("zero_bytes")
        try:
            if is_utf8:
                decoder.decode(chunk)
        except UnicodeDecodeError:
            is_utf8 = False
    try:
        if is_utf8:
            decoder.decode(b"", final=True)
            return "utf-8", []
    except UnicodeDecodeError:
        pass  # it ends within a letter, so it is none
    return "cp1252", [Finding("read_as", params={"encoding": "Windows-1252"})]


def _headings(text: io.TextIOWrapper) -> tuple[list[str], str, int]:
    """The headings, their separator, and in which row they stand. Raises FileRefused."""
    try:
        line, number = text.readline(LONGEST_HEADER), 1
        while line and (not line.strip(" ,;\t\r\n") or line.lower().startswith("sep=")):
            line, number = text.readline(LONGEST_HEADER), number + 1
    except UnicodeDecodeError as error:
        raise FileRefused("encoding") from error
    separator = max((",", ";", "\t"), key=line.count)
    try:
        cells = next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise FileRefused("unreadable_row", row=number) from error
    return [line_of(cell) for cell in cells], separator, number


def _rows(text: io.TextIOWrapper, headings: list[str], separator: str, number: int) -> Generator[Row, None, None]:
    reader = csv.reader(text, delimiter=separator, strict=True)
    width = len(headings)
    try:
        for cells in reader:
            number += 1
            if "\0" in "".join(cells):
                raise FileRefused("zero_bytes")
            if number > MOST_ROWS:
                raise FileRefused("too_many_rows", most=MOST_ROWS)
            if any(cell.strip() for cell in cells):
                # Of two columns with one name the first counts, so it is written last.
                filled = cells[:width] + [""] * (width - len(cells))
                named = dict(zip(reversed(headings), reversed(filled), strict=True))
                yield Row(number, named, any(cell.strip() for cell in cells[width:]))
    except csv.Error as error:
        raise FileRefused("unreadable_row", row=number + 1) from error
    except UnicodeDecodeError as error:
        raise FileRefused("encoding") from error
    finally:
        text.detach()
