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
FILTERS = ("category", "claim", "neighborhood", "maker", "price_min", "price_max", "color", "size", "in_stock")
_SLUG = re.compile(r"^[a-z0-9][-a-z0-9/]{0,119}$")
_CURSOR = re.compile(r"^\d{1,17}-\d{1,15}$")
_OFFSET = re.compile(r"^r\d{1,4}$")
_HIGHEST_PRICE = Decimal(100_000)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Params:
    q: str = ""
    category: str = ""
    claim: str = ""
    neighborhood: str = ""
    maker: str = ""
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    size: str = ""
    color: str = ""
    in_stock: bool = False
    sort: str = "newest"
    after: str = ""
    page: int = 0

    def without(self, *names: str) -> "Params":
        empty = Params()
        return replace(self, **{name: getattr(empty, name) for name in names})

    def start(self) -> "Params":
        return self.without("after", "page")

    def asks_for_less(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.q) or any(getattr(self, name) for name in FILTERS)

    def query_string(self) -> str:
        """The address part after "?", in a fixed order, without what is the default anyway."""
        empty = Params(sort="relevance" if self.q else "newest")
        pairs = []
        for name in Params.__dataclass_fields__:
            value = getattr(self, name)
            if value != getattr(empty, name):
                pairs.append((name, "1" if value is True else str(value)))
        return urlencode(pairs)


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
        neighborhood=_slug(data.get("neighborhood", "")),
        maker=_slug(data.get("maker", "")),
        price_min=low,
        price_max=high,
        size=data.get("size", "").replace("\x00", "").replace("|", "").strip()[:24],
        color=_one_of(data.get("color", ""), tuple(FAMILIES)),
        in_stock=data.get("in_stock", "") in {"1", "true", "on", "yes"},
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
