"""From bag to paid: every step, every slip, every change on the way."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import stripe
from django.core import mail
from django.test import Client
from django.urls import reverse

from catalog.basket.models import Line
from catalog.order.models import Order
from marketplace import fulfilment
from marketplace.core import clock, outbox
from marketplace.payments.models import Attempt
from tests import factories

from .steps import ADDRESS, add, buy, choose_delivery, confirm, give_address, page, seen_on, to_payment

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_a_guest_buys_from_two_makers(client, standin):
    first = factories.certified_product(price="48.00", title="Indigo jacket")
    second = factories.certified_product(price="20.00", title="Linen scarf")
    attempt = to_payment(client, first, second)
    shown = page(client, "payment", attempt)
    assert "Pay $89.63" in text(shown)
    assert attempt.amount_cents == 4800 + 468 + 2000 + 195 + 2 * 750
    attempt.refresh_from_db()
    assert attempt.client_secret in text(shown)
    confirm(standin, attempt)
    done = page(client, "return", attempt, follow=True)
    assert done.redirect_chain[-1][0] == reverse("checkout:done", args=[attempt.pk])
    for words in ("Thank you", attempt.order.number, "Indigo jacket", "Certified when you ordered", "Make an account"):
        assert words in text(done)
    assert Order.objects.get().status == "paid"
    outbox.deliver()
    assert len(mail.outbox) == 3
    assert not Line.objects.filter(basket__status="Open").exists()


def test_a_signed_in_shopper_gives_no_email_and_finds_the_order(client, standin):
    user = factories.person("ana@example.org")
    client.force_login(user)
    attempt = buy(client, standin, factories.certified_product())
    assert (attempt.user, attempt.order.user, attempt.order.guest_email) == (user, user, "")
    assert attempt.order.number in text(client.get(reverse("account:home")))
    assert client.get(reverse("account:order", args=[attempt.order.number])).status_code == 200
    client.force_login(factories.person())
    assert client.get(reverse("account:order", args=[attempt.order.number])).status_code == 404
    assert attempt.order.number not in text(client.get(reverse("account:home")))


def test_the_next_time_the_address_is_known(client, standin):
    client.force_login(factories.person())
    buy(client, standin, factories.certified_product())
    add(client, factories.certified_product())
    assert "200 N Spring St" in text(client.get(reverse("checkout:index")))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "", "Enter your e-mail"),
        ("email", "sam@", "name@example.com"),
        ("email", "a@b.co\nbcc: x@y.co", "name@example.com"),
        ("name", "", "Enter your full name"),
        ("name", "x" * 121, "at most 120"),
        ("line1", "", "Enter the street"),
        ("line1", "a\x00b", "Null characters"),
        ("city", "", "Enter the city"),
        ("state", "", "Choose the state"),
        ("state", "ZZ", "Select a valid choice"),
        ("zip_code", "9001", "five digits"),
        ("zip_code", "90012-", "five digits"),
        ("zip_code", "٩٠٠١٢", "five digits"),
        ("zip_code", "10001", "is in New York"),
        ("phone", "call me", "phone number"),
    ],
)
def test_a_slip_in_the_address_is_told_at_the_field_and_nothing_typed_is_lost(client, field, value, words):
    add(client, factories.certified_product())
    response = give_address(client, **{field: value})
    assert response.status_code == 422
    assert words in text(response)
    assert 'aria-describedby="id_' + field in text(response) or f'id="id_{field}_error"' in text(response)
    for name, kept in ADDRESS.items():
        if name != field and kept and name != "state":
            assert kept in text(response), name
    assert "200 N Spring St" in text(client.get(reverse("checkout:index"))) or field == "line1"
    assert client.get(reverse("checkout:delivery")).status_code == 302


def test_steps_can_not_be_skipped(client):
    for name in ("index", "delivery"):
        assert client.get(reverse(f"checkout:{name}"))["Location"] == reverse("basket:summary")
    add(client, factories.certified_product())
    assert client.get(reverse("checkout:delivery"))["Location"] == reverse("checkout:index")


def test_delivery_shows_cost_and_promised_day_and_remembers_the_choice(client):
    maker = factories.maker(offers_pickup=True)
    add(client, factories.certified_product(maker, price="100.00"))
    give_address(client, state="NY", zip_code="10001", city="New York")
    shown = text(client.get(reverse("checkout:delivery")))
    for words in ("$7.50", "ships by", "ready by", "$107.50"):
        assert words in shown
    choose_delivery(client, **{f"delivery-{maker.pk}": "pickup", "update": "1"})
    assert "$109.75" in text(client.get(reverse("checkout:delivery")))
    choose_delivery(client, **{f"delivery-{maker.pk}": "pickup"})
    assert Attempt.objects.get().amount_cents == 10_975


def test_an_unknown_way_of_delivery_is_the_parcel(client):
    piece = factories.certified_product()
    add(client, piece)
    give_address(client)
    choose_delivery(client, **{f"delivery-{piece.maker_id}": "drone" * 50})
    assert Attempt.objects.get().snapshot["parts"][0]["delivery"] == "parcel"


def change_price(piece):
    factories.variant_of(piece).stockrecords.update(price=Decimal("60.00"))


def change_shipping(piece):
    piece.maker.shipping_profiles.update(cents=1900)


@pytest.mark.parametrize("change", [change_price, change_shipping])
def test_a_change_of_price_or_shipping_is_shown_before_anything_is_held(client, change):
    piece = factories.certified_product(price="48.00")
    add(client, piece)
    give_address(client)
    seen = seen_on(client.get(reverse("checkout:delivery")))
    change(piece)
    response = choose_delivery(client, seen)
    assert response.status_code == 409
    assert "Something changed" in text(response)
    assert not Order.objects.exists()
    assert choose_delivery(client, seen_on(response)).status_code == 302


def sold(piece):
    factories.variant_of(piece).stockrecords.update(num_in_stock=0)


def fewer(piece):
    factories.variant_of(piece).stockrecords.update(num_in_stock=1)


def uncertified(piece):
    factories.end_certificates(piece, "suspended")


def closed(piece):
    type(piece.maker).objects.filter(pk=piece.maker_id).update(is_open=False)


@pytest.mark.parametrize(
    ("change", "words"),
    [(sold, "Just sold"), (fewer, "is left"), (uncertified, "Not certified now"), (closed, "taking a break")],
)
def test_what_became_unavailable_is_named_and_the_rest_is_kept(client, change, words):
    bad, good = factories.certified_product(title="Linen dress", stock=5), factories.certified_product()
    add(client, bad, quantity=2)
    add(client, good)
    give_address(client)
    seen = seen_on(client.get(reverse("checkout:delivery")))
    change(bad)
    response = choose_delivery(client, seen)
    assert response.status_code == 409
    for expected in (words, "Linen dress", "Nothing was charged"):
        assert expected in text(response)
    assert not Order.objects.exists()
    client.post(reverse("basket:tidy"), {"next": reverse("checkout:delivery")})
    assert choose_delivery(client).status_code == 302
    assert Order.objects.count() == 1


def test_a_bag_emptied_in_another_tab(client):
    add(client, factories.certified_product())
    give_address(client)
    seen = seen_on(client.get(reverse("checkout:delivery")))
    Line.objects.all().delete()
    assert choose_delivery(client, seen)["Location"] == reverse("basket:summary")


def test_going_to_payment_twice_is_one_attempt(client):
    attempt = to_payment(client, factories.certified_product())
    assert client.get(reverse("checkout:delivery"))["Location"] == reverse("checkout:payment", args=[attempt.pk])
    assert Attempt.objects.count() == 1


def test_another_tabs_bag_does_not_touch_the_payment(client, standin):
    attempt = to_payment(client, factories.certified_product(price="48.00"))
    add(client, factories.certified_product(price="500.00"))
    page(client, "payment", attempt)
    confirm(standin, attempt)
    page(client, "return", attempt)
    attempt.refresh_from_db()
    assert (attempt.status, attempt.amount_cents) == ("paid", 6018)
    assert Line.objects.filter(basket__status="Open").count() == 1


def test_the_payment_page_may_talk_to_stripe_and_other_pages_may_not(client, standin, settings):
    attempt = to_payment(client, factories.certified_product())
    shown = page(client, "payment", attempt)
    assert standin.url in shown["Content-Security-Policy"]
    assert "unsafe-inline" not in shown["Content-Security-Policy"]
    assert "no-store" in shown["Cache-Control"]
    assert "<noscript>" in text(shown)
    assert standin.url not in client.get(reverse("basket:summary"))["Content-Security-Policy"]


def test_a_declined_card_returns_to_the_form_with_the_reason(client, standin):
    attempt = to_payment(client, factories.certified_product())
    page(client, "payment", attempt)
    with pytest.raises(stripe.CardError):
        confirm(standin, attempt, "pm_card_visa_chargeDeclinedInsufficientFunds")
    shown = page(client, "return", attempt, follow=True)
    assert "insufficient funds" in text(shown)
    confirm(standin, attempt)
    assert "Thank you" in text(page(client, "return", attempt, follow=True))


def test_a_forged_return_pays_nothing(client, standin):
    attempt = to_payment(client, factories.certified_product())
    page(client, "payment", attempt)
    client.get(
        reverse("checkout:return", args=[attempt.pk]),
        {"redirect_status": "succeeded", "payment_intent": standin.paid().id},
    )
    attempt.refresh_from_db()
    assert attempt.status == "open"


def test_a_payment_still_processing_waits_and_is_not_called_failed(client, standin):
    standin.hook("processing", seconds=3600)
    attempt = to_payment(client, factories.certified_product())
    page(client, "payment", attempt)
    confirm(standin, attempt)
    response = page(client, "return", attempt)
    assert response.status_code == 202
    assert "do not pay again" in text(response)


def test_an_outage_after_paying_is_not_called_failed(client, standin, settings):
    attempt = to_payment(client, factories.certified_product())
    page(client, "payment", attempt)
    confirm(standin, attempt)
    settings.STRIPE_API_ADDRESS = "http://127.0.0.1:9"
    assert page(client, "return", attempt).status_code == 202


def test_an_outage_before_paying_keeps_the_order(client, standin, settings):
    attempt = to_payment(client, factories.certified_product())
    right, settings.STRIPE_API_ADDRESS = settings.STRIPE_API_ADDRESS, "http://127.0.0.1:9"
    response = page(client, "payment", attempt)
    assert response.status_code == 503
    assert "be reached right now" in text(response)
    settings.STRIPE_API_ADDRESS = right
    assert page(client, "payment", attempt).status_code == 200


@pytest.mark.parametrize("name", ["payment", "return", "done"])
def test_somebody_elses_payment_is_not_found(client, standin, name):
    attempt = to_payment(client, factories.certified_product())
    stranger = Client()
    assert page(stranger, name, attempt).status_code == 404
    stranger.force_login(factories.person())
    assert page(stranger, name, attempt).status_code == 404
    assert stranger.post(reverse("checkout:back", args=[attempt.pk])).status_code == 404
    assert stranger.get(reverse(f"checkout:{name}", args=[uuid4()])).status_code == 404


def test_a_shopper_sees_the_own_payment_from_another_device(client, standin):
    user = factories.person()
    client.force_login(user)
    attempt = to_payment(client, factories.certified_product())
    phone = Client()
    phone.force_login(user)
    assert page(phone, "payment", attempt).status_code == 200


def test_changing_the_order_instead_brings_the_bag_back(client, standin):
    piece = factories.certified_product(stock=1)
    attempt = to_payment(client, piece)
    page(client, "payment", attempt)
    response = client.post(reverse("checkout:back", args=[attempt.pk]), follow=True)
    assert "Nothing was charged" in text(response)
    assert piece.title in text(response)
    with pytest.raises(stripe.InvalidRequestError):
        confirm(standin, attempt)
    again = choose_delivery(client)
    assert again.status_code == 302
    assert Attempt.objects.count() == 2


def test_changing_the_order_after_paying_is_too_late_and_says_thanks(client, standin):
    attempt = to_payment(client, factories.certified_product())
    page(client, "payment", attempt)
    confirm(standin, attempt)
    response = client.post(reverse("checkout:back", args=[attempt.pk]), follow=True)
    assert "Thank you" in text(response)


def test_when_time_ran_out_the_bag_comes_back(client, standin):
    piece = factories.certified_product(stock=1)
    attempt = to_payment(client, piece)
    Attempt.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    response = page(client, "payment", attempt)
    assert (response.status_code, "Time ran out" in text(response)) == (410, True)
    assert piece.title in text(client.post(reverse("checkout:back", args=[attempt.pk]), follow=True))


@pytest.mark.parametrize("swept", [True, False])
def test_a_payment_left_alone_is_offered_back_in_the_bag(client, standin, swept):
    piece = factories.certified_product(stock=1)
    attempt = to_payment(client, piece)
    Attempt.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    if swept:
        fulfilment.sweep()
    assert "ran out" in text(client.get(reverse("basket:summary")))
    assert "ran out" not in text(Client().get(reverse("basket:summary")))
    shown = client.post(reverse("checkout:back", args=[attempt.pk]), follow=True)
    assert piece.title in text(shown)
    assert "ran out" not in text(shown)


def test_what_was_paid_in_the_last_moment_is_never_called_unpaid(client, standin, settings):
    attempt = to_payment(client, factories.certified_product())
    page(client, "payment", attempt)
    confirm(standin, attempt)
    Attempt.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    right, settings.STRIPE_API_ADDRESS = settings.STRIPE_API_ADDRESS, "http://127.0.0.1:9"
    assert page(client, "payment", attempt).status_code == 202
    settings.STRIPE_API_ADDRESS = right
    assert "Thank you" in text(page(client, "payment", attempt, follow=True))


@pytest.mark.parametrize(("price", "shipping"), [("0.10", 0), ("999999.00", 750)])
def test_a_sum_that_can_not_be_paid_at_once_is_said(client, price, shipping):
    maker = factories.maker(profile={"cents": shipping})
    add(client, factories.certified_product(maker, price=price), quantity=1)
    give_address(client)
    assert choose_delivery(client)["Location"] == reverse("basket:summary")
    assert not Order.objects.exists()


def test_a_waiting_payment_is_offered_in_the_bag(client):
    attempt = to_payment(client, factories.certified_product())
    shown = text(client.get(reverse("basket:summary")))
    assert reverse("checkout:payment", args=[attempt.pk]) in shown


def test_a_payment_that_can_not_be_fulfilled_is_explained(client, standin):
    piece = factories.certified_product()
    attempt = to_payment(client, piece)
    page(client, "payment", attempt)
    confirm(standin, attempt)
    closed(piece)
    shown = text(page(client, "return", attempt, follow=True))
    assert "We return your payment" in shown
    outbox.deliver()
    assert [letter.to for letter in mail.outbox] == [["sam@example.org"]]
    assert standin.client.v1.refunds.list().data[0].amount == attempt.amount_cents


def test_in_spanish_the_order_keeps_its_language(client, standin):
    add(client, factories.certified_product())
    client.post("/es/checkout/", ADDRESS)
    address = "/es/checkout/delivery/"
    client.post(address, {"seen": seen_on(client.get(address))})
    assert Order.objects.get().language == "es"


def test_no_inline_script_or_style_on_any_page(client, standin):
    attempt = to_payment(client, factories.certified_product())
    add(client, factories.certified_product())
    pages = [reverse("basket:summary"), reverse("checkout:index"), reverse("checkout:delivery")]
    for address in [*pages, reverse("checkout:payment", args=[attempt.pk])]:
        shown = text(client.get(address))
        assert " style=" not in shown
        assert "<style" not in shown
        assert "<script>" not in shown
        assert shown.count("<h1") == 1, address
