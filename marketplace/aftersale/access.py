"""Who acts on an order: the signed-in shopper who placed it, or a guest who holds the key from a letter."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from catalog.order.models import MakerOrder, Order

SHOWN = ("paid", "shipped", "refunded", "pending")
KEY_LENGTH = 40


@dataclass(frozen=True)
class Access:
    """Somebody who may do with this order what its shopper may; `user` is None for a guest.

    Who got the pieces as a present (`gift`) sees them without prices and may ask for a return, nothing else.
    """

    order: Order
    user: Any = None
    key: str = ""
    gift: bool = False

    def url(self, name: str = "order", **more) -> str:
        """A page of this order for whoever acts."""
        if self.key:
            space = "gift" if self.gift else "guest"
            return reverse(f"{space}:{name}", kwargs={"number": self.order.number, "key": self.key, **more})
        return reverse(f"account:{name}", kwargs={"number": self.order.number, **more})

    def require_part(self, part: MakerOrder) -> None:
        """Raises PermissionDenied for a part of another order."""
        if part.order_id != self.order.pk:
            raise PermissionDenied


def key_of(order: Order) -> str:
    """What a guest's letters carry: from the order and the e-mail address that it was placed with."""
    placed_with = order.guest_email or order.email
    return salted_hmac("aftersale.order", f"{order.pk}:{placed_with}", algorithm="sha256").hexdigest()[:KEY_LENGTH]


def by_user(user, number: str) -> Access | None:
    order = _orders().filter(user=user, number=number).first()
    return Access(order, user) if order else None


def by_key(number: str, key: str) -> Access | None:
    """The order of a guest; orders of an account are read after signing in."""
    order = _orders().filter(user=None, number=number).first()
    if order is None or not constant_time_compare(key_of(order), key):
        return None
    return Access(order, None, key)


def is_in_an_account(number: str, key: str) -> bool:
    """Whether a guest's key is that of an order which was added to an account since."""
    order = _orders().exclude(user=None).exclude(guest_email="").filter(number=number).first()
    return order is not None and constant_time_compare(key_of(order), key)


def gift_key_of(order: Order) -> str:
    """What the gift receipt's address carries; it opens nothing else."""
    return salted_hmac("aftersale.gift", f"{order.pk}:{order.number}", algorithm="sha256").hexdigest()[:KEY_LENGTH]


def by_gift_key(number: str, key: str) -> Access | None:
    """A present, for who got it."""
    order = _orders().filter(is_gift=True, number=number).exclude(status="pending").first()
    if order is None or not constant_time_compare(gift_key_of(order), key):
        return None
    return Access(order, None, key, gift=True)


def as_receiver(order: Order) -> Access:
    """The access of who gets the present, for the link that the shopper passes on."""
    return Access(order, None, gift_key_of(order), gift=True)


def as_shopper(order: Order) -> Access:
    """The access of whoever placed this order, for links in letters."""
    return Access(order, order.user) if order.user_id else Access(order, None, key_of(order))


def address_of(order: Order, name: str = "order", **more) -> str:
    """The whole address of a page of this order, for its shopper's letters."""
    return settings.SITE_ADDRESS + as_shopper(order).url(name, **more)


def _orders():
    return Order.objects.filter(status__in=SHOWN).select_related("shipping_address", "attempt", "user")
