"""A maker sees and ships its own parts of orders, and nothing of anybody else's."""

import pytest
from django.urls import reverse

from tests import factories
from tests.fulfilment.shop import basket_with, bought, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(standin):
    first = factories.certified_product(title="Indigo jacket")
    second = factories.certified_product(title="Linen scarf")
    return bought(standin, first, second).order


def text(response):
    return response.content.decode()


def enter(client, part):
    client.force_login(factories.owner_of(part.maker))
    return reverse("studio:order", args=[part.pk])


def test_the_list_and_the_page_show_the_own_part_alone(client, order):
    part = order.maker_orders.order_by("pk").first()
    address = enter(client, part)
    for shown in (text(client.get(reverse("studio:orders"))), text(client.get(address))):
        assert "Indigo jacket" in shown
        assert "Linen scarf" not in shown
    assert "200 N Spring St" in text(client.get(address))


def test_another_makers_part_is_404_for_reading_and_shipping(client, order):
    first, second = order.maker_orders.order_by("pk")
    enter(client, first)
    address = reverse("studio:order", args=[second.pk])
    fields = {"carrier": "USPS", "tracking_number": "94001000"}
    assert client.get(address).status_code == 404
    assert client.post(address, fields).status_code == 404
    second.refresh_from_db()
    assert second.status == "to_ship"


@pytest.mark.parametrize("who", ["shopper", "nobody"])
def test_people_without_a_maker_do_not_get_in(client, order, who):
    if who == "shopper":
        client.force_login(factories.person())
    address = reverse("studio:order", args=[order.maker_orders.first().pk])
    assert client.get(address).status_code == 302
    assert client.post(address, {}).status_code in (302, 404)


def test_shipping_needs_carrier_and_number_and_happens_once(client, order):
    part = order.maker_orders.order_by("pk").first()
    address = enter(client, part)
    wrong = client.post(address, {"carrier": "", "tracking_number": "<>"})
    assert wrong.status_code == 422
    assert "&lt;&gt;" in text(wrong)
    assert client.post(address, {"carrier": "Pigeon", "tracking_number": "94001000"}).status_code == 422
    for _ in range(2):
        client.post(address, {"carrier": "USPS", "tracking_number": "9400 1000 0000 0000 0000 00"})
    part.refresh_from_db()
    assert part.status == "shipped"
    assert part.parcels.count() == 1
    assert "9400 1000 0000 0000 0000 00" in text(client.get(address))
    assert "Indigo jacket" in text(client.get(reverse("studio:orders"), {"show": "shipped"}))


@pytest.mark.parametrize("query", ["show=nonsense", "page=0", "page=x", "page=99999999999", "show=all&page=-1"])
def test_odd_addresses_give_the_list(client, order, query):
    enter(client, order.maker_orders.first())
    assert client.get(f"{reverse('studio:orders')}?{query}").status_code == 200


def test_unpaid_parts_are_not_shown(client):
    piece = factories.certified_product()
    part = place(basket_with(piece)).order.maker_orders.get()
    assert client.get(enter(client, part)).status_code == 404
    assert "LA-" not in text(client.get(reverse("studio:orders"))).split("<h1>")[1].split("</main>")[0]


def test_payouts_are_set_up_at_stripe_and_not_believed_from_the_address(client, standin):
    maker = factories.maker()
    factories.show_second_factor(client, factories.owner_of(maker))
    address = reverse("studio:payouts")
    assert "Set up payouts" in text(client.get(address))
    started = text(client.post(address))
    assert f"{standin.url}/connect/onboard/" in started
    assert "Tell Stripe where to pay you" in text(client.get(address, {"ready": "1", "account": "acct_forged"}))
    maker.refresh_from_db()
    standin.hook("account", account=maker.stripe_account, enabled=True)
    assert "is ready" in text(client.get(address))


def test_payouts_say_when_stripe_can_not_be_asked(client, standin, settings):
    from makers.models import Maker

    maker = factories.maker()
    Maker.objects.filter(pk=maker.pk).update(stripe_account="acct_1")
    client.force_login(factories.owner_of(maker))
    settings.STRIPE_API_ADDRESS = "http://127.0.0.1:9"
    shown = client.get(reverse("studio:payouts"))
    assert shown.status_code == 200
    assert "be asked right now" in text(shown)


def test_staff_of_a_maker_who_are_no_owners_can_not_set_up_payouts(client, standin):
    from makers.services import add_member

    maker = factories.maker()
    helper = factories.person()
    add_member(user=factories.owner_of(maker), maker=maker, member=helper)
    client.force_login(helper)
    assert client.post(reverse("studio:payouts")).status_code == 404
