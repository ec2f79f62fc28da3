"""Finding an order by what a person on the telephone knows: its number, an e-mail address, a name."""

from django.db.models import Q, QuerySet

from catalog.order.models import Order
from marketplace.core.keyset import page_after

PER_PAGE = 50


def find(*, words: str = "", status: str = "") -> QuerySet[Order]:
    """Orders that fit all of what is given; a name may be a part of it, number and e-mail are whole."""
    rows = Order.objects.all()
    if words:
        rows = rows.filter(_named(words))
    if status:
        rows = rows.filter(status=status)
    return rows


def _named(words: str) -> Q:
    if "@" in words:
        return Q(guest_email__iexact=words) | Q(user__email__iexact=words)
    return Q(number=words.upper()) | Q(shipping_address__last_name__icontains=words)


def page_of(rows: QuerySet[Order], after: str) -> tuple[list[Order], str]:
    """One page, newest first, and the cursor of the next one, as `keyset.page_after` has it."""
    needed = rows.select_related("user", "shipping_address").prefetch_related("maker_orders__maker")
    return page_after(needed, by="date_placed", after=after, size=PER_PAGE)
