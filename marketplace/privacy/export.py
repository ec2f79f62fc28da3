"""Everything that is kept about a person with an account, as plain data for a file (Cal. Civ. Code 1798.100, .130).

A section is a function from the person to rows of that kind. A test holds `SECTIONS` against every table that points
to a person, so that a new one can't be forgotten.
"""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from catalog.basket.models import Line as BagLine
from catalog.order.models import Order
from catalog.search.models import SavedSearch
from certification.models import AuditPrivate
from makers.models import HandOver, Membership
from marketplace.aftersale.models import Message, Return, Review
from marketplace.core import clock
from marketplace.payments import customers, gateway
from marketplace.payments.models import VoucherUse
from marketplace.terms.models import TermsAcceptance
from marketplace.users.services import verified_addresses
from marketplace.wishes.models import Favorite, StockAlert

logger = logging.getLogger(__name__)

Rows = list[dict[str, Any]]
NEWEST_DEEDS = 1000


def everything_about(user) -> dict[str, Any]:
    """Sections by name; values are text, numbers, times with their zone, lists and dicts of these."""
    return {"made_at": clock.now(), **{name: section(user) for name, section in SECTIONS.items()}}


def _person(user) -> Rows:
    return [
        {
            "email": user.email, "name": user.name, "joined": user.date_joined, "last_sign_in": user.last_login,
            "groups": [group.name for group in user.groups.all()],
        }
    ]  # fmt: skip


def _addresses(user) -> Rows:
    return list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary"))


def _sign_in(user) -> Rows:
    return list(Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at"))


def _orders(user) -> Rows:
    rows = Order.objects.filter(user=user).select_related("shipping_address")
    rows = rows.prefetch_related("lines", "maker_orders__maker")
    return [_order(row) for row in rows.order_by("pk")]


def _order(order: Order) -> dict:
    address = order.shipping_address
    makers = {part.pk: part.maker.name for part in order.maker_orders.all()}
    return {
        "number": order.number, "placed": order.date_placed, "status": order.status, "language": order.language,
        "total": order.total_incl_tax, "tax": order.tax_total, "is_gift": order.is_gift, "gift_note": order.gift_note,
        "sent_to": [part for part in (*address.active_address_fields(), str(address.phone_number or "")) if part]
        if address else [],
        "pieces": [
            {"title": line.title, "variant": line.variant, "maker": makers.get(line.maker_order_id, ""),
             "quantity": line.quantity, "cents": line.net_cents,
             "certificate": line.certificate_number}
            for line in order.lines.all()
        ],
        "makers": [
            {"name": makers[part.pk], "status": part.status, "paid_cents": part.paid_cents}
            for part in order.maker_orders.all()
        ],
    }  # fmt: skip


def _returns(user) -> Rows:
    rows = Return.objects.filter(part__order__user=user)
    return list(rows.values("part__order__number", "status", "text", "objection", "answer", "decision", "asked_at"))


def _messages(user) -> Rows:
    return list(Message.objects.filter(part__order__user=user).values("part__order__number", "side", "text", "at"))


def _reviews(user) -> Rows:
    rows = Review.objects.filter(line__order__user=user)
    return list(rows.values("product__title", "name", "stars", "text", "written_at", "answer"))


def _favorites(user) -> Rows:
    return list(Favorite.objects.filter(user=user).values("product__title", "created_at"))


def _alerts(user) -> Rows:
    rows = StockAlert.objects.filter(email__in=verified_addresses(user))
    return list(rows.values("email", "variant__parent__title", "variant__size", "variant__color", "asked_at"))


def _searches(user) -> Rows:
    return list(SavedSearch.objects.filter(user=user).values("query", "tell", "created_at"))


def _vouchers(user) -> Rows:
    rows = VoucherUse.objects.filter(attempt__user=user)
    return list(rows.values("voucher__code", "email", "cents", "attempt__order__number"))


def _cards(user) -> Rows:
    """They lie at Stripe; where it can't be reached, the file says so instead of leaving them out."""
    try:
        return [{"brand": card.brand, "last4": card.last4} for card in customers.cards_of(user=user)]
    except gateway.GatewayError as error:
        logger.warning("the cards of %s are not in the export: %s", user.pk, error)
        return [{"note": "Stripe could not be asked for your saved cards. Make the file again later."}]


def _businesses(user) -> Rows:
    return list(Membership.objects.filter(user=user).values("maker__name", "maker__legal_name", "role"))


def _hand_overs(user) -> Rows:
    rows = HandOver.objects.filter(from_user=user) | HandOver.objects.filter(to_user=user)
    return list(rows.values("maker__name", "from_user__email", "to_user__email"))


def _terms(user) -> Rows:
    return list(TermsAcceptance.objects.filter(user=user).values("maker__name", "version", "language", "at"))


def _deeds(user) -> Rows:
    """What the trail of the program says that this person did."""
    rows = AuditPrivate.objects.filter(actor=user).order_by("-entry")[:NEWEST_DEEDS]
    return list(rows.values("entry__at", "entry__verb", "entry__subject", "reason"))


def _bag(user) -> Rows:
    rows = BagLine.objects.filter(basket__owner=user, basket__status="Open")
    return list(rows.values("product__parent__title", "product__size", "product__color", "quantity"))


def _address_book(user) -> Rows:
    return [
        {"address": row.active_address_fields(), "phone": str(row.phone_number or "")} for row in user.addresses.all()
    ]


SECTIONS: dict[str, Callable[[Any], Rows]] = {
    "you": _person, "email_addresses": _addresses, "ways_to_sign_in": _sign_in, "address_book": _address_book,
    "saved_cards": _cards, "bag": _bag, "orders": _orders, "returns": _returns, "messages": _messages,
    "reviews": _reviews, "vouchers": _vouchers, "favorites": _favorites, "waiting_for_stock": _alerts,
    "saved_searches": _searches, "businesses": _businesses, "hand_overs": _hand_overs, "terms_accepted": _terms,
    "done_in_the_program": _deeds,
}  # fmt: skip
