"""Attacks on money by their numbers in the list; 5, 6 and 17 to 24 lie in tests/payments, races in tests/fulfilment."""

import uuid

import pytest
from django.urls import reverse

from catalog.order.models import Order
from marketplace import fulfilment
from marketplace.core import outbox
from marketplace.payments import onboarding
from marketplace.payments.models import Attempt, Transfer
from tests import factories
from tests.fulfilment.shop import bought
from tests.fulfilment.test_money_back import onboard, ship

from .steps import add, buy, choose_delivery, give_address, page, to_payment

pytestmark = pytest.mark.django_db
FORGED = {
    "amount": "1", "amount_cents": "1", "total": "0.01", "price": "0.01", "currency": "mxn", "maker": "1",
    "maker_id": "1", "shipping": "0", "tax": "0", "discount": "9999", "promo_cents": "4000", "fee_cents": "0",
}  # fmt: skip


def test_attacks_1_3_4_5_amounts_prices_makers_and_currencies_in_a_form_change_nothing(client, standin):
    piece = factories.certified_product(price="48.00")
    add(client, piece, **FORGED)
    give_address(client)
    choose_delivery(client, **FORGED)
    attempt = Attempt.objects.get()
    part = attempt.order.maker_orders.get()
    assert (attempt.amount_cents, attempt.currency, part.maker) == (4800 + 750 + 468, "usd", piece.maker)
    page(client, "payment", attempt)
    attempt.refresh_from_db()
    assert standin.client.v1.payment_intents.retrieve(attempt.intent_id).amount == attempt.amount_cents


@pytest.mark.parametrize("quantity", ["-1", "0", "1e9", "1000000000", "NaN", "inf", "1.5", "0x10", "", "9" * 400])
def test_attack_2_odd_quantities_order_nothing(client, quantity):
    piece = factories.certified_product(stock=3)
    client.post(
        reverse("basket:add", args=[piece.pk]),
        {"variant": factories.variant_of(piece).pk, "quantity": quantity},
    )
    give_address(client)
    response = client.get(reverse("checkout:delivery"))
    assert response.status_code == 302, "there is nothing in the bag to be delivered"
    assert not Order.objects.exists()
    assert factories.variant_of(piece).stockrecords.get().num_allocated in (None, 0)


@pytest.mark.parametrize("name", ["payment", "return", "done"])
def test_attack_7_anothers_attempt_is_404(client, standin, name):
    attempt = buy(client, standin, factories.certified_product())
    client.logout()
    client.cookies.clear()
    assert page(client, name, attempt).status_code == 404
    client.force_login(factories.person())
    assert page(client, name, attempt).status_code == 404
    assert client.get(reverse("account:order", args=[attempt.order.number])).status_code == 404
    assert client.post(reverse("checkout:back", args=[attempt.pk])).status_code == 404


def test_attack_8_guessed_numbers_and_ids_are_404(client, standin):
    attempt = buy(client, standin, factories.certified_product())
    number = attempt.order.number
    client.force_login(factories.person())
    for guess in (number, number[:-1] + "2", "100001", "LA-2222-2222", str(attempt.order.pk)):
        assert client.get(reverse("account:order", args=[guess])).status_code == 404
    assert client.get(reverse("checkout:payment", args=[uuid.uuid4()])).status_code == 404


def test_attack_10_a_bag_emptied_in_another_tab_orders_nothing(client):
    piece = factories.certified_product()
    add(client, piece)
    give_address(client)
    other_tab = client.get(reverse("checkout:delivery")).content.decode()
    seen = other_tab.partition('name="seen" value="')[2].partition('"')[0]
    line = client.get(reverse("basket:summary")).context["quote"].lines[0].line_id
    client.post(reverse("basket:change", args=[line]), {"remove": "1"})
    response = client.post(reverse("checkout:delivery"), {"seen": seen}, follow=True)
    assert not Attempt.objects.exists()
    assert "emptied or paid in another tab" in response.content.decode()


def test_attack_12_going_back_after_paying_keeps_the_order(client, standin):
    attempt = to_payment(client, factories.certified_product())
    page(client, "payment", attempt)
    attempt.refresh_from_db()
    standin.client.v1.payment_intents.confirm(
        attempt.intent_id, {"payment_method": "pm_card_visa", "return_url": "http://shop.example/"}
    )
    client.post(reverse("checkout:back", args=[attempt.pk]))
    attempt.refresh_from_db()
    assert attempt.status == "paid"
    assert not standin.client.v1.refunds.list().data


def test_attack_44_a_forged_return_from_onboarding_changes_nothing(client, standin):
    maker = factories.maker()
    owner = factories.owner_of(maker)
    onboarding.start_onboarding(user=owner, maker=maker, return_url="http://x/", refresh_url="http://x/")
    client.force_login(owner)
    forged = "?account=acct_1&details_submitted=true&charges_enabled=1&transfers=active&success=1"
    shown = client.get(reverse("studio:payouts") + forged).content.decode()
    assert "is ready" not in shown
    assert not onboarding.look_at(maker).can_be_paid
    maker.refresh_from_db()
    assert maker.stripe_account != "acct_1"


def test_attack_45_a_transfer_to_a_disabled_maker_waits_and_is_made_once_it_may(standin, settings):
    settings.PAYOUT_DELAY_DAYS = 0
    maker = onboard(standin, factories.maker())
    part = bought(standin, factories.certified_product(maker)).order.maker_orders.get()
    ship(part)
    standin.hook("account", account=maker.stripe_account, enabled=False)
    assert fulfilment.release() == 0
    assert not standin.client.v1.transfers.list().data
    assert Transfer.objects.get().status == "requested"
    standin.hook("account", account=maker.stripe_account, enabled=True)
    assert fulfilment.release() == 1
    outbox.deliver()
    assert [made.amount for made in standin.client.v1.transfers.list().data] == [part.share_cents]
