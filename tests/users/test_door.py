"""The one door: what it tells of accounts, how often it may be tried, whom it lets in."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from marketplace.users.models import User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_memory():
    cache.clear()


def sign_up(client, email="ana@example.org", **changes):
    form = {"email": email, "name": "Ana Quiroz", "password1": factories.PASSWORD} | changes
    return client.post("/account/signup/", form)


def sign_in(client, email, **more):
    return client.post("/account/login/", {"login": email, "password": factories.PASSWORD} | more)


def test_an_account_needs_its_address_confirmed(client):
    sign_up(client)
    assert (
        client.post("/account/login/", {"login": "ana@example.org", "password": factories.PASSWORD}).status_code == 302
    )
    assert "_auth_user_id" not in client.session
    link = re.search(r"http://[^/]+(/\S+/confirm-email/\S+)", mail.outbox[-1].body)[1]
    assert client.get(link).status_code == 200, "opening the link alone confirms nothing"
    client.post(link)
    sign_in(client, "ANA@example.org")
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "changes",
    [{"email": "nonsense"}, {"password1": "short"}, {"password1": "password123"}, {"name": ""}, {"name": "x" * 500}],
)
def test_bad_sign_up_makes_no_account(client, changes):
    response = sign_up(client, **changes)
    assert response.status_code == 200
    assert "errors" in response.content.decode()
    assert not User.objects.exists()


def test_sign_up_does_not_tell_which_addresses_have_accounts(client):
    known = factories.person("known@example.org")
    taken, free = sign_up(client, known.email), sign_up(client, "free@example.org")
    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    assert User.objects.filter(email__iexact=known.email).count() == 1


def test_reset_does_not_tell_which_addresses_have_accounts(client):
    known = factories.person("known@example.org")
    answers = [client.post("/account/password/reset/", {"email": email}) for email in (known.email, "none@example.org")]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1


def test_two_accounts_never_differ_only_in_letter_case():
    factories.person("ana@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create(email="ANA@example.org")


def test_guessing_is_stopped(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    user = factories.person()
    for number in range(3):
        client.post("/account/login/", {"login": user.email, "password": f"wrong {number}"})
    client.post("/account/login/", {"login": user.email, "password": factories.PASSWORD})
    assert "_auth_user_id" not in client.session


def test_signing_in_makes_a_new_session(client):
    client.get("/account/login/")
    client.cookies["sessionid"] = "planted"
    user = factories.person()
    client.post("/account/login/", {"login": user.email, "password": factories.PASSWORD})
    assert client.cookies["sessionid"].value != "planted"


def test_signing_in_and_out_needs_a_token():
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    user = factories.person()
    response = strict.post("/account/login/", {"login": user.email, "password": factories.PASSWORD})
    assert response.status_code == 403


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_sign_in_leads_to_our_own_pages_alone(client, after):
    user = factories.person()
    response = client.post(
        f"/account/login/?next={after}", {"login": user.email, "password": factories.PASSWORD, "next": after}
    )
    assert response.status_code == 302
    assert "evil" not in response.url
    assert "javascript" not in response.url


def test_staff_accounts_are_made_ready_to_sign_in(monkeypatch, client):
    monkeypatch.setattr("marketplace.users.management.commands.create_staff.getpass", lambda prompt: factories.PASSWORD)
    group = Group.objects.get(name="Evaluators")
    call_command("create_staff", "ada@example.org", name="Ada", group=[group.name])
    client.post("/account/login/", {"login": "ada@example.org", "password": factories.PASSWORD})
    assert client.get("/review/").url.startswith("/account/2fa/")
    for arguments in (("ada@example.org", {}), ("nonsense", {}), ("bo@example.org", {"group": ["Nobody"]})):
        with pytest.raises(CommandError):
            call_command("create_staff", arguments[0], name="x", **arguments[1])
    assert User.objects.filter(is_staff=True).count() == 1
