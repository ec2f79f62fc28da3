"""A code at the delivery step: what it takes off, who bears it, and what is said where it takes nothing off."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from marketplace.core import clock, outbox
from marketplace.payments import vouchers
from marketplace.payments.models import Attempt, Voucher
from marketplace.payments.permissions import BOOKKEEPERS
from tests import factories

from .steps import add, choose_delivery, confirm, give_address, page

pytestmark = pytest.mark.django_db


def voucher(code="SUMMER", **fields) -> Voucher:
    fields = {"basis_points": 1000} | fields if "amount_cents" not in fields else fields
    return Voucher.objects.create(code=code, **{"starts_at": clock.now() - timedelta(hours=1), **fields})


def at_delivery(client, *pieces):
    for piece in pieces:
        add(client, piece)
    give_address(client)


def enter(client, code):
    return client.post(reverse("checkout:delivery"), {"voucher": code, "update": "1"}, follow=True)


def test_a_makers_code_lowers_its_pieces_its_share_and_the_tax(client):
    piece, other = factories.certified_product(price="48.00"), factories.certified_product(price="20.00")
    voucher(maker=piece.maker)
    at_delivery(client, piece, other)
    shown = enter(client, " summer ").content.decode()
    assert "Voucher SUMMER" in shown
    assert "-$4.80" in shown
    choose_delivery(client, voucher="SUMMER")
    own, others = Attempt.objects.get().order.maker_orders.order_by("pk")
    assert (own.discount_cents, own.promo_cents, own.tax_cents, own.fee_cents) == (480, 0, 421, 432)
    assert (others.discount_cents, others.tax_cents, others.voucher_code) == (0, 195, "")
    assert own.share_cents == 4800 - 480 + 750 - 432


def test_a_code_of_the_marketplace_leaves_makers_and_tax_as_they_were(client, standin):
    piece = factories.certified_product(price="48.00")
    voucher(amount_cents=1000)
    at_delivery(client, piece)
    enter(client, "SUMMER")
    choose_delivery(client, voucher="SUMMER")
    attempt = Attempt.objects.get()
    part = attempt.order.maker_orders.get()
    assert (part.discount_cents, part.promo_cents, part.tax_cents) == (0, 1000, 468)
    assert (part.share_cents, attempt.amount_cents) == (4800 + 750 - 480, 4800 - 1000 + 750 + 468)
    page(client, "payment", attempt)
    confirm(standin, attempt)
    page(client, "return", attempt)
    outbox.deliver()
    receipt = next(letter.body for letter in mail.outbox if "Voucher SUMMER: -$10.00" in letter.body)
    assert "$48.00" in receipt, "the piece stands before the voucher, which is taken off once"
    client.force_login(factories.owner_of(piece.maker))
    assert "$48.00" in client.get(reverse("studio:order", args=[part.pk])).content.decode()


def test_a_code_that_was_typed_but_not_shown_is_shown_before_anything_is_held(client):
    voucher(amount_cents=1000)
    at_delivery(client, factories.certified_product())
    assert choose_delivery(client, voucher="SUMMER")["Location"] == reverse("checkout:delivery")
    assert not Attempt.objects.exists()
    assert choose_delivery(client, voucher="SUMMER").status_code == 302
    assert Attempt.objects.get().snapshot["off"] == 1000


NOT_VALID = {
    "unknown": ({}, "NOSUCH", "know this code"),
    "over": ({"ends_at": clock.now() - timedelta(minutes=1)}, "SUMMER", "used now"),
    "not yet": ({"starts_at": clock.now() + timedelta(days=1)}, "SUMMER", "used now"),
    "ended": ({"is_active": False}, "SUMMER", "used now"),
    "used up": ({"most_uses": 2, "uses": 2}, "SUMMER", "as often as it may be"),
    "too little": ({"least_cents": 10_000}, "SUMMER", "$100.00 or more"),
}


@pytest.mark.parametrize("case", NOT_VALID)
def test_what_takes_nothing_off_says_why_and_keeps_the_page(client, case):
    fields, code, words = NOT_VALID[case]
    voucher(**fields)
    at_delivery(client, factories.certified_product(price="48.00"))
    shown = enter(client, code)
    assert words in shown.content.decode()
    assert f'value="{code}"' in shown.content.decode()
    assert shown.context["quote"].off_cents == 0


def test_a_code_for_another_makers_pieces_says_so(client):
    voucher(maker=factories.maker(name="Casa Ana"))
    at_delivery(client, factories.certified_product())
    assert "pieces of Casa Ana" in enter(client, "SUMMER").content.decode()


def test_once_for_each_shopper_and_again_after_an_order_that_was_not_paid(client):
    made = voucher(amount_cents=500)
    at_delivery(client, factories.certified_product())
    enter(client, "SUMMER")
    choose_delivery(client, voucher="SUMMER")
    attempt = Attempt.objects.get()
    with pytest.raises(vouchers.NotValid):
        vouchers.find("SUMMER", email="SAM@example.org")
    vouchers.give_back(attempt)
    made.refresh_from_db()
    assert made.uses == 0
    assert vouchers.find("SUMMER", email="sam@example.org") == made


def test_the_makers_letter_takes_its_own_voucher_off(client, standin):
    piece = factories.certified_product(price="48.00")
    voucher(maker=piece.maker)
    at_delivery(client, piece)
    enter(client, "SUMMER")
    choose_delivery(client, voucher="SUMMER")
    attempt = Attempt.objects.get()
    page(client, "payment", attempt)
    confirm(standin, attempt)
    page(client, "return", attempt)
    outbox.deliver()
    letter = next(letter for letter in mail.outbox if letter.to == [piece.maker.email])
    for text in (letter.body, letter.alternatives[0][0]):
        assert "$48.00" in text
        assert "Your voucher SUMMER: -$4.80" in " ".join(text.split())


def test_makers_make_their_own_and_bookkeepers_those_of_the_marketplace():
    maker, now = factories.maker(), clock.now()
    common = {
        "code": "winter-10", "basis_points": 1000, "amount_cents": None, "least_cents": 0, "starts_at": now,
        "ends_at": None, "most_uses": None,
    }  # fmt: skip
    made = vouchers.create(user=factories.owner_of(maker), maker=maker, **common)
    assert (made.code, made.maker) == ("WINTER-10", maker)
    for user, whose in ((factories.person(), maker), (factories.owner_of(maker), None), (factories.staff(), None)):
        with pytest.raises(PermissionDenied):
            vouchers.create(user=user, maker=whose, **common)
    with pytest.raises(ValidationError):
        vouchers.create(user=factories.staff(BOOKKEEPERS), maker=None, **common)
    vouchers.end(user=factories.owner_of(maker), voucher=made)
    with pytest.raises(vouchers.NotValid):
        vouchers.find("WINTER-10")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "ab"}, "code"), ({"code": "<script>"}, "code"), ({"basis_points": None}, "amount_cents"),
        ({"basis_points": 10_001}, "basis_points"), ({"amount_cents": 500}, "amount_cents"),
        ({"basis_points": None, "amount_cents": 0}, "amount_cents"),
        ({"ends_at": clock.now() - timedelta(1)}, "ends_at"),
    ],
)  # fmt: skip
def test_odd_vouchers_are_refused_at_their_field(wrong, field):
    maker = factories.maker()
    common = {
        "code": "WINTER", "basis_points": 1000, "amount_cents": None, "least_cents": 0, "starts_at": clock.now(),
        "ends_at": None, "most_uses": None,
    }  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        vouchers.create(user=factories.owner_of(maker), maker=maker, **(common | wrong))
    assert field in refused.value.message_dict
    assert not Voucher.objects.exists()
