"""A maker makes and ends its own vouchers, and sees what they gave."""

import pytest
from django.urls import reverse

from marketplace import fulfilment
from marketplace.core import clock
from marketplace.payments.models import Attempt, Voucher
from tests import factories
from tests.checkout.steps import add, choose_delivery, give_address
from tests.fulfilment.shop import pay

pytestmark = pytest.mark.django_db
FIELDS = {"code": "gracias-10", "basis_points": "10", "starts_at": "2026-01-01"}


@pytest.fixture
def maker():
    return factories.maker()


@pytest.fixture
def owner(client, maker):
    client.force_login(factories.owner_of(maker))
    return client


def test_a_code_is_made_used_and_ended(owner, maker, client, standin):
    answer = owner.post(
        reverse("studio:voucher_new"), FIELDS | {"ends_at": "2099-12-31", "most_uses": "50"}, follow=True
    )
    assert "GRACIAS-10 works now" in answer.content.decode()
    voucher = Voucher.objects.get()
    assert (voucher.maker, voucher.basis_points, voucher.last_day.isoformat()) == (maker, 1000, "2099-12-31")
    assert voucher.starts_at == clock.start_of(clock.day_of(voucher.starts_at))
    client.logout()
    add(client, factories.certified_product(maker, price="48.00"))
    give_address(client)
    client.post(reverse("checkout:delivery"), {"voucher": "GRACIAS-10", "update": "1"})
    choose_delivery(client, voucher="GRACIAS-10")
    attempt = Attempt.objects.get()
    pay(standin, attempt)
    fulfilment.finalize(attempt_id=attempt.pk)
    client.force_login(factories.owner_of(maker))
    page = client.get(reverse("studio:vouchers")).content.decode()
    for words in ("GRACIAS-10", "10 %", "1 of 50", "$4.80", "Dec. 31, 2099"):
        assert words in page
    client.post(reverse("studio:voucher_end", args=[voucher.pk]))
    voucher.refresh_from_db()
    assert not voucher.is_active


WRONG = [
    ({"code": "x"}, "4 to 32 letters"),
    ({"code": ""}, "Choose the code"),
    ({"basis_points": "0"}, "More than 0"),
    ({"basis_points": "101"}, "100"),
    ({"basis_points": "10", "amount_cents": "5"}, "either a percentage or an amount"),
    ({"basis_points": "", "amount_cents": "0"}, "More than $0.00"),
    ({"basis_points": "", "amount_cents": ""}, "either a percentage or an amount"),
    ({"ends_at": "2025-12-31"}, "end lies before the start"),
    ({"starts_at": "soon"}, "Write the day as"),
    ({"most_uses": "0"}, "greater than or equal to 1"),
]


@pytest.mark.parametrize(("fields", "words"), WRONG)
def test_a_wrong_voucher_says_what_to_do_and_loses_nothing(owner, fields, words):
    answer = owner.post(reverse("studio:voucher_new"), FIELDS | {"most_uses": "77"} | fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert fields.get("most_uses", "77") in page
    assert not Voucher.objects.exists()


def test_a_code_that_exists_is_refused_even_if_another_makers(owner):
    Voucher.objects.create(code="GRACIAS-10", basis_points=500, starts_at=clock.now())
    answer = owner.post(reverse("studio:voucher_new"), FIELDS)
    assert "Choose another" in answer.content.decode()
    assert Voucher.objects.count() == 1


def test_vouchers_of_others_are_neither_seen_nor_ended(owner):
    foreign = Voucher.objects.create(code="THEIRS", maker=factories.maker(), basis_points=500, starts_at=clock.now())
    common = Voucher.objects.create(code="EVERYONE", basis_points=500, starts_at=clock.now())
    page = owner.get(reverse("studio:vouchers")).content.decode()
    assert "THEIRS" not in page
    assert "EVERYONE" not in page
    for voucher in (foreign, common):
        assert owner.post(reverse("studio:voucher_end", args=[voucher.pk])).status_code == 404
    assert Voucher.objects.filter(is_active=True).count() == 2
