"""Reads the CDTFA's published file "Sales and Use Tax Rates by City and County" (XLSX, or CSV saved from it).

Columns Location, Rate, County, Type and Notes after a heading or two; rates as fractions (0.0975) or percent
(9.75%). A county whose cities all have rates of their own stands there without a rate, beside a row "... County
Unincorporated Area". Other states' tables fit too: a row of type State holds for the whole state. A column Code
may carry the code of the district for the return.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from .places import normal, normal_county
from .rates import HOME_STATE

LARGEST_FILE, LARGEST_INSIDE = 2 * 1024 * 1024, 40 * 1024 * 1024
MOST_ROWS, MOST_ERRORS, HEADING_ROWS = 5_000, 10, 10
LEAST_PPM = {HOME_STATE: 72_500}
MOST_PPM = 200_000
NEEDED = ("location", "rate", "county")
UNINCORPORATED = "unincorporated area"
TYPES = ("", "city", "county", "state", UNINCORPORATED)
LONGEST = {"location": 120, "county": 60, "code": 20}

Cells = Sequence[object]


@dataclass(frozen=True)
class PublishedRate:
    """One place of a file; without a city the county outside its cities, without a county the state."""

    county: str
    city: str
    place: str
    code: str
    ppm: int

    @property
    def key(self) -> tuple[str, str]:
        return self.county, self.city


@dataclass
class _Row:
    number: int
    location: str
    rate: object
    county: str
    type: str
    code: str

    @property
    def is_split_county(self) -> bool:
        return self.type == "county" and self.rate in (None, "")

    @property
    def is_unincorporated(self) -> bool:
        return UNINCORPORATED in (self.type, self.location.casefold()[-len(UNINCORPORATED) :])


def read(content: bytes, *, state: str) -> list[PublishedRate]:
    """Every place of a file, once. Raises ValidationError that names the rows which can't be read."""
    if len(content) > LARGEST_FILE:
        raise ValidationError(_("The file is larger than 2 MB. Choose the rates' own file."))
    cells = list(_sheet(content) if content[:2] == b"PK" else _csv(content))
    return _places(_rows(cells), state)


def _csv(content: bytes) -> Iterator[Cells]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what a spreadsheet on Windows writes
    try:
        yield from csv.reader(io.StringIO(text.replace("\x00", "\ufffd"), newline=""))
    except csv.Error as error:
        raise ValidationError(_("This is no CSV file: %(why)s") % {"why": error}) from error


def _sheet(content: bytes) -> Iterator[Cells]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > LARGEST_INSIDE:
                raise ValidationError(_("The workbook unpacks to more than 40 MB. Save it as CSV."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + HEADING_ROWS, max_col=20)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, OSError) as error:
        raise ValidationError(_("The workbook can't be read. Save it as CSV and choose that file.")) from error


def _text(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _headings(cells: list[Cells]) -> tuple[int, list[str]]:
    """Where the headings are, and what they say. Raises ValidationError where there are none."""
    for index, header in enumerate(cells[:HEADING_ROWS]):
        names = [_text(name).casefold() for name in header]
        if all(name in names for name in NEEDED):
            return index, names
    raise ValidationError(_("No row with the headings Location, Rate and County was found."))


def _rows(cells: list[Cells]) -> list[_Row]:
    index, names = _headings(cells)
    column = {name: names.index(name) for name in (*NEEDED, "type", "code") if name in names}

    def value(row: Cells, name: str) -> object:
        place = column.get(name)
        return row[place] if place is not None and place < len(row) else None

    found = [
        _Row(
            number, _text(value(row, "location")), value(row, "rate"), _text(value(row, "county")),
            _text(value(row, "type")).casefold(), _text(value(row, "code")),
        )
        for number, row in enumerate(cells[index + 1 :], start=index + 2)
        if any(_text(cell) for cell in row)
    ]  # fmt: skip
    if not found:
        raise ValidationError(_("The file has headings but no rates."))
    if len(found) > MOST_ROWS:
        raise ValidationError(_("The file has more than 5,000 rows. Choose the file by city and county."))
    return found


def _places(rows: list[_Row], state: str) -> list[PublishedRate]:
    errors: list[str] = []
    found: dict[tuple[str, str], tuple[int, PublishedRate]] = {}
    unincorporated = {normal_county(row.county) for row in rows if row.is_unincorporated}
    for row in rows:
        if row.is_split_county and normal_county(row.county) in unincorporated:
            continue
        try:
            place = _place(row, state)
        except ValueError as error:
            errors.append(_("Row %(number)s: %(why)s") % {"number": row.number, "why": error})
            continue
        if place.key in found:
            errors.append(
                _("Row %(number)s: %(place)s stands in row %(first)s already.")
                % {"number": row.number, "place": row.location, "first": found[place.key][0]}
            )
            continue
        found[place.key] = row.number, place
    if errors:
        more = len(errors) - MOST_ERRORS
        tail = [_("… and %(count)s rows more.") % {"count": more}] if more > 0 else []
        raise ValidationError(errors[:MOST_ERRORS] + tail)
    return [place for _number, place in found.values()]


def _place(row: _Row, state: str) -> PublishedRate:
    """The place of a row. Raises ValueError saying what is wrong with it."""
    _check_words(row)
    ppm, county = _ppm(row.rate, state), normal_county(row.county)
    if row.type == "state":
        return PublishedRate("", "", row.location, row.code, ppm)
    if not county:
        raise ValueError(_("the county is missing."))
    is_county = row.type == "county" or row.is_unincorporated or normal(row.location) == f"{county} county"
    city = "" if is_county else normal(row.location)
    if not (is_county or city):
        raise ValueError(_("the location has no letters."))
    return PublishedRate(county, city, row.location, row.code, ppm)


def _check_words(row: _Row) -> None:
    for name, value in (("location", row.location), ("county", row.county), ("code", row.code)):
        if len(value) > LONGEST[name]:
            raise ValueError(_("what stands under %(name)s is too long.") % {"name": name.capitalize()})
    if not row.location:
        raise ValueError(_("the location is missing."))
    if row.type not in TYPES:
        raise ValueError(_("the type “%(type)s” is not known; City, County or State is.") % {"type": row.type[:40]})


def _ppm(value: object, state: str) -> int:
    text = _text(value)
    try:
        number = Decimal(text.removesuffix("%").strip())
    except InvalidOperation as error:
        raise ValueError(_("“%(rate)s” is no rate.") % {"rate": text[:40]}) from error
    if not number.is_finite():
        raise ValueError(_("“%(rate)s” is no rate.") % {"rate": text[:40]})
    if not 0 <= number <= 100:
        raise ValueError(_outside(text))
    exact = number * (10_000 if text.endswith("%") or number >= 1 else 1_000_000)
    ppm = int(exact.to_integral_value())
    # A spreadsheet's own numbers are off by a hair; anything more is no published rate.
    if abs(exact - ppm) > Decimal("0.001"):
        raise ValueError(_("“%(rate)s” has more than four decimals.") % {"rate": text[:40]})
    if not LEAST_PPM.get(state, 0) <= ppm <= MOST_PPM:
        raise ValueError(_outside(text))
    return ppm


def _outside(text: str) -> str:
    return _("“%(rate)s” is outside what can be: the state's base rate to 20 %%.") % {"rate": text[:40]}
