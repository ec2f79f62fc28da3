"""Pages of a long list, newest first, by a cursor that what is new does not move; each page costs the same."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
Row = TypeVar("Row", bound=Model)


def page_after(rows: QuerySet[Row], *, by: str, after: str, size: int) -> tuple[list[Row], str]:
    """Up to `size` rows by the moment in field `by`, and the cursor of the next page, empty at the end.

    An odd cursor gives the first page.
    """
    place = _place(after)
    if place:
        at, pk = place
        rows = rows.filter(Q(**{f"{by}__lt": at}) | Q(pk__lt=pk), **{f"{by}__lte": at})
    found = list(rows.order_by(f"-{by}", "-pk")[: size + 1])
    shown = found[:size]
    return shown, _cursor(shown[-1], by) if len(found) > size else ""


def _cursor(row: Model, by: str) -> str:
    return f"{(getattr(row, by) - EPOCH) // MICROSECOND}-{row.pk}"


def _place(after: str) -> tuple[datetime, int] | None:
    microseconds, _sep, pk = after.partition("-")
    try:
        return EPOCH + int(microseconds) * MICROSECOND, int(pk)
    except (ValueError, OverflowError):
        return None
