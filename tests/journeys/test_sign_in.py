"""Three ways through the door: a passkey, a code from a letter, and what a maker proves before Stripe."""

import re

from django.core import mail

from tests import factories

from .test_the_whole_path import sign_in

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_authenticator(page):
    """A device that keeps passkeys and knows its owner's finger; returns what can be asked of it."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return device, made["authenticatorId"]


def add_passkey(page, name):
    page.goto("/account/2fa/")
    page.locator("main").get_by_role("link", name="Add a passkey").click()
    prove_password(page)
    page.get_by_label("Name of the passkey").fill(name)
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_text("The passkey was added.").wait_for()


def prove_password(page):
    page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    page.locator("main").get_by_role("button", name="Confirm").click()


def sign_out(page):
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url(lambda url: "/logout/" not in url)


def test_a_passkey_is_added_used_renamed_and_removed(someone):
    user = factories.person()
    with someone(phone=True) as page:
        with_authenticator(page)
        sign_in(page, user.email, factories.PASSWORD)
        add_passkey(page, "My phone")
        sign_out(page)
        page.goto("/account/login/?next=/account/cards/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(lambda url: url.endswith("/account/cards/") and "/login/" not in url)
        page.goto("/account/2fa/webauthn/")
        page.get_by_role("link", name="Rename My phone").click()
        page.get_by_role("button", name="Use a passkey").click()
        page.get_by_label("Name of the passkey").fill("Blue phone")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Remove Blue phone").click()
        page.get_by_role("button", name="Remove").click()
        page.get_by_text("You have no passkey yet.").wait_for()
    assert not user.authenticator_set.exists()


def test_a_passkey_that_does_not_open_is_said_on_the_page(someone):
    user = factories.person()
    with someone() as page:
        device, number = with_authenticator(page)
        sign_in(page, user.email, factories.PASSWORD)
        add_passkey(page, "My laptop")
        sign_out(page)
        page.goto("/account/login/")
        device.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
        page.get_by_role("button", name="Use a passkey").click()
        page.get_by_text("That did not work. Try again, or choose another way.").wait_for()


def test_without_script_no_passkey_is_offered(someone):
    with someone(phone=True, script=False) as page:
        page.goto("/account/login/")
        assert not page.locator("#passkey_login").is_visible()
        assert page.get_by_role("link", name="Get a code by e-mail").is_visible()


def test_a_code_from_a_letter_signs_in_on_a_spanish_phone(someone):
    user = factories.person()
    with someone(phone=True) as page:
        page.goto("/es/account/login/")
        assert page.locator("html").get_attribute("lang") == "es"
        page.locator("main a[href*='/login/code/']").click()
        page.locator("[name=email]").fill(user.email)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/login/code/confirm/**")
        code = re.search(r"^([A-Z0-9]+-?[A-Z0-9]+)$", mail.outbox[-1].body, re.MULTILINE)[1]
        page.locator("[name=code]").fill(code)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/es/account/")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_maker_proves_a_passkey_before_stripe_and_comes_back(someone, standin, live_server, settings):
    settings.SITE_ADDRESS = live_server.url
    owner = factories.owner_of(factories.maker())
    with someone(phone=True) as page:
        with_authenticator(page)
        sign_in(page, owner.email, factories.PASSWORD)
        page.goto("/studio/payouts/")
        page.get_by_role("button", name="Set up payouts").click()
        page.get_by_text("The way to your money needs a second factor").wait_for()
        page.locator("main").get_by_role("link", name="Add a passkey").click()
        prove_password(page)
        page.get_by_role("button", name="Add the passkey").click()
        page.get_by_role("heading", name="Recovery Codes").wait_for()
        page.get_by_role("link", name="Go on", exact=True).click()
        page.get_by_role("button", name="Set up payouts").click()
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(lambda url: url.endswith("/studio/payouts/") and "next=" not in url)
        page.get_by_role("button", name="Set up payouts").click()
        page.locator("main a[href*='/connect/onboard/']").wait_for()


def test_staff_with_a_passkey_alone_reach_their_desk(someone):
    user = factories.staff("Evaluators")
    with someone() as page:
        with_authenticator(page)
        sign_in(page, user.email, factories.PASSWORD)
        add_passkey(page, "Desk")
        sign_out(page)
        page.goto("/account/login/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/review/")
        sign_out(page)
        sign_in(page, user.email, factories.PASSWORD)
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/review/")
