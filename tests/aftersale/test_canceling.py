"""The order's page for guests and accounts, and canceling what did not leave."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from catalog.order.workflow import WrongMoment
from marketplace.aftersale.access import by_key, by_user, key_of
from marketplace.aftersale.canceling import TooLate, cancel_pieces, plan_cancellation
from marketplace.core import outbox
from marketplace.fulfilment.refunding import SumChanged
from marketplace.payments.models import Refund
from tests import factories
from tests.fulfilment.shop import stock_of

from .shop import access_of, paid, ship, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(standin):
    return paid(standin, factories.certified_product(title="Indigo jacket", price="48.00"))


def line_of(part):
    return part.lines.get()


def test_a_guest_reads_the_order_by_the_link_of_the_receipt(client, part):
    outbox.deliver()
    receipt = next(letter for letter in mail.outbox if letter.to == ["sam@example.org"])
    address = re.search(r"http\S+/orders/\S+", receipt.body).group(0)
    shown = client.get(address.removeprefix("http://127.0.0.1:8000"))
    assert shown.status_code == 200
    assert "Indigo jacket" in text(shown)
    assert "2 to ship" in text(shown)
    assert shown["Referrer-Policy"] == "same-origin"
    assert "noindex" in shown["X-Robots-Tag"]
    assert "no-store" in shown["Cache-Control"]


def test_nothing_is_to_ship_of_an_order_that_was_given_back(client, part):
    type(part).objects.filter(pk=part.pk).update(status="refunded")
    shown = text(client.get(access_of(part).url()))
    assert "Refunded" in shown
    assert "to ship" not in shown


@pytest.mark.parametrize("key", ["0" * 40, "x", "A" * 40])
def test_another_key_is_404(client, part, key):
    assert client.get(reverse("guest:order", args=[part.order.number, key])).status_code == 404


def test_the_key_of_another_order_is_404(client, standin, part):
    other = paid(standin, factories.certified_product())
    address = reverse("guest:order", args=[part.order.number, key_of(other.order)])
    assert client.get(address).status_code == 404


def test_the_key_changes_with_the_address_of_the_shopper(part):
    before = key_of(part.order)
    part.order.guest_email = "else@example.org"
    assert key_of(part.order) != before


def test_an_order_of_an_account_is_read_signed_in_alone(client, standin):
    user, other = factories.person(), factories.person()
    part = paid(standin, factories.certified_product(), user=user)
    assert by_key(part.order.number, key_of(part.order)) is None
    assert by_user(other, part.order.number) is None
    assert by_user(user, part.order.number).order == part.order
    client.force_login(user)
    assert client.get(reverse("account:order", args=[part.order.number])).status_code == 200
    client.force_login(other)
    assert client.get(reverse("account:order", args=[part.order.number])).status_code == 404


def test_guessing_keys_is_stopped(client, part, monkeypatch):
    monkeypatch.setattr("marketplace.account.access.PAGES", 3)
    address = reverse("guest:order", args=[part.order.number, "0" * 40])
    assert [client.get(address, REMOTE_ADDR="203.0.113.9").status_code for _ in range(5)] == [404, 404, 404, 429, 429]


def test_a_guest_cancels_one_of_two_and_sees_the_sum_first(client, part):
    line, access = line_of(part), access_of(part)
    stock = stock_of(line.product.parent).num_in_stock
    address = access.url("order_cancel", part=part.pk)
    fields = {f"line-{line.pk}": "1", "reason": "Found another one."}
    asked = client.post(address, fields)
    plan = plan_cancellation(access=access, part=part, pieces={line.pk: 1})
    assert f"${plan.amount_cents / 100:.2f}" in text(asked)
    assert plan.amount_cents == 4800 + 468
    assert not Refund.objects.exists()
    for _ in range(2):  # a double click
        client.post(address, fields | {"seen": plan.seen})
    refund = Refund.objects.get()
    assert (refund.kind, refund.amount_cents, refund.reason) == ("cancellation", 5268, "Found another one.")
    assert stock_of(line.product.parent).num_in_stock == stock + 1
    assert "1 canceled" in text(client.get(access.url()))
    outbox.deliver()
    letters = [letter for letter in mail.outbox if letter.to == [part.maker.email] and "Canceled" in letter.subject]
    assert "1 × Indigo jacket" in letters[0].body


def test_with_the_last_piece_shipping_goes_back_and_the_part_is_refunded(part):
    cancel_pieces(access=access_of(part), part=part, pieces={line_of(part).pk: 2})
    part.refresh_from_db()
    assert part.status == "refunded"
    assert Refund.objects.get().amount_cents == part.paid_cents


@pytest.mark.parametrize("quantity", [3, -1])
def test_never_more_than_waits(part, quantity):
    with pytest.raises(TooLate):
        cancel_pieces(access=access_of(part), part=part, pieces={line_of(part).pk: quantity})


def test_what_left_can_not_be_canceled(part):
    ship(part, 1)
    with pytest.raises(TooLate):
        cancel_pieces(access=access_of(part), part=part, pieces={line_of(part).pk: 2})
    cancel_pieces(access=access_of(part), part=part, pieces={line_of(part).pk: 1})
    part.refresh_from_db()
    assert part.status == "shipped"


def test_nothing_chosen_and_nothing_left_are_said(part):
    with pytest.raises(ValidationError):
        cancel_pieces(access=access_of(part), part=part, pieces={line_of(part).pk: 0})
    cancel_pieces(access=access_of(part), part=part, pieces={line_of(part).pk: 2})
    with pytest.raises(WrongMoment):
        cancel_pieces(access=access_of(part), part=part, pieces={line_of(part).pk: 1})


def test_a_part_of_another_order_is_refused(standin, part):
    other = paid(standin, factories.certified_product())
    with pytest.raises(PermissionDenied):
        cancel_pieces(access=access_of(other), part=part, pieces={line_of(part).pk: 1})


def test_another_sum_than_the_one_that_was_shown_changes_nothing(part):
    access, line = access_of(part), line_of(part)
    seen = plan_cancellation(access=access, part=part, pieces={line.pk: 1}).seen
    cancel_pieces(access=access, part=part, pieces={line.pk: 1}, seen=seen)
    with pytest.raises(SumChanged):
        cancel_pieces(access=access, part=part, pieces={line.pk: 1}, seen=seen)
    assert Refund.objects.count() == 1


def test_what_was_typed_stays_where_it_is_wrong(client, part):
    address = access_of(part).url("order_cancel", part=part.pk)
    shown = client.post(address, {f"line-{line_of(part).pk}": "7", "reason": "Kept words"})
    assert shown.status_code == 422
    assert "Kept words" in text(shown)
    assert 'value="7"' in text(shown)


def test_the_page_asks_no_more_for_more_lines(client, standin, django_assert_max_num_queries):
    part = paid(standin, *(factories.certified_product() for _ in range(2)))
    address = access_of(part).url()
    client.get(address)
    with django_assert_max_num_queries(44):
        client.get(address)
