"""What counts as a second factor, and where it is asked for: every staff session, and the way to a maker's money."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from makers.services import add_member
from marketplace.users.second_factor import has_second_factor
from marketplace.users.services import enrol_second_factor
from tests import factories

pytestmark = pytest.mark.django_db
TO_STRIPE = ("studio:payouts", "studio:payouts_dashboard")


@pytest.fixture(autouse=True)
def _no_memory():
    cache.clear()


def session_with(client, user, *records):
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = list(records)
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    request = RequestFactory().get("/")
    request.user, request.session = user, client.session
    return request


@pytest.mark.parametrize(
    ("records", "counts"),
    [
        ([], False),
        ([{"method": "password"}], False),
        ([{"method": "code", "email": "ana@example.org"}], False),
        ([{"method": "password"}, {"method": "code"}], False),
        ([{"method": "mfa", "type": "totp"}], True),
        ([{"method": "mfa", "type": "recovery_codes"}], True),
        ([{"method": "mfa", "type": "webauthn", "passwordless": True}], True),
        ([{"method": "code"}, {"method": "mfa", "type": "webauthn"}], True),
    ],
)
def test_what_counts_as_a_second_factor(client, records, counts):
    user = factories.staff("Evaluators")
    enrol_second_factor(user=user)
    request = session_with(client, user, *records)
    assert has_second_factor(request) is counts
    assert (client.get("/review/").status_code == 200) is counts


def test_a_session_of_another_person_shows_nothing(client):
    user = factories.staff("Evaluators")
    enrol_second_factor(user=user)
    request = session_with(client, user, {"method": "mfa", "type": "totp"})
    request.session["account_authentication_methods_user"] = str(factories.person().pk)
    assert not has_second_factor(request)


def test_a_passkey_is_asked_for_finger_face_or_pin(client):
    """Which makes it two factors: somebody who finds the device does not get in."""
    asked = client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"}).json()
    assert asked["request_options"]["publicKey"]["userVerification"] == "required"
    user = factories.person()
    client.post("/account/login/", {"login": user.email, "password": factories.PASSWORD})
    client.post("/account/reauthenticate/", {"password": factories.PASSWORD})
    page = client.get("/account/2fa/webauthn/add/")
    forged = {"name": "x", "passwordless": "on", "credential": '{"id": "x", "response": {}}'}
    assert "was not accepted" in client.post("/account/2fa/webauthn/add/", forged).content.decode()
    assert not user.authenticator_set.exists()
    chosen = page.context["js_data"]["creation_options"]["publicKey"]["authenticatorSelection"]
    assert chosen["userVerification"] == "required"


@pytest.mark.parametrize("credential", ["", "{}", "null", "[]", '{"id": "x", "response": {"userHandle": "MQ"}}', "x"])
def test_a_made_up_passkey_is_refused(client, credential):
    factories.person()
    client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert client.post("/account/2fa/webauthn/login/", {"credential": credential}).url == "/account/login/"
    assert "_auth_user_id" not in client.session


def test_staff_who_sign_in_by_password_still_show_the_one_time_code(client):
    user = factories.staff("Evaluators")
    secret = enrol_second_factor(user=user)
    answer = client.post("/account/login/", {"login": user.email, "password": factories.PASSWORD})
    assert answer.url == "/account/2fa/authenticate/"
    client.post(answer.url, {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post(answer.url, {"code": factories.one_time_code(secret)})
    assert client.get("/review/").status_code == 200


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_nobody_touches_the_passkey_of_another(client, name):
    theirs = factories.passkey(factories.person())
    client.force_login(factories.person())
    client.post("/account/reauthenticate/", {"password": factories.PASSWORD})
    address = reverse(name, args=[theirs.pk])
    assert {client.get(address).status_code, client.post(address, {"name": "mine"}).status_code} == {404}
    theirs.refresh_from_db()
    assert theirs.data["name"] == "My phone"


def test_the_password_alone_does_not_take_a_second_factor_off(client):
    user = factories.person()
    secret = enrol_second_factor(user=user)
    client.force_login(user)
    take_off = reverse("mfa_deactivate_totp")
    client.post("/account/reauthenticate/", {"password": factories.PASSWORD, "next": take_off})
    client.post(take_off)
    assert user.authenticator_set.filter(type="totp").exists()
    client.post("/account/2fa/reauthenticate/", {"code": factories.one_time_code(secret)})
    client.post(take_off)
    assert not user.authenticator_set.filter(type="totp").exists()


@pytest.mark.parametrize("name", TO_STRIPE)
def test_an_owner_without_a_second_factor_is_led_to_set_one_up(client, standin, name):
    maker = factories.maker()
    client.force_login(factories.owner_of(maker))
    answer = client.post(reverse(name), follow=True)
    assert answer.redirect_chain == [("/account/2fa/", 302)]
    page = answer.content.decode()
    assert "The way to your money needs a second factor" in page
    assert f'href="{reverse("studio:payouts")}"' in page, "and back afterwards"
    assert standin.url not in page
    maker.refresh_from_db()
    assert maker.stripe_account == ""


@pytest.mark.parametrize("name", TO_STRIPE)
def test_an_owner_with_a_second_factor_shows_it_in_this_session_and_comes_back(client, standin, name):
    maker = factories.maker()
    owner = factories.owner_of(maker)
    secret = enrol_second_factor(user=owner)
    client.force_login(owner)
    asked = client.post(reverse(name))
    assert asked.url == "/account/2fa/reauthenticate/?next=%2Fstudio%2Fpayouts%2F"
    assert "The way to your money" in client.get(asked.url).content.decode()
    shown = client.post(asked.url, {"code": factories.one_time_code(secret), "next": reverse("studio:payouts")})
    assert shown.url == reverse("studio:payouts")
    assert f"{standin.url}/connect/onboard/" in client.post(reverse("studio:payouts")).content.decode()


@pytest.mark.parametrize("name", TO_STRIPE)
def test_who_is_no_owner_is_told_nothing_of_it(client, name):
    maker = factories.maker()
    helper = factories.person()
    add_member(user=factories.owner_of(maker), maker=maker, member=helper)
    factories.show_second_factor(client, helper)
    assert client.post(reverse(name)).status_code == 404
    client.force_login(factories.person())
    assert client.post(reverse(name)).status_code == 404
