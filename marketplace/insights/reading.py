"""What a maker learns of its pages and sales: looked at, liked, sold, by day or week and by piece and story."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum

from catalog.catalogue.models import Product
from catalog.order.models import PAID, Line
from makers.models import Maker
from makers.stories.models import StoryPage
from marketplace.core import clock
from marketplace.wishes.models import Favorite

from .models import Kind, ViewCount

PERIODS = (30, 90, 365)
DAYS_BY_DAY = 30  # longer periods are shown by week


@dataclass(frozen=True, slots=True)
class Bucket:
    """A day or a week; money in cents, before refunds, tax and shipping."""

    first: date
    last: date
    views: int
    favorites: int
    pieces: int
    cents: int


@dataclass(frozen=True, slots=True)
class PieceRow:
    product: Product
    views: int
    favorites: int
    pieces: int
    cents: int


@dataclass(frozen=True, slots=True)
class Insights:
    first: date
    last: date
    by_week: bool
    buckets: list[Bucket]
    pieces: list[PieceRow]
    stories: list[tuple[StoryPage, int]]

    @property
    def views(self) -> int:
        return sum(bucket.views for bucket in self.buckets)

    @property
    def favorites(self) -> int:
        return sum(bucket.favorites for bucket in self.buckets)

    @property
    def sold(self) -> int:
        return sum(bucket.pieces for bucket in self.buckets)

    @property
    def cents(self) -> int:
        return sum(bucket.cents for bucket in self.buckets)


def insights_of(maker: Maker, days: int) -> Insights:
    """The last `days` Los Angeles days, today among them."""
    last = clock.today()
    first = last - timedelta(days=days - 1)
    views = ViewCount.objects.filter(maker=maker, day__range=(first, last))
    sold = _sold(maker, first, last)
    liked = Favorite.objects.filter(
        product__maker=maker, created_at__gte=clock.start_of(first), created_at__lt=clock.end_of(last)
    )
    by_week = days > DAYS_BY_DAY
    buckets = _buckets(first, last, 7 if by_week else 1, _by_day(views, sold, liked))
    viewed = views.filter(kind=Kind.PRODUCT).values_list("number").annotate(Sum("count"))
    pieces = _pieces(maker, dict(viewed), sold, dict(liked.values_list("product").annotate(Count("pk"))))
    return Insights(first, last, by_week, buckets, pieces, _stories(views))


@dataclass(frozen=True, slots=True)
class _Sale:
    day: date
    product: int | None
    pieces: int
    cents: int


def _sold(maker: Maker, first: date, last: date) -> list[_Sale]:
    rows = Line.objects.filter(
        maker_order__maker=maker, maker_order__status__in=PAID, maker_order__created_at__gte=clock.start_of(first),
        maker_order__created_at__lt=clock.end_of(last),
    ).values_list(
        "maker_order__created_at", "product__parent", "product", "quantity", "goods_cents", "discount_cents"
    )  # fmt: skip
    return [
        _Sale(clock.day_of(at), parent or product, quantity, goods - discount)
        for at, parent, product, quantity, goods, discount in rows
    ]


def _by_day(views, sold: Iterable[_Sale], liked) -> dict[date, Counter[str]]:
    days: dict[date, Counter[str]] = defaultdict(Counter)
    for day, count in views.values_list("day").annotate(Sum("count")):
        days[day]["views"] += count
    for at in liked.values_list("created_at", flat=True):
        days[clock.day_of(at)]["favorites"] += 1
    for sale in sold:
        days[sale.day].update(pieces=sale.pieces, cents=sale.cents)
    return days


def _buckets(first: date, last: date, length: int, days: Mapping[date, Counter[str]]) -> list[Bucket]:
    """Of equal length up to the last day; the first one may be shorter."""
    buckets, end = [], last
    while end >= first:
        start = max(first, end - timedelta(days=length - 1))
        sums: Counter[str] = Counter()
        for offset in range((end - start).days + 1):
            sums.update(days.get(start + timedelta(days=offset), Counter()))
        found = {name: sums[name] for name in ("views", "favorites", "pieces", "cents")}
        buckets.append(Bucket(start, end, **found))
        end = start - timedelta(days=1)
    return buckets[::-1]


def _pieces(maker: Maker, viewed: Mapping[int, int], sold: Iterable[_Sale], liked: Mapping[int, int]) -> list[PieceRow]:
    """The maker's offered pieces and those that were sold, most money first."""
    pieces: Counter[int] = Counter()
    cents: Counter[int] = Counter()
    for sale in sold:
        if sale.product is not None:
            pieces[sale.product] += sale.pieces
            cents[sale.product] += sale.cents
    rows = Product.objects.filter(maker=maker).exclude(structure=Product.CHILD)
    found = [
        PieceRow(row, viewed.get(row.pk, 0), liked.get(row.pk, 0), pieces[row.pk], cents[row.pk])
        for row in rows
        if row.is_public or pieces[row.pk]
    ]
    return sorted(found, key=lambda row: (-row.cents, -row.views, row.product.title, row.product.pk))


def _stories(views) -> list[tuple[StoryPage, int]]:
    counts = dict(views.filter(kind=Kind.STORY).values_list("number").annotate(Sum("count")))
    pages = StoryPage.objects.filter(pk__in=counts).select_related("locale")
    return sorted(((page, counts[page.pk]) for page in pages), key=lambda row: (-row[1], row[0].pk))
