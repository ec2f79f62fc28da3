"""What a shopper typed on the way to paying, kept in the session so that nothing is ever lost."""

from dataclasses import fields

from django.utils.translation import get_language

from marketplace.fulfilment import Shopper

from .address_book import typed_of

SESSION_KEY = "checkout"
GIFT = ("is_gift", "gift_note")
FIELDS = tuple(field.name for field in fields(Shopper) if field.name not in ("language", *GIFT))


def _kept(request) -> dict:
    return request.session.get(SESSION_KEY, {})


def _keep(request, **changes) -> None:
    request.session[SESSION_KEY] = {**_kept(request), **changes}


def keep_typed(request, data) -> None:
    """Whatever stood in the address form, right or wrong; it is valid only after `keep_address`."""
    typed = {name: str(data.get(name, ""))[:300] for name in FIELDS}
    _keep(request, typed=typed, valid=False)


def keep_address(request, cleaned: dict) -> None:
    _keep(request, typed={name: cleaned.get(name, "") for name in FIELDS}, valid=True)


def typed_address(request) -> dict:
    """What the form starts with: an address that was picked, else what was typed, else one that is known."""
    return _picked(request) or _kept(request).get("typed") or _known_address(request.user)


def shopper_of(request) -> Shopper | None:
    """Who orders and where to, once the address was accepted."""
    kept = _kept(request)
    if not kept.get("valid"):
        return None
    email = request.user.email if request.user.is_authenticated else kept["typed"].get("email", "")
    if not email:
        return None
    facts = {**kept["typed"], **gift_of(request), "email": email, "language": (get_language() or "en")[:2]}
    return Shopper(**facts)


def keep_gift(request, data) -> None:
    """Whether it is a present, and the note, right or wrong as it was typed."""
    _keep(request, gift={"is_gift": bool(data.get("is_gift")), "gift_note": str(data.get("gift_note", ""))[:2000]})


def gift_of(request) -> dict:
    return _kept(request).get("gift", {})


def keep_voucher(request, code: str) -> bool:
    """The code as it was typed; whether it differs from the one whose sum was shown."""
    code = code.strip()[:32]
    differs = code.upper() != voucher_of(request).upper()
    _keep(request, voucher=code)
    return differs


def voucher_of(request) -> str:
    return _kept(request).get("voucher", "")


def keep_choices(request, choices: dict[int, str]) -> None:
    _keep(request, choices={str(maker): code for maker, code in choices.items()})


def choices_of(request) -> dict[int, str]:
    """The chosen way of delivery per maker id."""
    return {int(maker): code for maker, code in _kept(request).get("choices", {}).items()}


def forget(request) -> None:
    """After the order is paid."""
    request.session.pop(SESSION_KEY, None)


def _picked(request) -> dict:
    """The own address that a link on the page names."""
    if not request.user.is_authenticated or not (pk := request.GET.get("address", "")).isdecimal() or len(pk) > 15:
        return {}
    row = request.user.addresses.filter(pk=pk).first()
    return typed_of(row) if row else {}


def _known_address(user) -> dict:
    """The one to start with in the address book, else that of the last order."""
    if not user.is_authenticated:
        return {}
    if kept := user.addresses.filter(is_default_for_shipping=True).first():
        return typed_of(kept)
    order = user.orders.select_related("shipping_address").order_by("-date_placed").first()
    if order is None or order.shipping_address is None:
        return {"name": user.name}
    return typed_of(order.shipping_address)
