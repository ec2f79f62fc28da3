"""What is for sale now: listing rows whose certificate holds at this moment, with their badges."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from catalog.catalogue.models import Listing
from certification.badge.badges import badges_for
from certification.selectors import is_certified
from makers.selectors import is_selling
from marketplace.core import clock


def for_sale(at: datetime | None = None) -> QuerySet[Listing]:
    """Rows of open makers whose product has a valid certificate at the moment `at` (aware; now)."""
    day = (at or clock.now()).astimezone(clock.LOS_ANGELES).date()
    return Listing.objects.filter(is_certified(day), is_selling("maker__"))


def newest(queryset: QuerySet[Listing]) -> QuerySet[Listing]:
    return queryset.order_by("-listed_at", "-product_id")


def with_badges(rows: Iterable[Listing]) -> list[Listing]:
    """The rows that carry a badge, in their order, each with it as `.badge`; three queries whatever the number."""
    rows = list(rows)
    badges = badges_for(row.pk for row in rows)
    for row in rows:
        row.badge = badges.get(row.pk)
    return [row for row in rows if row.badge is not None]


def cards(queryset: QuerySet[Listing], limit: int) -> list[Listing]:
    """The first `limit` rows as cards."""
    return with_badges(queryset[:limit])


def cards_of(product_ids: Iterable[int]) -> dict[int, Listing]:
    """Cards of certain products by id; what is not for sale now is left out."""
    return {row.pk: row for row in with_badges(for_sale().filter(pk__in=list(product_ids)))}
