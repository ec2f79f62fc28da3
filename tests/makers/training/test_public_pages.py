"""The public pages: finding a place, applying, the private page, the numbers; bad input and strangers."""

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makers.training.limits import LIMITS
from makers.training.models import Applicant
from makers.training.services import applicants, places
from marketplace.core import outbox
from tests import factories
from tests.factories import training

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


def form(**changes):
    values = {
        "name": "Robin Field", "email": "robin@example.org", "phone": "", "area": "90033", "languages": ["en", "es"],
        "why": "I sew at home.", "sixteen": "yes", "consent": "on", "website": "",
    }  # fmt: skip
    return values | changes


def titles(response) -> set[str]:
    return {place.title for place in response.context["page"]}


@pytest.fixture
def two():
    """Two places that differ in everything that one can filter by."""
    first = training.published(factories.maker(name="Boyle Denim"), title="Denim", neighborhood="Boyle Heights")
    second = training.published(
        factories.maker(name="Venice Hats"), title="Hats", title_es="Sombreros", neighborhood="Venice",
        kind="training", is_paid=False, wage_from=None, languages=("ko",),
    )  # fmt: skip
    return first, second


FILTERS = [
    ("kind=apprenticeship", {"Denim"}), ("kind=training", {"Hats"}), ("kind=wizard", {"Denim", "Hats"}),
    ("neighborhood=Venice", {"Hats"}), ("neighborhood=Atlantis", set()), ("language=ko", {"Hats"}),
    ("language=es", {"Denim"}), ("language=xx", {"Denim", "Hats"}), ("paid=yes", {"Denim"}), ("paid=no", {"Hats"}),
    ("paid=maybe", {"Denim", "Hats"}), ("q=sombreros", {"Hats"}), ("q=boyle+denim", {"Denim"}),
    ("q=denim+venice", set()), ("q=%00", {"Denim", "Hats"}), ("q=%25", set()), ("page=99999", {"Denim", "Hats"}),
    ("page=x", {"Denim", "Hats"}), ("open=yes", {"Denim", "Hats"}), ("q=' OR 1=1 --", set()),
]  # fmt: skip


@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_the_list_is_filtered_and_never_fails(client, two, query, found):
    response = client.get(f"/training/?{query}")
    assert response.status_code == 200
    assert titles(response) == found


def test_open_places_come_first_and_drafts_and_withdrawn_ones_never(client, two):
    first, _second = two
    training.draft(title="Draft")
    gone = training.published(title="Gone")
    places.withdraw_place(user=factories.owner_of(gone.maker), place=gone, reason="No.")
    places.close_place(user=factories.owner_of(first.maker), place=first)
    response = client.get("/training/")
    assert [place.title for place in response.context["page"]] == ["Hats", "Denim"]
    assert titles(client.get("/training/?open=yes")) == {"Hats"}
    for place in (gone, training.draft()):
        assert client.get(f"/training/{place.pk}/").status_code == 404
        assert client.post(f"/training/{place.pk}/apply/", form()).status_code == 404
    assert "no more applications" in client.get(f"/training/{first.pk}/").text


def test_the_makers_own_page_leads_to_its_open_places(client):
    from makers.stories.services import publish_maker_page

    maker = factories.maker(name="Ana Quiroz")
    publish_maker_page(maker)
    place, closed = training.published(maker, title="Cutting"), training.published(maker, title="Pressing")
    places.close_place(user=factories.owner_of(maker), place=closed)
    training.published(title="Elsewhere")
    page = client.get(maker.get_absolute_url()).text
    assert f'href="/training/{place.pk}/">Cutting</a>' in page
    assert "Pressing" not in page
    assert "Elsewhere" not in page


def test_both_languages_speak(client, two):
    _first, second = two
    page = client.get(f"/es/training/{second.pk}/").text
    assert '<html lang="es">' in page
    assert "<h1>Sombreros</h1>" in page
    assert "<h1>Hats</h1>" in client.get(f"/training/{second.pk}/").text


