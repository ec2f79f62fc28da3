"""A shopper's own addresses: kept in the account, offered at checkout."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from oscar.apps.address.models import UserAddress

from catalog.order.country import united_states
from marketplace.users.models import User

MOST_ADDRESSES = 20


def addresses_of(user) -> list[UserAddress]:
    """The default one first."""
    return list(user.addresses.order_by("-is_default_for_shipping", "pk")) if user.is_authenticated else []


@transaction.atomic
def keep_address(*, user, cleaned: dict, pk: int | None = None) -> UserAddress:
    """Write a new address, or another over an own one; `cleaned` is what AddressForm gives.

    Raises UserAddress.DoesNotExist for another person's, ValidationError.
    """
    User.objects.select_for_update().get(pk=user.pk)
    row = user.addresses.get(pk=pk) if pk else UserAddress(user=user, country=united_states())
    if not pk and user.addresses.count() >= MOST_ADDRESSES:
        raise ValidationError(_("You have 20 addresses. Remove one first."))
    row.is_default_for_shipping |= not user.addresses.exclude(pk=row.pk).exists()
    row.last_name, row.line1, row.line2, row.line4 = (cleaned[name] for name in ("name", "line1", "line2", "city"))
    row.state, row.postcode, row.phone_number = cleaned["state"], cleaned["zip_code"], cleaned["phone"]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ValidationError(_("You have this address already.")) from error
    return row


@transaction.atomic
def forget_address(*, user, pk: int) -> None:
    """Raises UserAddress.DoesNotExist for another person's."""
    User.objects.select_for_update().get(pk=user.pk)
    row = user.addresses.get(pk=pk)
    row.delete()
    if row.is_default_for_shipping and (other := user.addresses.order_by("pk").first()):
        _prefer(user, other.pk)


@transaction.atomic
def prefer_address(*, user, pk: int) -> None:
    """Checkout starts with it. Raises UserAddress.DoesNotExist for another person's."""
    User.objects.select_for_update().get(pk=user.pk)
    _prefer(user, user.addresses.get(pk=pk).pk)


def _prefer(user, pk: int) -> None:
    user.addresses.exclude(pk=pk).update(is_default_for_shipping=False)
    user.addresses.filter(pk=pk).update(is_default_for_shipping=True)


def typed_of(address) -> dict:
    """What AddressForm starts with, from an address of any kind."""
    return {
        "name": address.last_name, "line1": address.line1, "line2": address.line2, "city": address.line4,
        "state": address.state, "zip_code": address.postcode,
        "phone": str(address.phone_number) if address.phone_number else "",
    }  # fmt: skip
