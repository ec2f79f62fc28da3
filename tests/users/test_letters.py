"""Letters about an account speak for LA Original, in the language of the page they were asked for on."""

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache

from tests import factories

pytestmark = pytest.mark.django_db
SIGN_UP = {"email": "nora@example.org", "password1": "a long enough word", "name": "Nora"}


@pytest.fixture(autouse=True)
def _no_memory():
    cache.clear()


@pytest.fixture
def known():
    return factories.person("nora@example.org")


def letter():
    (found,) = mail.outbox
    return found.subject, found.body


@pytest.mark.parametrize(
    ("start", "subject", "words"),
    [
        ("", "Confirm your e-mail address", "Somebody, most likely you, gave this address to LA Original."),
        ("/es", "Confirma tu correo electrónico", "Alguien, seguramente tú, dio esta dirección a LA Original."),
    ],
)
def test_to_confirm_an_address(client, start, subject, words):
    client.post(f"{start}/account/signup/", SIGN_UP)
    assert letter()[0] == subject
    assert words in letter()[1]
    assert f"{start}/account/confirm-email/" in letter()[1]
    assert letter()[1].endswith(f"LA Original · {settings.SITE_ADDRESS.partition('//')[2]}")


def test_to_somebody_who_has_an_account_already(client, known):
    client.post("/account/signup/", SIGN_UP)
    assert letter()[0] == "You have an account already"
    assert "/account/password/reset/" in letter()[1]


def test_to_choose_a_new_password(client, known):
    client.post("/account/password/reset/", {"email": known.email})
    assert letter()[0] == "Choose a new password"
    assert "/account/password/reset/key/" in letter()[1]


def test_no_letter_and_no_feed_names_another_site(client, known):
    client.post("/account/password/reset/", {"email": known.email})
    assert "example.com" not in letter()[1]
    feed = client.get("/feeds/stories.es.xml").text
    assert "example.com" not in feed
    assert f"{settings.SITE_ADDRESS}/feeds/stories.es.xml" in feed


@pytest.mark.parametrize(("start", "home"), [("", "/"), ("/es", "/es/")])
def test_who_signs_out_stays_in_their_language(client, known, start, home):
    client.force_login(known)
    assert client.post(f"{start}/account/logout/").url == home
