"""`/badge/<number>.svg`: what it shows follows the register and the product's badge, at every instant."""

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.http import HttpResponse

from certification.badge.badges import badges_for
from certification.mark import standing, views
from certification.mark.middleware import BadgeMiddleware
from certification.mark.svg import LANGUAGES, SIZES, THEMES, Style, picture
from certification.models import Certificate
from certification.selectors import register_rows
from certification.services import certificates
from makers.services import save_workplace
from marketplace.core import clock
from tests import factories

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def address(certificate) -> str:
    return f"/badge/{certificate.number}.svg"


def shown(client, certificate, **query) -> str:
    response = client.get(address(certificate), query)
    assert response.status_code == 200
    return response.content.decode()


def suspend(certificate, travel):
    certificates.suspend(
        user=factories.decider(), certificate=certificate, reason="Unclear.", reasons=["contradiction"]
    )


def reinstate(certificate, travel):
    suspend(certificate, travel)
    certificates.reinstate(user=factories.decider(), certificate=certificate, reason="Cleared.")


def withdraw(certificate, travel):
    certificates.withdraw(user=factories.decider(), certificate=certificate, reason="False claim.", reasons=["changed"])


def supersede(certificate, travel):
    factories.certify(certificate.product, claims=["designed"])


def move_the_workshop(certificate, travel):
    place = certificate.maker.workplaces.get()
    place.city, place.zip_code = "Vernon", "90058"
    save_workplace(user=factories.owner_of(certificate.maker), workplace=place)


def last_moment(certificate, travel):
    travel.move_to(clock.end_of(certificate.valid_until) - timedelta(seconds=1))


def first_moment_after(certificate, travel):
    travel.move_to(clock.end_of(certificate.valid_until))


def nothing(certificate, travel):
    pass


STATES = [
    (nothing, True), (reinstate, True), (last_moment, True), (suspend, False), (withdraw, False), (supersede, False),
    (move_the_workshop, False), (first_moment_after, False),
]  # fmt: skip


@pytest.mark.parametrize(("happens", "valid"), STATES, ids=[happens.__name__ for happens, _valid in STATES])
@pytest.mark.parametrize("size", SIZES)
def test_the_picture_says_what_register_and_badge_say(client, happens, valid, size):
    certificate = factories.certify(factories.product())
    with time_machine.travel(clock.now(), tick=False) as travel:
        happens(certificate, travel)
        standing.forget()
        certificate.refresh_from_db()
        text = shown(client, certificate, size=size)
        assert (register_rows([certificate])[0].status == "valid") is valid
        badge = badges_for([certificate.product_id]).get(certificate.product_id)
    assert (badge is not None and badge.number == certificate.number) is valid
    words = [element.text for element in ElementTree.fromstring(text).iter(f"{SVG}text")]
    assert certificate.number in words
    assert ("Certificate ended" in words) is not valid
    assert ("manufactured" in " ".join(words).lower()) is valid
    assert ("#046242" in text) is valid, "green means certified and nothing else"


def test_a_certificate_without_a_product_here_has_its_badge_too(client):
    certificate = factories.certify(factories.product())
    Certificate.objects.filter(pk=certificate.pk).update(product=None)
    assert "Manufactured in Los Angeles" in shown(client, certificate)
    withdraw(certificate, None)
    standing.forget()
    assert "Certificate ended" in shown(client, certificate)


def test_an_end_is_seen_within_a_minute_wherever_the_picture_is_kept(client):
    """The worst case: somebody fetched the answer just before ours was forgotten, and keeps it as long as it may."""
    certificate = factories.certify(factories.product())
    with time_machine.travel(clock.now(), tick=False) as travel:
        first = client.get(address(certificate))
        withdraw(certificate, None)
        travel.shift(standing.REMEMBERED - timedelta(milliseconds=1))
        kept = client.get(address(certificate))
        assert kept["ETag"] == first["ETag"]
        may_keep = int(re.search(r"max-age=(\d+)", kept["Cache-Control"])[1])
        assert standing.REMEMBERED + timedelta(seconds=may_keep) <= timedelta(seconds=60)
        travel.shift(timedelta(seconds=may_keep))
        again = client.get(address(certificate), headers={"If-None-Match": kept["ETag"]})
        assert again.status_code == 200
        assert "Certificate ended" in again.content.decode()


def test_a_clock_set_back_keeps_nothing_alive(client):
    certificate = factories.certify(factories.product())
    with time_machine.travel(clock.now(), tick=False) as travel:
        shown(client, certificate)
        withdraw(certificate, None)
        travel.shift(timedelta(hours=-1))
        assert "Certificate ended" in shown(client, certificate)


