"""A person's own data: a file of everything, orders placed as a guest, closing the account."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client

from catalog.checkout.address_book import keep_address
from catalog.order.models import Order
from catalog.search.models import SavedSearch
from makers.models import Membership
from marketplace.aftersale import reviews
from marketplace.aftersale.access import as_shopper, key_of
from marketplace.aftersale.models import Message
from marketplace.core import clock
from marketplace.core.models import OutboxMessage
from marketplace.payments.customer_model import Customer
from marketplace.privacy import closing, export
from marketplace.privacy.claiming import claim_orders, guest_orders_of
from marketplace.privacy.models import LeftOrder
from marketplace.users.models import User
from marketplace.users.services import create_user
from marketplace.wishes.models import Favorite, StockAlert
from tests import factories
from tests.fulfilment.shop import bought

pytestmark = pytest.mark.django_db
ADDRESS = {
    "name": "Sam Field", "line1": "12 Spring St", "line2": "", "city": "Los Angeles", "state": "CA",
    "zip_code": "90012", "phone": "",
}  # fmt: skip

# Rows of these say that somebody of the staff, an editor or a maker acted; who did stands in the trail's section,
# or belongs to the business and not to the person. The rest are tables of Oscar and Wagtail that stay empty here.
OF_THE_WORK = {
    "training", "certification", "tax", "duties", "imports", "stories", "wagtailusers", "wagtaildocs", "wagtailimages",
    "wagtailadmin", "wagtailcore", "admin", "wagtail_localize",
}  # fmt: skip
EMPTY_HERE = {
    "analytics",
    "reviews",
    "communication",
    "payment",
    "offer",
    "customer",
    "voucher",
    "wishlists",
}
SHOWN = {
    "makers.Membership", "makers.HandOver", "payments.Customer", "payments.Attempt", "terms.TermsAcceptance",
    "aftersale.Message", "wishes.Favorite", "address.UserAddress", "basket.Basket", "order.Order",
    "search.SavedSearch", "account.EmailAddress", "mfa.Authenticator",
}  # fmt: skip
BY_STAFF = {
    "payments.Voucher", "payments.Refund", "payments.Dispute", "payments.FeeTerm", "aftersale.ReturnChange",
    "aftersale.FalseClaim", "aftersale.Review", "order.Parcel", "order.TrackingChange", "order.DelayNotice",
    "order.PartStatusChange", "order.OrderNote", "partner.StockChange", "partner.Partner",
}  # fmt: skip


@pytest.fixture
def sam():
    return create_user(email="sam@example.org", password="a long enough word", name="Sam Field")


@pytest.fixture
def order(standin, sam):
    order = bought(standin, factories.certified_product(title="Coat")).order
    Order.objects.filter(pk=order.pk).update(user=sam, guest_email="")
    order.refresh_from_db()
    return order


def signed_in(client, user):
    """As after typing the password a moment ago."""
    client.force_login(user)
    assert client.post("/account/reauthenticate/", {"password": "a long enough word"}).status_code == 302
    return client


def test_every_table_about_a_person_is_in_the_file_or_named_here():
    tables = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is get_user_model()
    }
    left = {name for name in tables if name.split(".")[0] not in OF_THE_WORK | EMPTY_HERE} - SHOWN - BY_STAFF
    assert left == set()


class TestFile:
    def test_holds_what_the_person_left_here(self, client, sam, order):
        piece = order.lines.get().product.parent
        Favorite.objects.create(user=sam, product=piece)
        StockAlert.objects.create(
            email=sam.email, language="en", variant=order.lines.get().product, asked_at=clock.now()
        )
        Message.objects.create(
            part=order.maker_orders.get(), side="shopper", author=sam, text="Is it warm?", at=clock.now()
        )
        keep_address(user=sam, cleaned=ADDRESS)

        response = signed_in(client, sam).get("/account/data/file/")

        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment")
        assert "no-store" in response["Cache-Control"]
        file = json.loads(response.content)
        assert file["you"][0]["email"] == "sam@example.org"
        assert file["orders"][0]["number"] == order.number
        assert file["orders"][0]["pieces"][0]["title"] == "Coat"
        assert file["messages"][0]["text"] == "Is it warm?"
        assert file["favorites"][0]["product__title"] == "Coat"
        assert file["waiting_for_stock"][0]["email"] == "sam@example.org"
        assert "12 Spring St" in file["address_book"][0]["address"]
        assert set(file) == {"made_at", *export.SECTIONS}

    def test_holds_nothing_of_others(self, sam, order):
        other = create_user(email="kim@example.org", password="a long enough word")

        assert "Coat" not in json.dumps(export.everything_about(other), default=str)

    def test_asks_for_the_password_again(self, client, sam):
        client.force_login(sam)

        assert client.get("/account/data/file/")["Location"].startswith("/account/reauthenticate/")


class TestClaiming:
    def test_orders_of_a_proven_address_come_in(self, standin, client):
        order = bought(standin, factories.certified_product()).order
        person = create_user(email=order.guest_email.upper(), password="a long enough word")
        client.force_login(person)
        guests = as_shopper(order).url()
        assert client.get(guests).status_code == 200

        for page in ("/account/data/", "/account/"):
            assert "1 order placed without the account" in client.get(page).text
        assert client.post("/account/data/guest-orders/").status_code == 302

        assert client.get(f"/account/orders/{order.number}/").status_code == 200
        assert client.get(guests)["Location"] == f"/account/orders/{order.number}/"
        assert "/account/login/" in Client().get(guests, follow=True).redirect_chain[-1][0]
        assert Client().get(guests.replace(guests[-9:-1], "0" * 8)).status_code == 404

    def test_an_address_that_is_not_proven_claims_nothing(self, standin):
        order = bought(standin, factories.certified_product()).order
        person = create_user(email="kim@example.org", password="a long enough word")
        EmailAddress.objects.create(user=person, email=order.guest_email, verified=False)

        assert not guest_orders_of(person)
        assert claim_orders(user=person) == 0

    def test_the_orders_of_another_account_stay_there(self, sam, order):
        Order.objects.filter(pk=order.pk).update(guest_email="kim@example.org")
        person = create_user(email="kim@example.org", password="a long enough word")

        assert claim_orders(user=person) == 0


class TestClosing:
    def test_takes_the_person_away_and_leaves_the_order_to_its_letters(self, client, sam, order):
        Favorite.objects.create(user=sam, product=order.lines.get().product.parent)
        SavedSearch.objects.create(user=sam, query="q=coat", language="en", told_until=clock.now())
        Customer.objects.create(user=sam, customer_id="cus_1")
        keep_address(user=sam, cleaned=ADDRESS)
        signed_in(client, sam)

        response = client.post("/account/data/close/", {"email": "SAM@example.org"})

        assert response.status_code == 302
        assert client.get("/account/").status_code == 302
        sam.refresh_from_db()
        assert (sam.email, sam.name, sam.is_active) == (f"closed-{sam.pk}@account.invalid", "", False)
        assert not sam.favorites.exists()
        assert not sam.saved_searches.exists()
        assert not sam.addresses.exists()
        order.refresh_from_db()
        assert (order.user, order.guest_email) == (None, "sam@example.org")
        assert client.get(f"/orders/{order.number}/{key_of(order)}/").status_code == 200
        assert OutboxMessage.objects.get(topic="privacy.forget_cards").payload == {"customer": "cus_1"}

    def test_the_address_is_free_for_a_new_account_that_finds_nothing(self, sam, order):
        closing.close_account(user=sam)
        again = create_user(email="sam@example.org", password="a long enough word")

        assert claim_orders(user=again) == 0

    def test_another_address_closes_nothing(self, client, sam):
        response = signed_in(client, sam).post("/account/data/close/", {"email": "kim@example.org"})

        assert response.status_code == 422
        assert "not the address of this account" in response.text
        assert User.objects.get(pk=sam.pk).is_active

    def test_an_owner_hands_the_business_over_first(self):
        owner = factories.owner_of(factories.maker())

        with pytest.raises(ValidationError, match="Hand it over"):
            closing.close_account(user=owner)
        assert Membership.objects.filter(user=owner).exists()

    def test_staff_do_not_close_themselves(self):
        with pytest.raises(ValidationError, match="director"):
            closing.close_account(user=factories.staff())

    def test_a_review_stays_without_its_name(self, client, sam, order):
        line = order.lines.get()
        reviews.Review.objects.create(
            line=line, product=line.product.parent, name="Sam F.", stars=5, text="Warm.", written_at=clock.now()
        )
        closing.close_account(user=sam)

        page = client.get(line.product.parent.get_absolute_url()).text
        assert "Warm." in page
        assert "Sam F." not in page
        assert "A buyer" in page

    def test_after_the_tax_years_the_order_forgets_who_it_was(self, sam, order):
        Message.objects.create(
            part=order.maker_orders.get(), side="shopper", author=sam, text="I live on the hill", at=clock.now()
        )
        closing.close_account(user=sam)
        left = LeftOrder.objects.get(order=order)
        assert left.erase_on == date(clock.today().year + 5, 1, 1)

        with clock.at(clock.start_of(left.erase_on) - timedelta(seconds=1)):
            assert closing.erase_due() == 0
        with clock.at(clock.start_of(left.erase_on)):
            assert closing.erase_due() == 1
            assert closing.erase_due() == 0

        order = Order.objects.select_related("shipping_address", "attempt").get(pk=order.pk)
        kept = json.dumps([order.attempt.snapshot, order.shipping_address.active_address_fields(), order.guest_email])
        assert "sam@example.org" not in kept
        assert "Spring" not in kept
        assert order.shipping_address.postcode
        assert order.attempt.snapshot["total"] == order.attempt.amount_cents
        assert Message.objects.get().text == "–"
        assert order.total_incl_tax > Decimal(0)

    def test_cards_are_taken_off_at_stripe(self, standin, sam):
        from marketplace.payments import gateway

        customer = gateway.create_customer(email=sam.email, name="Sam", metadata={}, idempotency_key="one")
        closing.forget_cards({"customer": customer})

        assert gateway.payment_methods_of(customer) == []


class TestAlerts:
    def test_are_listed_and_ended(self, client, sam, order):
        row = StockAlert.objects.create(
            email=sam.email, language="en", variant=order.lines.get().product, asked_at=clock.now()
        )
        client.force_login(sam)
        assert "Coat" in client.get("/account/alerts/").text

        client.post(f"/account/alerts/{row.pk}/forget/")

        assert not StockAlert.objects.exists()

    def test_those_of_others_are_left_alone(self, client, sam, order):
        row = StockAlert.objects.create(
            email="kim@example.org", language="en", variant=order.lines.get().product, asked_at=clock.now()
        )
        client.force_login(sam)

        assert client.post(f"/account/alerts/{row.pk}/forget/").status_code == 404
        assert StockAlert.objects.exists()


def test_who_has_no_password_is_not_locked_out_of_the_own_data(client, standin):
    """Whoever signs in by a code from a letter has nothing else to show again; the session is the proof."""
    user = create_user(email="kim@example.org", password="x")
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    response = client.get("/account/data/file/", follow=True)

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
