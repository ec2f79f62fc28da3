"""Finding an order by what a person on the telephone knows: its number, an e-mail address, a name."""

from django.db.models import Q, QuerySet

from catalog.order.models import Order

PER_PAGE = 50


def find(*, words: str = "", status: str = "") -> QuerySet[Order]:
    """Orders that fit all of what is given, newest first; a name may be a part of it, number and e-mail are whole."""
    rows = Order.objects.order_by("-pk")
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
    """One page and the cursor of the next one, empty at the end; an odd cursor gives the first page."""
    if after.isascii() and after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    needed = rows.select_related("user", "shipping_address").prefetch_related("maker_orders__maker")
    found = list(needed[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    return shown, str(shown[-1].pk) if len(found) > PER_PAGE else ""
