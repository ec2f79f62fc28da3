"""The operator's fee: by maker and day, never backwards, and an order keeps the fee of the day it was placed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from marketplace.core import clock
from marketplace.payments import fees
from marketplace.payments.models import FeeTerm
from marketplace.payments.permissions import BOOKKEEPERS
from tests import factories
from tests.fulfilment.shop import basket_with, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return factories.staff(BOOKKEEPERS)


def set_fee(user, maker=None, points=800, days=0, note="Agreed."):
    return fees.set_fee(user=user, maker=maker, points=points, from_day=clock.today() + timedelta(days=days), note=note)


def test_a_makers_own_term_stands_before_the_common_one_and_that_before_the_setting(keeper, settings):
    settings.PLATFORM_FEE_BASIS_POINTS = 1000
    maker, other, today = factories.maker(), factories.maker(), clock.today()
    assert fees.basis_points(maker, today) == 1000
    set_fee(keeper, points=900)
    set_fee(keeper, maker, points=500, days=3)
    assert fees.basis_points_of([maker, other], today) == {maker.pk: 900, other.pk: 900}
    assert fees.basis_points_of([maker, other], today + timedelta(days=3)) == {maker.pk: 500, other.pk: 900}


def test_an_order_keeps_the_fee_of_its_day(keeper):
    piece = factories.certified_product(price="100.00")
    part = place(basket_with(piece)).order.maker_orders.get()
    set_fee(keeper, piece.maker, points=2000)
    part.refresh_from_db()
    assert part.fee_cents == 1000
    assert place(basket_with(piece)).order.maker_orders.get().fee_cents == 2000


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"days": -1}, "from_day"), ({"points": -1}, "basis_points"), ({"points": 5001}, "basis_points"),
     ({"note": "  "}, "note")],
)  # fmt: skip
def test_odd_fees_are_refused_at_their_field(keeper, wrong, field):
    with pytest.raises(ValidationError) as refused:
        set_fee(keeper, **wrong)
    assert field in refused.value.message_dict
    assert not FeeTerm.objects.exists()


def test_one_fee_for_a_maker_and_day(keeper):
    set_fee(keeper)
    with pytest.raises(ValidationError):
        set_fee(keeper)


def test_bookkeepers_alone_set_fees():
    maker = factories.maker()
    for user in (factories.person(), factories.owner_of(maker), factories.staff()):
        with pytest.raises(PermissionDenied):
            set_fee(user, maker)
