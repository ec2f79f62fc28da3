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
        client.post(address, {"carrier": "USPS", "tracking_number": "9400 1000"})
    part.refresh_from_db()
    assert part.status == "shipped"
    assert part.parcels.count() == 1
    assert "9400 1000" in text(client.get(address))
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
