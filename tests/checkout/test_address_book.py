"""A shopper's address book, and how checkout starts with it."""

import pytest

from tests import factories
from tests.fulfilment.shop import basket_with

pytestmark = pytest.mark.django_db
HOME = {
    "name": "Sam Field", "line1": "12 Spring St", "line2": "", "city": "Los Angeles", "state": "CA",
    "zip_code": "90012", "phone": "",
}  # fmt: skip
WORK = HOME | {"line1": "900 Mateo St", "zip_code": "90021"}


@pytest.fixture
def sam():
    return factories.person(email="sam@example.org")


@pytest.fixture
def book(client, sam):
    client.force_login(sam)
    return client


def add(book, address):
    assert book.post("/account/addresses/new/", address).status_code == 302


def test_the_first_is_the_one_to_start_with(book, sam):
    add(book, HOME)
    add(book, WORK)

    page = book.get("/account/addresses/").text
    assert page.index("12 Spring St") < page.index("900 Mateo St")
    assert sam.addresses.get(is_default_for_shipping=True).line1 == "12 Spring St"


def test_another_is_preferred_and_the_preferred_one_removed(book, sam):
    add(book, HOME)
    add(book, WORK)
    home, work = sam.addresses.order_by("pk")

    book.post(f"/account/addresses/{work.pk}/change/", {"prefer": "1"})
    assert list(sam.addresses.filter(is_default_for_shipping=True)) == [work]

    book.post(f"/account/addresses/{work.pk}/change/", {"remove": "1"})
    home.refresh_from_db()
    assert home.is_default_for_shipping


def test_a_slip_is_told_at_its_field_and_keeps_what_was_typed(book, sam):
    response = book.post("/account/addresses/new/", HOME | {"zip_code": "10001"})

    assert response.status_code == 422
    assert "is in New York" in response.text
    assert "12 Spring St" in response.text
    assert not sam.addresses.exists()


def test_the_same_twice_is_said(book, sam):
    add(book, HOME)

    response = book.post("/account/addresses/new/", HOME)

    assert response.status_code == 422
    assert "You have this address already." in response.text


def test_twenty_are_enough(book, sam):
    for number in range(20):
        add(book, HOME | {"line1": f"{number} Spring St"})

    assert "You have 20 addresses" in book.post("/account/addresses/new/", HOME | {"line1": "99 Spring St"}).text


def test_another_persons_is_not_found(client, book, sam):
    add(book, HOME)
    row = sam.addresses.get()
    client.force_login(factories.person(email="kim@example.org"))

    assert client.get(f"/account/addresses/{row.pk}/").status_code == 404
    assert client.post(f"/account/addresses/{row.pk}/", WORK).status_code == 404
    assert client.post(f"/account/addresses/{row.pk}/change/", {"remove": "1"}).status_code == 404
    row.refresh_from_db()
    assert row.line1 == "12 Spring St"


def test_checkout_starts_with_the_preferred_one_and_offers_the_others(book, sam):
    add(book, HOME)
    add(book, WORK)
    basket = basket_with(factories.certified_product())
    basket.owner = sam
    basket.save()

    page = book.get("/checkout/")
    assert page.context["form"]["line1"].value() == "12 Spring St"
    work = sam.addresses.get(line1="900 Mateo St")
    assert f"?address={work.pk}" in page.text

    assert book.get("/checkout/", {"address": work.pk}).context["form"]["line1"].value() == "900 Mateo St"
    assert book.get("/checkout/", {"address": "9" * 30}).status_code == 200


def test_checkout_shows_nobody_elses(book, client, sam):
    add(book, HOME)
    row = sam.addresses.get()
    kim = factories.person(email="kim@example.org")
    basket = basket_with(factories.certified_product())
    basket.owner = kim
    basket.save()
    client.force_login(kim)

    assert client.get("/checkout/", {"address": row.pk}).context["form"]["line1"].value() is None
