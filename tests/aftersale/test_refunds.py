"""A maker refunds pieces, a part of a price or everything: the sum first, and once."""

import pytest
from django.urls import reverse

from marketplace import fulfilment
from marketplace.core import outbox
from marketplace.fulfilment import NothingLeft
from marketplace.payments.models import Refund
from tests import factories
from tests.fulfilment.test_money_back import adds_up

from .shop import owner, paid, ship, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(standin):
    found = paid(standin, factories.certified_product(title="Indigo jacket", price="48.00"))
    ship(found, 1)
    return found


def enter(client, part):
    client.force_login(owner(part))
    return reverse("studio:order_refund", args=[part.pk])


def confirm(client, address, fields, response):
    seen = text(response).split('name="seen" value="')[1].split('"')[0]
    return client.post(address, fields | {"seen": seen})


CASES = {
    "pieces": ({"what": "pieces", "quantity": "1"}, 4800 + 468),
    "price": ({"what": "price", "quantity": "0", "amount": "10.00"}, 1000 + 97),
    "whole": ({"what": "whole", "quantity": "0"}, None),
}


@pytest.mark.parametrize("name", list(CASES))
def test_the_sum_is_shown_and_then_refunded_once(client, standin, part, name):
    fields, cents = CASES[name]
    line = part.lines.get()
    fields = {key: value for key, value in fields.items() if key != "quantity"} | {
        f"line-{line.pk}": fields["quantity"], "priced": str(line.pk), "reason": "The zipper broke.",
    }  # fmt: skip
    cents = cents or part.paid_cents
    address = enter(client, part)
    asked = client.post(address, fields)
    assert f"${cents // 100}.{cents % 100:02d}" in text(asked)
    assert not Refund.objects.exists()
    for _ in range(2):
        confirm(client, address, fields, asked)
    assert [refund.amount_cents for refund in Refund.objects.all()] == [cents]
    outbox.deliver()
    assert adds_up(standin)


@pytest.mark.parametrize(
    "change",
    [
        {"reason": ""}, {"what": ""}, {"what": "price", "amount": ""}, {"what": "price", "amount": "NaN"},
        {"what": "price", "amount": "-5"}, {"what": "price", "amount": "1e9"}, {"what": "price", "amount": "96.01"},
        {"what": "price", "amount": "1.001"}, {"what": "pieces"}, {"what": "everything"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_lost(client, part, change):
    line = part.lines.get()
    fields = {"what": "pieces", f"line-{line.pk}": "0", "priced": str(line.pk), "reason": "Kept words"} | change
    shown = client.post(enter(client, part), fields)
    assert shown.status_code == 422
    assert fields["reason"] in text(shown)
    assert not Refund.objects.exists()


def test_attack_13_a_refund_above_what_remains(part):
    line = part.lines.get()
    fulfilment.refund_amount(user=owner(part), maker_order=part, line_id=line.pk, net_cents=9000, reason="Late.")
    with pytest.raises(NothingLeft):
        fulfilment.refund_amount(user=owner(part), maker_order=part, line_id=line.pk, net_cents=601, reason="Late.")
    with pytest.raises(NothingLeft):
        fulfilment.refund_pieces(user=owner(part), maker_order=part, pieces={line.pk: 3}, reason="Late.")
    assert Refund.objects.count() == 1


def test_attack_15_a_refund_of_another_makers_line(client, standin, part):
    other = paid(standin, factories.certified_product())
    theirs = other.lines.get()
    with pytest.raises(NothingLeft):
        fulfilment.refund_amount(user=owner(part), maker_order=part, line_id=theirs.pk, net_cents=100, reason="x")
    fields = {"what": "price", "priced": str(theirs.pk), "amount": "1.00", "reason": "x", "seen": "1-110"}
    assert client.post(enter(client, part), fields).status_code == 422
    assert client.post(reverse("studio:order_refund", args=[other.pk]), fields).status_code == 404
    assert not Refund.objects.exists()


def test_attack_16_a_refund_while_disputed_is_explained(client, standin, part):
    dispute = standin.hook("dispute", charge=standin.client.v1.charges.list().data[0].id)
    fulfilment.look_at_dispute({"dispute": dispute["id"]})
    shown = client.post(enter(client, part), {"what": "whole", f"line-{part.lines.get().pk}": "0", "reason": "x"})
    assert "bank looks into this payment" in text(shown)
    assert not Refund.objects.exists()
