"""Paying in a real browser: card form, 3-D Secure, a declined card, all under the site's content security policy."""

import shutil

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from catalog.order.models import Order
from marketplace import fulfilment
from marketplace.payments import customers
from marketplace.payments.models import Attempt
from tests import factories

from .steps import ADDRESS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]


@pytest.fixture
def page(migrated_data, live_server, standin, settings, monkeypatch):
    """A tab that fails the test on any script error or policy violation."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop makes Django believe that the test runs in an async context
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    complaints = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_context(base_url=live_server.url).new_page()
        tab.set_default_timeout(10_000)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        tab.complaints = complaints
        yield tab
        browser.close()
    assert [text for text in complaints if not any(word in text for word in ("402", "400", "410", "favicon"))] == []


def go_to_payment(page, piece, ready="Card number"):
    page.goto(piece.get_absolute_url())
    size = page.get_by_label("M", exact=True)
    if size.count():
        size.check(force=True)
    page.get_by_role("button", name="Add to bag").click()
    page.get_by_role("link", name="Check out").click()
    page.get_by_role("button", name="Go on to delivery").wait_for()
    for name, value in ADDRESS.items():
        field = page.locator(f"#id_{name}")
        if name == "email" and not field.count():
            continue  # known of who is signed in
        if name == "state":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Go on to delivery").click()
    page.get_by_role("button", name="Go on to payment").click()
    page.get_by_label(ready).first.wait_for()


def fill_card(page, number):
    page.get_by_label("Card number").fill(number)
    page.get_by_label("Expires").fill("12 / 40")
    page.get_by_label("Security code").fill("123")
    page.get_by_label("ZIP code").fill("90012")


def pay(page, number):
    fill_card(page, number)
    page.get_by_role("button", name="Pay $").click()


def test_a_card_pays_with_the_keyboard_alone(page):
    go_to_payment(page, factories.certified_product(price="48.00"))
    page.get_by_label("Card number").focus()
    for text in ("4242424242424242", "12 / 40", "123", "90012"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thank you").wait_for()
    assert Order.objects.get().status == "paid"


def test_a_declined_card_says_why_and_the_next_one_pays(page):
    go_to_payment(page, factories.certified_product())
    pay(page, "4000 0000 0000 9995")
    page.locator("#payment-message", has_text="insufficient funds").wait_for()
    pay(page, "4242 4242 4242 4242")
    page.get_by_role("heading", name="Thank you").wait_for()
    assert Order.objects.count() == 1


def test_an_incomplete_card_is_told_at_its_field(page):
    go_to_payment(page, factories.certified_product())
    page.get_by_label("Card number").fill("4242 4242 4242 4242")
    page.get_by_role("button", name="Pay $").click()
    assert page.get_by_label("Expires").get_attribute("aria-invalid") == "true"


@pytest.mark.parametrize("number", ["4000 0000 0000 3220", "4000 0027 6000 3184"])
def test_three_d_secure_is_completed_or_failed(page, number):
    go_to_payment(page, factories.certified_product())
    pay(page, number)
    page.get_by_role("button", name="Fail").click()
    page.get_by_text("The payment did not go through").wait_for()
    pay(page, number)
    page.get_by_role("button", name="Complete").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert Attempt.objects.get().status == "paid"


def sign_in(page, live_server, user):
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def test_a_saved_card_pays_the_next_order_and_is_removed(page, live_server):
    shopper = factories.person()
    sign_in(page, live_server, shopper)
    go_to_payment(page, factories.certified_product())
    fill_card(page, "5555 5555 5555 4444")
    page.get_by_label("Save this card for my next order").check()
    page.get_by_role("button", name="Pay $").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    go_to_payment(page, factories.certified_product(), ready="Mastercard ending in 4444")
    assert page.get_by_label("Mastercard ending in 4444", exact=False).first.is_checked()
    assert not page.get_by_label("Card number").is_visible()
    page.get_by_role("button", name="Pay $").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert [order.status for order in Order.objects.all()] == ["paid", "paid"]
    page.goto("/account/cards/")
    page.get_by_role("button", name="Remove").click()
    page.get_by_text("The card ending in 4444 was removed.").wait_for()
    assert customers.cards_of(user=shopper) == []


def test_a_saved_card_is_removed_in_the_card_form(page, live_server):
    shopper = factories.person()
    sign_in(page, live_server, shopper)
    go_to_payment(page, factories.certified_product())
    page.get_by_label("Save this card").check()
    pay(page, "4242 4242 4242 4242")
    page.get_by_role("heading", name="Thank you").wait_for()
    go_to_payment(page, factories.certified_product(), ready="Visa ending in 4242")
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Remove for good?").click()
    page.get_by_text("The card was removed.").wait_for()
    assert page.get_by_label("Card number").is_visible()
    assert customers.cards_of(user=shopper) == []


def test_guests_are_offered_no_saving(page):
    go_to_payment(page, factories.certified_product())
    assert page.get_by_label("Save this card").count() == 0


def test_a_wallet_pays_with_one_tap(page, standin):
    go_to_payment(page, factories.certified_product(price="48.00"))
    page.get_by_label("Test wallet").check()
    page.get_by_role("button", name="Pay $").click()
    sheet = page.get_by_role("dialog", name="Test wallet")
    sheet.get_by_role("button", name="Cancel").click()
    page.locator("#payment-message", has_text="Nothing was charged").wait_for()
    page.get_by_role("button", name="Pay $").click()
    sheet.get_by_role("button", name="Pay $").first.click()
    page.get_by_role("heading", name="Thank you").wait_for()
    charge = standin.client.v1.charges.list().data[0]
    assert charge.payment_method_details.card.wallet.type == "google_pay"


def test_a_wallet_may_ask_for_three_d_secure(page):
    go_to_payment(page, factories.certified_product())
    page.get_by_label("Test wallet").check()
    page.get_by_role("button", name="Pay $").click()
    page.get_by_role("dialog").get_by_role("button", name="with 3-D Secure").click()
    page.get_by_role("button", name="Complete").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert Order.objects.get().status == "paid"


DECLINES = [
    ("4000 0000 0000 0002", "Your card was declined.", "only your bank knows why"),
    ("4000 0000 0000 9987", "Your card was declined.", "only your bank knows why"),
    ("4000 0000 0000 0069", "Your card has expired.", "Check the date"),
    ("4000 0000 0000 0127", "security code is incorrect", "three digits"),
    ("4000 0000 0000 0119", "An error occurred while processing", "Wait a minute"),
    ("4000 0000 0000 6975", "too frequently", "raise the limit"),
]


def test_every_decline_says_what_to_do(page):
    go_to_payment(page, factories.certified_product())
    for number, happened, to_do in DECLINES:
        pay(page, number)
        page.locator("#payment-message", has_text=to_do).filter(has_text=happened).wait_for()
    pay(page, "4242 4242 4242 4242")
    page.get_by_role("heading", name="Thank you").wait_for()


def test_paying_after_time_ran_out_is_explained(page):
    go_to_payment(page, factories.certified_product(stock=1))
    fulfilment.expire(attempt_id=Attempt.objects.get().pk)
    pay(page, "4242 4242 4242 4242")
    page.get_by_role("heading", name="Time ran out").wait_for()
    page.get_by_role("button", name="Back to the bag").click()
    page.get_by_role("link", name="Check out").wait_for()


def test_paying_in_two_tabs_pays_once(page, standin):
    go_to_payment(page, factories.certified_product(stock=1))
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Card number").wait_for()
    for tab in (page, other):
        pay(tab, "4242 4242 4242 4242")
        tab.get_by_role("heading", name="Thank you").wait_for()
    assert len(standin.client.v1.charges.list().data) == 1


def test_going_back_from_payment_keeps_bag_and_address(page):
    piece = factories.certified_product(title="Indigo jacket", stock=1)
    go_to_payment(page, piece)
    page.get_by_role("button", name="Change the order instead").click()
    page.get_by_role("link", name="Indigo jacket").wait_for()
    page.goto(reverse("checkout:index"))
    assert page.locator("#id_line1").input_value() == ADDRESS["line1"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_is_accessible(page, scheme):
    from axe_playwright_python.sync_playwright import Axe

    def look(where):
        before = list(page.complaints)
        found = Axe().run(page, "main").response["violations"]
        page.complaints[:] = before  # axe itself tries inline styles, which the policy refuses
        assert [(item["id"], [node["target"] for node in item["nodes"]]) for item in found] == [], where

    page.emulate_media(color_scheme=scheme)
    bad, good = factories.certified_product(stock=3), factories.certified_product()
    for piece in (bad, good):
        page.goto(piece.get_absolute_url())
        page.get_by_label("M", exact=True).check(force=True)
        page.get_by_role("button", name="Add to bag").click()
        page.get_by_role("dialog", name="Your bag").wait_for()
    factories.end_certificates(bad)
    page.goto(reverse("basket:summary"))
    look("bag")
    page.get_by_role("button", name="Take these out").click()
    page.get_by_role("link", name="Check out").click()
    look("address")
    for name, value in ADDRESS.items():
        field = page.locator(f"#id_{name}")
        _ = field.select_option(value) if name == "state" else field.fill(value)
    page.get_by_role("button", name="Go on to delivery").click()
    look("delivery")
    page.get_by_role("button", name="Go on to payment").click()
    page.get_by_label("Card number").wait_for()
    look("payment")
    pay(page, "4000 0000 0000 3220")
    page.get_by_role("button", name="Complete").wait_for()
    look("3-D Secure")
    page.get_by_role("button", name="Complete").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    look("done")