def test_the_list_asks_the_database_equally_often_for_many_places(client):
    maker = factories.maker()
    counts = []
    for number in (1, 19, 60):
        training.published_in_bulk(maker, number)
        client.get("/training/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/training/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2], counts
    assert counts[0] <= 9


def test_a_resident_applies_and_follows_the_link(client, two):
    place = two[0]
    assert client.post(f"/training/{place.pk}/apply/", form()).url == f"/training/{place.pk}/sent/"
    assert client.get(f"/training/{place.pk}/sent/").status_code == 200
    row = Applicant.objects.get()
    assert (row.name, row.languages, row.language) == ("Robin Field", ["en", "es"], "en")
    outbox.deliver()
    (letter,) = [message for message in mail.outbox if message.to == ["robin@example.org"]]
    address = next(line for line in letter.body.splitlines() if "/training/status/" in line)
    status = client.get(address.removeprefix(settings.SITE_ADDRESS))
    assert "There is no answer yet" in status.text
    assert "no-store" in status["Cache-Control"]
    assert "Robin" not in status.text.split("<main")[0]
    applicants.invite(user=factories.owner_of(place.maker), applicant=row, answer="Come on <b>Monday</b>.")
    assert "Come on &lt;b&gt;Monday" in client.get(f"/training/status/{row.token}/").text
    assert client.post(f"/training/status/{row.token}/withdraw/").status_code == 302
    assert "You withdrew" in client.get(f"/training/status/{row.token}/").text
    assert client.post(f"/training/status/{row.token}/withdraw/").status_code == 409


def test_applying_in_spanish_keeps_the_language(client, two):
    client.post(f"/es/training/{two[0].pk}/apply/", form())
    assert Applicant.objects.get().language == "es"


BAD = {
    "no name": ({"name": ""}, "This field is required"),
    "a name too long": ({"name": "x" * 121}, "at most 120"),
    "no e-mail": ({"email": ""}, "This field is required"),
    "a broken e-mail": ({"email": "robin@"}, "valid email"),
    "a header in the e-mail": ({"email": "robin@example.org\nBcc: all@example.org"}, "valid email"),
    "no area": ({"area": ""}, "This field is required"),
    "no language": ({"languages": []}, "at least one language"),
    "an unknown language": ({"languages": ["xx"]}, "not one of the available"),
    "no reason": ({"why": ""}, "This field is required"),
    "a reason too long": ({"why": "x" * 2001}, "at most 2000"),
    "NUL": ({"name": "Robin\0Field"}, "Null characters are not allowed"),
    "too young": ({"sixteen": "no"}, "once you are 16"),
    "no age": ({"sixteen": ""}, "This field is required"),
    "no consent": ({"consent": ""}, "Without your consent"),
}


@pytest.mark.parametrize(("changes", "message"), BAD.values(), ids=BAD.keys())
def test_a_bad_application_is_refused_and_keeps_what_was_typed(client, two, changes, message):
    response = client.post(f"/training/{two[0].pk}/apply/", form(phone="213 555 0100") | changes)
    assert response.status_code == 422
    assert message in response.text
    assert 'value="213 555 0100"' in response.text
    assert "<title>Error:" in response.text
    assert not Applicant.objects.exists()


def test_fields_that_are_not_the_persons_are_ignored(client, two):
    client.post(f"/training/{two[0].pk}/apply/", form(status="taken_on", place=two[1].pk, token="mine"))
    row = Applicant.objects.get()
    assert (row.status, row.place) == ("received", two[0])
    assert row.token != "mine"


def test_the_answer_never_tells_whether_the_address_had_applied(client, two):
    place = two[0]
    answers = [client.post(f"/training/{place.pk}/apply/", form()) for _ in range(2)]
    pages = [client.get(answer.url).text for answer in answers]
    assert answers[0].url == answers[1].url
    assert pages[0] == pages[1]
    assert Applicant.objects.count() == 1


def test_a_program_that_fills_in_everything_hears_the_same_and_leaves_nothing(client, two):
    response = client.post(f"/training/{two[0].pk}/apply/", form(website="http://spam.example"))
    assert response.url == f"/training/{two[0].pk}/sent/"
    assert not Applicant.objects.exists()


@pytest.mark.parametrize(("counted", "most"), [(kind, most) for kind, most, _seconds in LIMITS])
def test_too_many_applications_are_refused_with_a_word(client, two, counted, most):
    for number in range(most + 1):
        changes = {"email": f"robin{number}@example.org"} if counted == "network" else {}
        address = "10.0.0.1" if counted == "network" else f"10.0.0.{number}"
        response = client.post(f"/training/{two[0].pk}/apply/", form(**changes), REMOTE_ADDR=address)
        assert response.status_code == (302 if number < most else 422), number
    assert "try again in an hour" in response.text


@pytest.mark.parametrize("token", ["x", "x" * 43, "0", "-"])
def test_a_guessed_link_is_404(client, token):
    training.applicant()
    assert client.get(f"/training/status/{token}/").status_code == 404
    assert client.post(f"/training/status/{token}/withdraw/").status_code == 404


def test_a_link_changes_nothing_by_being_opened(client):
    row = training.applicant()
    assert client.get(f"/training/status/{row.token}/withdraw/").status_code == 405
    row.refresh_from_db()
    assert row.status == "received"


def test_the_numbers_say_where_they_come_from(client):
    assert "Nothing has been recorded yet" in client.get("/training/progress/").text
    made = training.confirmed(kind="apprenticeship")
    page = client.get("/training/progress/").text
    assert "1 of 100" in page
    assert "0 of 3,000" in page
    assert '<progress max="100" value="1"' in page
    assert "The first start on record is of" in page
    assert str(made.started_on.year) in page


def test_the_open_data_is_a_csv_file(client):
    made = training.confirmed(kind="apprenticeship")
    response = client.get("/training/progress.csv")
    assert response["Content-Type"].startswith("text/csv")
    assert response.text.splitlines() == [
        "kind,year,partner,started,completed,ended_early",
        f"apprenticeship,{made.started_on.year},goodwill,1,0,0",
    ]


def test_open_places_are_in_the_site_map_and_private_pages_are_not_for_crawlers(client, two):
    places.close_place(user=factories.owner_of(two[0].maker), place=two[0])
    page = client.get("/sitemap.xml").text
    assert f"/training/{two[1].pk}/" in page
    assert f"/es/training/{two[1].pk}/" in page
    assert f"/training/{two[0].pk}/" not in page
    assert "Disallow: /training/status/" in client.get("/robots.txt").text
