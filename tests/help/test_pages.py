"""Help in both languages, and the form that reaches people."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache

from marketplace.core import clock, outbox
from marketplace.help import questions

pytestmark = pytest.mark.django_db
QUESTION = {"email": "sam@example.org", "name": "Sam", "order": "LA-7KQ2-93FX", "text": "Where is it?"}


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.mark.parametrize("language", ["", "/es"])
@pytest.mark.parametrize("path", ["", "returns/", "shipping/", "privacy/", "accessibility/", "contact/"])
def test_each_page_is_there(client, language, path):
    response = client.get(f"{language}/help/{path}")

    assert response.status_code == 200
    assert f'<html lang="{language[1:] or "en"}">' in response.text
    assert 'hreflang="es"' in response.text


def test_a_question_reaches_the_staff(client, settings):
    settings.STAFF_EMAIL = "staff@example.org"

    response = client.post("/help/contact/", QUESTION, follow=True)

    assert "We answer to sam@example.org" in response.text
    outbox.deliver()
    letter = mail.outbox[-1]
    assert letter.to == ["staff@example.org"]
    assert "Where is it?" in letter.body
    assert "LA-7KQ2-93FX" in letter.body
    assert "sam@example.org" in letter.body


@pytest.mark.parametrize(
    "slip", [{"email": ""}, {"email": "sam"}, {"text": ""}, {"name": "a\nBcc: kim@example.org", "text": ""}]
)
def test_a_slip_is_told_and_keeps_what_was_typed(client, slip):
    response = client.post("/help/contact/", QUESTION | slip)

    assert response.status_code == 422
    assert "LA-7KQ2-93FX" in response.text
    outbox.deliver()
    assert mail.outbox == []


def test_line_breaks_in_a_name_add_no_header(client, settings):
    settings.STAFF_EMAIL = "staff@example.org"
    client.post("/help/contact/", QUESTION | {"name": "Sam\r\nBcc: kim@example.org"})

    outbox.deliver()

    assert all(letter.recipients() == ["staff@example.org"] for letter in mail.outbox)


def test_one_network_address_asks_five_times_an_hour(client):
    answers = [client.post("/help/contact/", QUESTION).status_code for _ in range(6)]

    assert answers == [302] * 5 + [422]


def test_what_was_asked_is_forgotten_after_ninety_days(client):
    client.post("/help/contact/", QUESTION)
    outbox.deliver()
    assert questions.forget_old() == 0

    with clock.at(clock.now() + questions.KEPT - timedelta(minutes=1)):
        assert questions.forget_old() == 0
    with clock.at(clock.now() + questions.KEPT + timedelta(minutes=1)):
        assert questions.forget_old() == 1


def test_search_engines_find_them(client):
    found = client.get("/sitemap.xml").text

    for language in ("", "/es"):
        assert f"{language}/help/returns/</loc>" in found
