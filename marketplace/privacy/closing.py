"""Closing an account (Cal. Civ. Code 1798.105): what goes at once, and what the law has us keep for a while.

Orders stay with who and where they went to for as long as records of sales tax are kept (four years at least, 18 CCR
1698), reached by the link in their letters; then name, street, phone and e-mail go.
The trail of the label says who decided; `manage.py erase_from_audit` takes a person out of it on request.
"""

from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.basket.models import Basket
from catalog.order.models import Order
from catalog.search.models import SavedSearch
from makers.models import HandOver, Membership, Role
from marketplace.aftersale.models import Message, Review
from marketplace.aftersale.words import Side
from marketplace.core import clock, outbox
from marketplace.payments import gateway
from marketplace.payments.customer_model import Customer
from marketplace.payments.models import Attempt
from marketplace.users.models import User
from marketplace.users.services import verified_addresses
from marketplace.wishes.models import Favorite, StockAlert

from .models import LeftOrder

TAX_YEARS = 4
ERASED = "–"


@transaction.atomic
def close_account(*, user) -> None:
    """Erase what needs no keeping and end the account. Raises ValidationError with what stands in the way."""
    user = User.objects.select_for_update().get(pk=user.pk)
    _check_may_close(user)
    StockAlert.objects.filter(email__in=verified_addresses(user)).delete()
    for rows in (Favorite, SavedSearch, EmailAddress, Authenticator, Membership):
        rows.objects.filter(user=user).delete()
    user.addresses.all().delete()
    HandOver.objects.filter(to_user=user, ended_at=None).delete()
    Basket.objects.filter(owner=user, status=Basket.OPEN).delete()
    _leave_orders(user)
    _leave_cards(user)
    user.email, user.name, user.first_name, user.last_name = f"closed-{user.pk}@account.invalid", "", "", ""
    user.is_active = False
    user.set_unusable_password()  # every session of theirs ends with it
    user.save()


def _check_may_close(user) -> None:
    if user.is_staff:
        raise ValidationError(_("Staff accounts are closed by the director, so that open cases find somebody else."))
    owned = Membership.objects.filter(user=user, role=Role.OWNER, maker__closed_at=None)
    if owned.exists():
        raise ValidationError(_("You own a business here. Hand it over or close it in the studio first."))


def _leave_orders(user) -> None:
    """Orders become a guest's: their letters' links open them, and a day is set on which they are erased."""
    orders = list(Order.objects.select_for_update().filter(user=user).order_by("pk"))
    Review.objects.filter(line__order__in=orders).update(name="")
    LeftOrder.objects.bulk_create(LeftOrder(order=order, erase_on=_erase_on(order)) for order in orders)
    Order.objects.filter(pk__in=[order.pk for order in orders]).update(user=None, guest_email=user.email)
    Attempt.objects.filter(user=user).update(user=None)


def _leave_cards(user) -> None:
    """Stripe forgets the cards in the background, and is asked again until it did."""
    for customer in Customer.objects.filter(user=user):
        key = f"forget-cards-{customer.customer_id}"
        outbox.post(topic="privacy.forget_cards", key=key, payload={"customer": customer.customer_id})
        customer.delete()


def forget_cards(payload: dict) -> None:
    """Outbox: have Stripe detach every card of a customer who left. Raises GatewayError, Unreachable."""
    for card in gateway.payment_methods_of(payload["customer"]):
        gateway.detach_payment_method(card.id)


def erase_due() -> int:
    """Periodic: erase the person from orders that were kept long enough; returns from how many."""
    due = list(LeftOrder.objects.filter(erase_on__lte=clock.today()).values_list("pk", flat=True))
    return sum(_erase(pk) for pk in due)


@transaction.atomic
def _erase(pk: int) -> bool:
    left = (
        LeftOrder.objects.select_for_update(of=("self",))
        .filter(pk=pk)
        .select_related("order__shipping_address")
        .first()
    )
    if left is None:
        return False
    order = left.order
    Order.objects.filter(pk=order.pk).update(guest_email="", gift_note="")
    if address := order.shipping_address:  # city, state and ZIP code stay: the tax was reckoned by them
        address.first_name, address.line2, address.phone_number = "", "", ""
        address.last_name = address.line1 = ERASED
        address.save()
    Message.objects.filter(part__order=order, side=Side.SHOPPER).update(text=ERASED)
    _erase_snapshot(order)
    left.delete()
    return True


def _erase_snapshot(order: Order) -> None:
    """The attempt keeps what was agreed to, without who agreed."""
    attempt = Attempt.objects.select_for_update().filter(order=order).first()
    if attempt is None:
        return
    shopper = attempt.snapshot["shopper"]
    kept = {name: shopper.get(name, "") for name in ("city", "state", "zip_code", "language")}
    attempt.snapshot = {**attempt.snapshot, "shopper": {**dict.fromkeys(shopper, ""), **kept}}
    attempt.save(update_fields=["snapshot"])


def _erase_on(order: Order) -> date:
    """The first New Year's Day by which four whole years have passed."""
    return date(clock.day_of(order.date_placed).year + TAX_YEARS + 1, 1, 1)
