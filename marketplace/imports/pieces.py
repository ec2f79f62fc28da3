"""What a file says, in our words, whatever shop it came from: pieces with variants, pictures and findings."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

MOST_PIECES = 5000
MOST_ROWS = 50_000
LONGEST_TITLE = 255
LONGEST_TEXT = 20_000
LONGEST_SIZE, LONGEST_COLOR = 24, 40
LONGEST_ADDRESS = 1000
_MOST_OF_A_KIND = 10


class CellRefused(Exception):
    """A cell that can't be read; `code` names the words of `words.MESSAGES`, `params` fill them."""

    def __init__(self, code: str, **params: Any):
        super().__init__(code)
        self.code, self.params = code, params


class FileRefused(CellRefused):
    """A file that can't be read at all."""


@dataclass(frozen=True)
class Finding:
    """Something to say about a cell. Row 0 is the file as a whole; row 1 holds the headings."""

    code: str
    row: int = 0
    column: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class VariantRow:
    """None means that the file does not say: price in dollars, pieces that are there."""

    row: int
    size: str = ""
    color: str = ""
    price: Decimal | None = None
    stock: int | None = None
    sku: str = ""

    @property
    def key(self) -> str:
        return variant_key(self.size, self.color)


@dataclass(frozen=True)
class PictureRow:
    row: int
    address: str
    alt: str = ""
    color: str = ""


@dataclass
class Piece:
    """One piece of a file. `keys` are all names by which an earlier import may have known it; `key` is the first."""

    row: int
    key: str
    keys: list[str] = field(default_factory=list)
    title: str = ""
    description: str | None = None
    type: str = ""
    materials: str = ""
    weight_oz: int | None = None
    variants: list[VariantRow] = field(default_factory=list)
    pictures: list[PictureRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    is_refused: bool = False

    def say(self, code: str, row: int = 0, column: str = "", **params: Any) -> None:
        """What is wrong in row after row is said ten times at most."""
        if sum(item.code == code for item in self.findings) < _MOST_OF_A_KIND:
            self.findings.append(Finding(code, row or self.row, column, params))

    def refuse(self, code: str, row: int = 0, column: str = "", **params: Any) -> None:
        """Say it, and leave the whole piece out."""
        self.say(code, row, column, **params)
        self.is_refused = True

    def as_json(self) -> dict[str, Any]:
        """What the file said, without what we say of it."""
        data = {name: value for name, value in vars(self).items() if name not in ("findings", "is_refused")}
        data["variants"] = [{**vars(item), "price": _text(item.price)} for item in self.variants]
        data["pictures"] = [dict(vars(item)) for item in self.pictures]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Piece":
        variants = [VariantRow(**{**row, "price": _decimal(row["price"])}) for row in data["variants"]]
        return cls(**{**data, "variants": variants, "pictures": [PictureRow(**row) for row in data["pictures"]]})


def variant_key(size: str, color: str) -> str:
    return f"{size.casefold()}\n{color.casefold()}"


def as_rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [asdict(item) for item in findings]


def _text(price: Decimal | None) -> str | None:
    return None if price is None else str(price)


def _decimal(price: str | None) -> Decimal | None:
    return None if price is None else Decimal(price)
