"""Staff find an order and read what became of it; nothing of it can be changed here or in Django's admin."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from catalog.order.models import Order
from marketplace.fulfilment import Shopper
from marketplace.shopdesk import orders as finding
from marketplace.users.admin_site import CHANGED_HERE, REMOVED_HERE
from tests import access, factories
from tests.factories import books, shopdesk
from tests.fulfilment.shop import basket_with, bought, place

pytestmark = pytest.mark.django_db
GUEST = Shopper(
    email="nora@example.org", name="Nora Ibáñez", line1="1 Elm St", city="Los Angeles", state="CA", zip_code="90012"
)


@pytest.fixture
def desk():
    return access.signed_in(shopdesk.shop_staff(), second_factor=True)


@pytest.fixture
def orders():
    piece = factories.certified_product(stock=9)
    person = factories.person("sam@example.org")
    return place(basket_with(piece, owner=person), user=person).order, place(basket_with(piece), shopper=GUEST).order


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("sam@example.org", [0]), ("NORA@example.org", [1]), ("ibáñ", [1]), ("nobody", []), ("nora@example", []),
        ("", [1, 0]),
    ],
)  # fmt: skip
def test_an_order_is_found_by_what_a_caller_knows(orders, words, wanted):
    assert list(finding.find(words=words)) == [orders[number] for number in wanted]


def test_a_number_is_found_however_it_is_typed(orders):
    assert list(finding.find(words=orders[0].number.lower())) == [orders[0]]
    assert list(finding.find(words=orders[0].number, status="paid")) == []


def test_the_list_goes_on_by_a_cursor_that_new_orders_do_not_move(orders, monkeypatch):
    monkeypatch.setattr(finding, "PER_PAGE", 1)
    first, after = finding.page_of(finding.find(), "")
    place(basket_with(factories.certified_product(stock=1)))
    assert finding.page_of(finding.find(), after) == ([orders[0]], "")
    assert first == [orders[1]]
    assert finding.page_of(finding.find(), "x²")[0] != [], "an odd cursor gives the first page"


def test_newest_is_what_was_placed_last_whenever_it_was_written_down(orders, monkeypatch):
    monkeypatch.setattr(finding, "PER_PAGE", 1)
    Order.objects.filter(pk=orders[1].pk).update(date_placed=orders[0].date_placed - timedelta(days=9))
    first, after = finding.page_of(finding.find(), "")
    assert first == [orders[0]]
    assert finding.page_of(finding.find(), after) == ([orders[1]], "")


def test_the_list_costs_the_same_however_long_it_is(desk, orders, django_assert_max_num_queries):
    desk.get("/dashboard/")
    with django_assert_max_num_queries(16):
        page = desk.get("/dashboard/").content.decode()
    assert orders[0].number in page
    assert "nora@example.org" in page


def test_an_order_shows_where_each_piece_is(standin, desk):
    order = bought(standin, factories.certified_product(title="Chore coat")).order
    page = desk.get(f"/dashboard/orders/{order.number}/").content.decode()
    for words in ("Chore coat", "To ship", "1 to ship", "sam@example.org", "200 N Spring St"):
        assert words in page
    assert reverse("books:order", args=[order.number]) not in page, "the books are for those who keep them"


def test_bookkeepers_with_both_rights_find_the_money_of_an_order(orders):
    both = access.signed_in(books.staff_with("order.view_order", "payments.view_ledgerentry"), second_factor=True)
    address = reverse("books:order", args=[orders[0].number])
    assert address in both.get(f"/dashboard/orders/{orders[0].number}/").content.decode()


def test_a_number_that_nobody_has_is_not_found(desk):
    assert desk.get("/dashboard/orders/LA-0000-0000/").status_code == 404


def test_the_admin_writes_nothing_but_people_and_rights(orders):
    """Whoever may do everything could else set an order to refunded, and no money would move."""
    boss, order = access.signed_in(factories.director(), second_factor=True), orders[0]
    page = boss.get(f"/admin/order/order/{order.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert boss.post(f"/admin/order/order/{order.pk}/change/", {"status": "refunded"}).status_code == 403
    assert boss.post(f"/admin/order/order/{order.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Order.objects.get(pk=order.pk).status == "pending"
    written = {
        model._meta.label for model in admin.site._registry
        if admin.site._registry[model].has_change_permission(boss.get("/admin/").wsgi_request)
    }  # fmt: skip
    assert written == CHANGED_HERE


@pytest.mark.parametrize("label", sorted(CHANGED_HERE | REMOVED_HERE))
def test_what_the_admin_may_write_exists(label):
    assert admin.site.is_registered(apps.get_model(label))


def test_a_lost_second_factor_is_removed_in_the_admin():
    boss, passkey = access.signed_in(factories.director(), second_factor=True), factories.passkey(factories.person())
    answer = boss.post(f"/admin/mfa/authenticator/{passkey.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    assert not type(passkey).objects.filter(pk=passkey.pk).exists()


def test_rights_are_given_in_the_admin():
    boss, user = access.signed_in(factories.director(), second_factor=True), factories.staff()
    page = boss.get(f"/admin/users/user/{user.pk}/change/").content.decode()
    assert 'name="groups"' in page
    assert 'name="_save"' in page
