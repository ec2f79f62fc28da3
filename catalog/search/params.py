"""What an address of the shop asks for. Unknown or bad values give the page without them, never an error."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.http import QueryDict

from certification.rules import Claim
from marketplace.core.words import query_stems

from .colors import FAMILIES

PER_PAGE = 24
MOST_PAGES = 40
DEEPEST = PER_PAGE * MOST_PAGES
SORTS = ("newest", "price", "-price", "relevance")
FILTERS = (
    "category", "claim", "neighborhood", "maker", "price_min", "price_max", "color", "size", "in_stock",
    "made_to_order",
)  # fmt: skip
MOST_VALUES = 12
_SLUG = re.compile(r"^[a-z0-9][-a-z0-9/]{0,119}$")
_CURSOR = re.compile(r"^\d{1,17}-\d{1,15}$")
_OFFSET = re.compile(r"^r\d{1,4}$")
_HIGHEST_PRICE = Decimal(100_000)
_YES = {"1", "true", "on", "yes"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Params:
    """Values of one filter widen the list, filters narrow it: (S or M) and blue."""

    q: str = ""
    category: str = ""
    claim: str = ""
    neighborhood: tuple[str, ...] = ()
    maker: tuple[str, ...] = ()
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    size: tuple[str, ...] = ()
    color: tuple[str, ...] = ()
    in_stock: bool = False
    made_to_order: bool = False
    sort: str = "newest"
    after: str = ""
    page: int = 0

    def without(self, *names: str) -> "Params":
        empty = Params()
        return replace(self, **{name: getattr(empty, name) for name in names})

    def start(self) -> "Params":
        return self.without("after", "page")

    def narrows(self, name: str) -> bool:
        """Whether this filter is set; "price" is both ends."""
        if name == "price":
            return self.price_min is not None or self.price_max is not None
        return bool(getattr(self, name))

    def toggled(self, name: str, value: str) -> "Params":
        """With this value of a filter that takes several, or without it where it is set already."""
        values = getattr(self, name)
        kept = tuple(item for item in values if item != value)
        return replace(self, **{name: kept if value in values else (*values, value)})

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of the address in a fixed order, without what is the default anyway."""
        empty = Params(sort="relevance" if self.q else "newest")
        names = (name for name in Params.__dataclass_fields__ if getattr(self, name) != getattr(empty, name))
        return [(name, value) for name in names for value in _texts(getattr(self, name))]

    def query_string(self) -> str:
        return urlencode(self.pairs())


def _texts(value) -> list[str]:
    if isinstance(value, tuple):
        return sorted(value)
    return ["1" if value is True else str(value)]


def parse(data: QueryDict) -> Params:
    """Read what can be read; values that name something are looked up later (`known`)."""
    question = " ".join(data.get("q", "").replace("\x00", "").split())[:100]
    question = question if query_stems(question) else ""
    low, high = _price(data.get("price_min", "")), _price(data.get("price_max", ""))
    if low is not None and high is not None and low > high:
        low, high = high, low
    sort = _one_of(data.get("sort", ""), SORTS)
    if not sort or (sort == "relevance" and not question):
        sort = "relevance" if question else "newest"
    after = _cursor(data.get("after", ""), sort)
    return Params(
        q=question,
        category=_slug(data.get("category", "")),
        claim=_one_of(data.get("claim", ""), tuple(str(claim) for claim in Claim)),
        neighborhood=_several(data, "neighborhood", _slug),
        maker=_several(data, "maker", _slug),
        price_min=low,
        price_max=high,
        size=_several(data, "size", _size),
        color=_several(data, "color", lambda value: _one_of(value, tuple(FAMILIES))),
        in_stock=data.get("in_stock", "") in _YES,
        made_to_order=data.get("made_to_order", "") in _YES,
        sort=sort,
        after=after,
        page=0 if after else _page(data.get("page", "")),
    )


def newest_cursor(row) -> str:
    """Microseconds of `listed_at` and the product's id: where the next page begins."""
    return f"{(row.listed_at - _EPOCH) // timedelta(microseconds=1)}-{row.pk}"


def price_cursor(row) -> str:
    return f"{int(row.price.scaleb(2))}-{row.pk}"


def read_newest(cursor: str) -> tuple[datetime, int]:
    moment, pk = cursor.split("-")
    return _EPOCH + timedelta(microseconds=int(moment)), int(pk)


def read_price(cursor: str) -> tuple[Decimal, int]:
    cents, pk = cursor.split("-")
    return Decimal(cents).scaleb(-2), int(pk)


def _cursor(value: str, sort: str) -> str:
    pattern = _OFFSET if sort == "relevance" else _CURSOR
    if not (value.isascii() and pattern.match(value)):
        return ""
    if sort in {"price", "-price"} and len(value.split("-")[0]) > 11:
        return ""
    return value


def _page(value: str) -> int:
    """2 to 40; beyond it the last of those."""
    if not (value.isascii() and value.isdigit() and len(value) <= 9):
        return 0
    number = min(int(value), MOST_PAGES)
    return number if number > 1 else 0


def _slug(value: str) -> str:
    value = value.strip().strip("/").lower()
    return value if _SLUG.match(value) else ""


def _several(data: QueryDict, name: str, read) -> tuple[str, ...]:
    """The readable values of a name that may stand in the address more than once, each once and in order."""
    return tuple(sorted({value for value in map(read, data.getlist(name)[:MOST_VALUES]) if value}))


def _size(value: str) -> str:
    return value.replace("\x00", "").replace("|", "").strip()[:24]


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    return value if value in choices else ""


def _price(value: str) -> Decimal | None:
    value = value.strip().lstrip("$")
    if not value or len(value) > 12:
        return None
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 <= amount <= _HIGHEST_PRICE:
        return None
    return amount.quantize(Decimal("0.01"))
