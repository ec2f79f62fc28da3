"""Orders that somebody placed as a guest, added to the account once its e-mail address is proven."""

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from catalog.order.models import Order
from marketplace.aftersale.access import SHOWN
from marketplace.payments.models import Attempt
from marketplace.users.services import verified_addresses


def guest_orders_of(user) -> QuerySet[Order]:
    """Orders without an account that were placed with an address which this person proved to read."""
    rows = Order.objects.annotate(placed_with=Lower("guest_email"))
    return rows.filter(user=None, placed_with__in=verified_addresses(user), status__in=SHOWN, left=None)


@transaction.atomic
def claim_orders(*, user) -> int:
    """Give those orders to the account; returns how many. From then on they are read after signing in.

    The address that each was placed with stays, so that the link in its letters is known and leads to signing in.
    """
    found = list(guest_orders_of(user).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    Order.objects.filter(pk__in=found).update(user=user)
    Attempt.objects.filter(order__in=found).update(user=user)
    return len(found)
