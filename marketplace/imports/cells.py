"""Cells of a spreadsheet as text, prices, numbers of pieces and ounces; a formula is text like any other."""

import unicodedata
from decimal import Decimal

from marketplace.core.csv import safe_cell

from .pieces import CellRefused

LEAST_PRICE, MOST_PRICE = Decimal(1), Decimal(100_000)
MOST_STOCK = 100_000
NANOGRAMS_PER_OUNCE = 28_349_523_125
# Control characters but for tab and line end, and marks that turn the direction of writing.
_MARKS = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)} - {ord("\n"), ord("\t")}
)
_DOLLARS = ("US$", "USD", "$")


def text_of(cell: str) -> str:
    """The cell's text without control and direction marks; the apostrophe that keeps a formula text is taken off."""
    text = cell.translate(_MARKS).strip()
    return text[1:] if text.startswith("'") and _is_formula(text.lstrip("'")) else text


def line_of(cell: str) -> str:
    """The same on one line."""
    return " ".join(text_of(cell).split())


def escaped(text: str) -> str:
    """`text` for a spreadsheet, so that `text_of` gives it back."""
    return f"'{text}" if text.startswith("'") and _is_formula(text.lstrip("'")) else safe_cell(text)


def price_of(cell: str) -> Decimal | None:
    """Dollars with cents; None for an empty cell. Raises CellRefused."""
    text = line_of(cell)
    if not text:
        return None
    whole, point, cents = _amount(text).partition(".")
    if not _is_number(whole.replace(",", "")) or (point and not _is_number(cents)):
        raise CellRefused("price_unreadable", value=text[:40])
    if not _has_thousands(whole):
        raise CellRefused("price_comma", value=text[:40])
    if cents[2:].strip("0"):
        raise CellRefused("price_cents", value=text[:40])
    if len(whole) > 12:
        raise CellRefused("price_range", value=text[:40])
    price = Decimal(f"{whole.replace(',', '')}.{cents[:2]:0<2}")
    if not LEAST_PRICE <= price <= MOST_PRICE:
        raise CellRefused("price_range", value=text[:40])
    return price


def stock_of(cell: str) -> int | None:
    """Pieces that are there; what was oversold elsewhere is negative. None for an empty cell. Raises CellRefused."""
    text = line_of(cell)
    if not text:
        return None
    whole, _point, rest = text.removeprefix("-").replace(",", "").partition(".")
    if not _is_number(whole) or rest.strip("0"):
        raise CellRefused("stock_unreadable", value=text[:40])
    if len(whole) > 9 or int(whole) > MOST_STOCK:
        raise CellRefused("stock_range", value=text[:40])
    return -int(whole) if text.startswith("-") else int(whole)


def ounces_of(cell: str) -> int | None:
    """Grams as whole ounces, rounded up; None where the cell says nothing that could be meant."""
    whole, _point, rest = line_of(cell).partition(".")
    if not _is_number(whole) or len(whole) > 9 or (rest and not _is_number(rest)):
        return None
    nanograms = int(whole + (rest + "0" * 9)[:9])
    return -(-nanograms // NANOGRAMS_PER_OUNCE) or None


def grams_of(ounces: int) -> int:
    """Whole grams that `ounces_of` reads as so many ounces."""
    return ounces * NANOGRAMS_PER_OUNCE // 10**9


def _amount(text: str) -> str:
    """The digits of a price in dollars. Raises CellRefused for other money, and for less than nothing."""
    amount = text
    for sign in _DOLLARS:
        amount = amount.removeprefix(sign).removesuffix(sign).strip()
    if amount.startswith("-"):
        raise CellRefused("price_range", value=text[:40])
    if any(unicodedata.category(char) == "Sc" for char in amount):
        raise CellRefused("currency", value=text[:40])
    return amount


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _has_thousands(whole: str) -> bool:
    """1234 and 1,234 do; 12,34 does not."""
    first, *rest = whole.split(",")
    return not rest or (1 <= len(first) <= 3 and all(len(part) == 3 for part in rest))


def _is_formula(text: str) -> bool:
    return safe_cell(text) != text