def test_midnight_in_los_angeles_ends_it(client):
    certificate = factories.certify(factories.product())
    with time_machine.travel(clock.end_of(certificate.valid_until) - timedelta(seconds=30), tick=False) as travel:
        assert "Designed in Los Angeles" in shown(client, certificate)
        travel.shift(timedelta(seconds=60))
        assert "Certificate ended" in shown(client, certificate)


def test_headers_let_every_site_show_it_and_nothing_run_in_it(client):
    response = client.get(address(factories.certify(factories.product())))
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=50, must-revalidate"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy.split("; ")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == str(len(response.content))
    assert "Vary" not in response
    assert response.cookies == {}


def test_it_is_answered_before_anything_looks_at_people(rf, client):
    certificate = factories.certify(factories.product())
    factories_user = factories.owner_of(certificate.maker)
    client.force_login(factories_user)
    assert client.get(address(certificate)).cookies == {}

    def below(request):
        raise AssertionError("reached the session")

    answer = BadgeMiddleware(below)(rf.get(address(certificate)))
    assert answer.status_code == 200
    passed = BadgeMiddleware(lambda request: HttpResponse("below"))(rf.get("/badge/"))
    assert passed.content == b"below"


def test_asked_again_it_answers_304_without_a_body(client, django_assert_num_queries):
    certificate = factories.certify(factories.product())
    first = client.get(address(certificate))
    assert first["ETag"].startswith('"'), "a strong one"
    with django_assert_num_queries(0):
        again = client.get(address(certificate), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    for name in ("ETag", "Cache-Control", "Content-Security-Policy", "Cross-Origin-Resource-Policy"):
        assert again[name] == first[name], name
    assert client.get(address(certificate), headers={"If-None-Match": '"other"'}).status_code == 200


def test_unknown_numbers_are_404_in_plain_words(client):
    response = client.get("/badge/LAO-1999-0001.svg")
    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain"
    assert response.cookies == {}
    assert client.get("/badge/..%2f..%2fetc.svg").status_code == 404
    assert client.post("/badge/LAO-1999-0001.svg").status_code == 405


def test_a_forged_host_is_refused(client):
    assert client.get("/badge/LAO-1999-0001.svg", headers={"Host": "evil.example"}).status_code == 400


def test_what_is_asked_for_is_drawn_and_what_is_unknown_falls_back(client):
    certificate = factories.certify(factories.product())
    plain = shown(client, certificate)
    assert plain == shown(client, certificate, theme="pink", size="9", lang="xx"), "light, large, English"
    assert plain == shown(client, certificate, theme="light", size="large", lang="en")
    assert 'width="232" height="64"' in shown(client, certificate, size="small")
    assert "#5ed9a3" in shown(client, certificate, theme="dark")
    spanish = shown(client, certificate, lang="es")
    assert 'lang="es"' in spanish
    assert "Fabricado en Los Ángeles" in spanish
    assert "diseñado, ensamblado, fabricado" in shown(client, certificate, lang="es", size="small")
    certificates.withdraw(user=factories.decider(), certificate=certificate, reason="False.", reasons=["changed"])
    standing.forget()
    assert "El certificado terminó" in shown(client, certificate, lang="es")


def test_the_many_are_remembered_only_up_to_a_bound(client, monkeypatch):
    monkeypatch.setattr(standing, "MOST_REMEMBERED", 3)
    for number in range(10):
        client.get(f"/badge/LAO-1999-{number:04}.svg")
        assert len(standing._seen) <= 3


NASTY = "</desc><script>alert(1)</script>\"'&\x0b<b>"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("valid", [True, False])
def test_names_are_words_and_never_marks(theme, size, lang, valid):
    until = datetime(2027, 3, 1).date()  # noqa: DTZ001 - a day
    claims = ("designed", "assembled", "manufactured") if valid else ()
    held = standing.Standing("LAO-2026-0001", valid, claims, NASTY, NASTY, until)
    body, _etag = picture(held, Style(theme, size, lang))
    tree = ElementTree.fromstring(body)
    tags = {element.tag.removeprefix(SVG) for element in tree.iter()}
    assert tags == {"svg", "title", "desc", "rect", "path", "text"}
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert tree.attrib["role"] == "img"
    if valid:
        assert NASTY.replace("\x0b", "") in tree.find(f"{SVG}desc").text


def test_age_and_memory_are_what_the_promise_needs():
    assert timedelta(seconds=views.MAX_AGE) + standing.REMEMBERED < timedelta(seconds=60)
