"""Signing in with a code from a letter: what it tells of accounts, how long and how often it works."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client

from marketplace.core import clock
from marketplace.users.services import enrol_second_factor
from tests import factories

pytestmark = pytest.mark.django_db
ASK, CONFIRM = "/account/login/code/", "/account/login/code/confirm/"


@pytest.fixture(autouse=True)
def _no_memory():
    cache.clear()


def ask(client, email, **more):
    return client.post(ASK, {"email": email} | more)


def code_of(letter) -> str:
    return re.search(r"^([A-Z0-9]+-?[A-Z0-9]+)$", letter.body, re.MULTILINE)[1]


def enter(client, code, **more):
    return client.post(CONFIRM, {"code": code} | more)


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_code_from_the_letter_signs_in_and_makes_a_new_session(client):
    user = factories.person()
    ask(client, user.email.upper())
    (letter,) = mail.outbox
    assert letter.to == [user.email]
    before = client.cookies["sessionid"].value
    answer = enter(client, code_of(letter))
    assert (answer.status_code, answer.url) == (302, "/account/")
    assert is_in(client)
    assert client.cookies["sessionid"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_code_leads_back_to_where_the_person_was_going_and_nowhere_else(client):
    user = factories.person()
    ask(client, user.email, next="/account/cards/")
    assert enter(client, code_of(mail.outbox[-1]), next="/account/cards/").url == "/account/cards/"
    client.logout()
    ask(client, user.email, next="https://evil.example/")
    assert "evil" not in enter(client, code_of(mail.outbox[-1]), next="https://evil.example/").url


def test_a_code_confirms_the_address_that_it_was_sent_to(client):
    user = factories.person()
    user.emailaddress_set.update(verified=False)
    ask(client, user.email)
    enter(client, code_of(mail.outbox[-1]))
    assert is_in(client)
    assert user.emailaddress_set.get().verified


def test_asking_does_not_tell_which_addresses_have_accounts(client, client_of_another):
    known = factories.person("known@example.org")
    seen = []
    for browser, email in ((client, known.email), (client_of_another, "noone@example.org")):
        answer = ask(browser, email)
        page = browser.get(CONFIRM).content.decode().replace(email, "ADDRESS")
        wrong = enter(browser, "WRONG1").content.decode().replace(email, "ADDRESS")
        seen.append((answer.status_code, answer.url, _without_tokens(page), _without_tokens(wrong)))
    assert seen[0] == seen[1]
    assert [letter.to for letter in mail.outbox] == [[known.email]], "a stranger's address gets no letter"


@pytest.fixture
def client_of_another():
    return Client()


def _without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_a_code_works_once(client, client_of_another):
    user = factories.person()
    ask(client, user.email)
    code = code_of(mail.outbox[-1])
    enter(client_of_another, code)
    assert not is_in(client_of_another), "only in the browser that asked"
    enter(client, code)
    client.logout()
    enter(client, code)
    assert not is_in(client)


def test_a_new_code_ends_the_old_one(client):
    user = factories.person()
    ask(client, user.email)
    client.post(CONFIRM, {"action": "resend"})
    old, new = (code_of(letter) for letter in mail.outbox)
    assert enter(client, old).status_code == 200
    assert not is_in(client)
    enter(client, new)
    assert is_in(client)


def test_a_code_ends_by_itself(client, monkeypatch):
    user = factories.person()
    ask(client, user.email)
    later = clock.now().timestamp() + 10 * 60 + 1
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)
    assert enter(client, code_of(mail.outbox[-1])).url == ASK
    assert not is_in(client)


def test_three_wrong_codes_end_the_attempt(client):
    user = factories.person()
    ask(client, user.email)
    for wrong in ("WRONG1", "WRONG2", "WRONG3"):
        enter(client, wrong)
    enter(client, code_of(mail.outbox[-1]))
    assert not is_in(client)


def test_letters_with_codes_are_few():
    user = factories.person()
    for _ in range(4):
        answer = ask(Client(), user.email)
    assert answer.status_code == 200, "refused with words in the form"
    assert user.email in answer.content.decode()
    assert len(mail.outbox) == 3


def test_who_waits_for_a_code_may_choose_another_way(client):
    ask(client, factories.person().email)
    assert client.get("/account/login/").url == CONFIRM
    assert client.post("/account/logout/", {"next": "/account/login/"}).url == "/account/login/"
    assert client.get("/account/login/").status_code == 200


@pytest.mark.parametrize("email", ["", "nonsense", "a@b", "x" * 400 + "@example.org", "ana@example.org\r\nBcc: b@c.de"])
def test_what_is_no_address_is_refused(client, email):
    answer = ask(client, email)
    assert answer.status_code == 200
    assert "errors" in answer.content.decode()
    assert not mail.outbox


def test_a_code_by_e_mail_is_no_second_factor(client):
    """Whoever reads the mailbox of a staff member stands before the one-time code still."""
    user = factories.staff("Evaluators")
    ask(client, user.email)
    enter(client, code_of(mail.outbox[-1]))
    assert is_in(client)
    assert client.get("/review/").url.startswith("/account/2fa/")
    client.logout()
    enrol_second_factor(user=user)
    ask(client, user.email)
    assert enter(client, code_of(mail.outbox[-1])).url == "/account/2fa/authenticate/"
    assert not is_in(client)
    assert client.get("/review/").status_code == 302


def test_a_spanish_page_leads_through_spanish_pages(client):
    user = factories.person()
    asked = client.post(f"/es{ASK}", {"email": user.email})
    assert asked.url == f"/es{CONFIRM}"
    assert client.post(asked.url, {"code": code_of(mail.outbox[-1])}).url == "/es/account/"
