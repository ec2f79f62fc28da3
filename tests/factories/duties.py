"""Big sellers in tests: sales without orders, checks in every state, staff of the duties desk."""

from datetime import date, timedelta

from makers.models import Maker
from marketplace.core import clock
from marketplace.duties import sellers, watching
from marketplace.duties.models import SalesDay, SellerCheck
from marketplace.duties.permissions import COMPLIANCE, ensure_groups
from marketplace.duties.sellers import Seen
from marketplace.payments.models import MakerAccount
from tests import factories

SEEN = Seen(bank=True, identity=True)
FACTS = {
    "person": "Ana Quiroz", "email": "ana@quiroz.example", "phone": "213 555 0100", "private_phone": False,
    "line1": "734 S Wall St", "line2": "", "city": "Los Angeles", "state": "CA", "zip_code": "90014",
    "at_home": False, "supplier": "",
}  # fmt: skip


def officer():
    """Staff who may do everything at the duties desk."""
    ensure_groups()
    return factories.staff(COMPLIANCE)


def account(**changes) -> MakerAccount:
    """What is remembered of an account at Stripe that is complete."""
    told = {"can_be_paid": True, "payouts_enabled": True, "details_submitted": True, "requirements": []}
    return MakerAccount(**(told | changes))


def sold(maker: Maker, *, sales: int = 200, cents: int = 500_000, day: date | None = None) -> None:
    """As if so much was counted on one day; yesterday, unless given."""
    SalesDay.objects.create(maker=maker, day=day or clock.today() - timedelta(1), sales=sales, cents=cents)


def asked(maker: Maker | None = None, *, cents: int = 500_000) -> SellerCheck:
    """A maker that crossed the thresholds today."""
    maker = maker or factories.maker()
    sold(maker, cents=cents)
    watching.judge([maker.pk])
    return SellerCheck.objects.select_related("maker").get(maker=maker)


def given(maker: Maker | None = None, *, cents: int = 500_000, **changes) -> SellerCheck:
    check = asked(maker, cents=cents)
    owner = factories.owner_of(check.maker)
    sellers.give_facts(user=owner, check=check, seen=SEEN, **(FACTS | changes))
    return check


def verified(maker: Maker | None = None, *, cents: int = 500_000, **changes) -> SellerCheck:
    check = given(maker, cents=cents, **changes)
    sellers.verify_facts(user=officer(), check=check, seen=SEEN, words="Called the number.")
    return check
