"""The studio's and the desk's screens: bad input, other makers' rows, the whole way through the pages."""

from datetime import timedelta

import pytest

from makers.training.models import Applicant, Place, Placement
from makers.training.services import places
from marketplace.core import clock
from tests import factories
from tests.access import signed_in
from tests.factories import training

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return factories.maker(name="Ana Quiroz")


@pytest.fixture
def studio(maker):
    return signed_in(factories.owner_of(maker))


@pytest.fixture
def desk():
    return signed_in(training.coordinator(), second_factor=True)


def place_form(**changes):
    today = clock.today()
    values = {
        "kind": "apprenticeship", "title": "Sewing", "title_es": "Costura", "description": "Learn to sew.",
        "description_es": "", "steps": ["sewing", "finishing"], "requirements": "", "requirements_es": "",
        "languages": ["en", "es"], "neighborhood": "Downtown", "places": "2", "is_paid": "on", "wage_from": "18.50",
        "wage_to": "", "starts_on": (today + timedelta(60)).isoformat(), "weeks": "26", "hours_per_week": "30",
        "closes_on": (today + timedelta(30)).isoformat(),
    }  # fmt: skip
    return values | changes


def test_a_place_goes_from_draft_to_the_public_page(studio, client, maker):
    response = studio.post("/studio/training/new/", place_form())
    place = Place.objects.get(maker=maker)
    assert response.url == f"/studio/training/{place.pk}/"
    assert client.get(place.get_absolute_url()).status_code == 404
    assert studio.post(f"/studio/training/{place.pk}/publish/").status_code == 302
    assert "Learn to sew." in client.get(place.get_absolute_url()).text
    studio.post(f"/studio/training/{place.pk}/edit/", place_form(title="Sewing denim", languages=["ko"]))
    assert "Sewing denim" in client.get(place.get_absolute_url()).text
    assert "Korean" in client.get(place.get_absolute_url()).text
    studio.post(f"/studio/training/{place.pk}/close/")
    assert "no more applications" in client.get(place.get_absolute_url()).text
    assert studio.post(f"/studio/training/{place.pk}/publish/", follow=True).status_code == 200


BAD = {
    "below the minimum wage": ({"wage_from": "17.86"}, "minimum wage is $17.87"),
    "an unpaid apprenticeship": ({"is_paid": "", "wage_from": ""}, "an apprenticeship is paid"),
    "paid without a wage": ({"wage_from": ""}, "Say what an hour is paid"),
    "a wage that falls": ({"wage_to": "18.00"}, "less than the wage at the start"),
    "a negative wage": ({"wage_from": "-18.50"}, "minimum wage is $17.87"),
    "a wage that is no number": ({"wage_from": "NaN"}, "Enter a number"),
    "a huge wage": ({"wage_from": "1e9"}, "no more than 5 digits"),
    "a wage beyond sense": ({"wage_from": "200.01"}, "less than or equal to 200"),
    "a fraction of a cent": ({"wage_from": "18.505"}, "2 decimal places"),
    "no place": ({"places": "0"}, "greater than or equal to 1"),
    "too many places": ({"places": "10000"}, "less than or equal to 200"),
    "no step": ({"steps": []}, "This field is required"),
    "an unknown step": ({"steps": ["welding"]}, "not one of the available"),
    "no language": ({"languages": []}, "This field is required"),
    "an unknown kind": ({"kind": "internship"}, "not one of the available"),
    "no title": ({"title": ""}, "This field is required"),
    "a title too long": ({"title": "x" * 121}, "at most 120"),
    "a day that is none": ({"starts_on": "2026-02-30"}, "Enter a valid date"),
    "closing after the start": ({"closes_on": "2999-01-01"}, "comes after the start"),
    "too many hours": ({"hours_per_week": "60"}, "less than or equal to 40"),
    "no week": ({"weeks": "0"}, "greater than or equal to 1"),
}


@pytest.mark.parametrize(("changes", "message"), BAD.values(), ids=BAD.keys())
def test_a_bad_place_is_refused_and_keeps_what_was_typed(studio, changes, message):
    response = studio.post("/studio/training/new/", place_form() | changes)
    assert response.status_code == 422
    assert message in response.text
    assert "Learn to sew." in response.text
    assert not Place.objects.exists()


@pytest.mark.parametrize(("changes", "message"), BAD.values(), ids=BAD.keys())
def test_a_bad_change_to_a_published_place_changes_nothing(studio, maker, changes, message):
    place = training.published(maker, title="As it was")
    response = studio.post(f"/studio/training/{place.pk}/edit/", place_form(title="Other") | changes)
    assert response.status_code == 422
    assert message in response.text
    stored = Place.objects.get()
    assert (stored.title, stored.languages.count()) == ("As it was", 2)


def test_status_and_maker_are_not_set_from_the_form(studio, maker):
    studio.post("/studio/training/new/", place_form(status="published", maker=factories.maker().pk, taken="2"))
    place = Place.objects.get()
    assert (place.status, place.maker, place.taken) == ("draft", maker, 0)


def test_a_draft_that_has_grown_old_says_why_it_is_not_published(studio, maker):
    with clock.at(clock.now() - timedelta(90)):
        place = training.draft(maker)
    response = studio.post(f"/studio/training/{place.pk}/publish/")
    assert response.status_code == 422
    assert "closing day has passed" in response.text


def test_another_makers_places_and_applicants_are_404(studio):
    row = training.applicant()
    for page in ("", "edit/", "publish/", "close/", "withdraw/"):
        address = f"/studio/training/{row.place_id}/{page}"
        assert {studio.get(address).status_code, studio.post(address, {}).status_code} <= {404, 405}, page
    address = f"/studio/training/applicants/{row.pk}/"
    assert studio.get(address).status_code == 404
    assert studio.post(address, {"action": "take_on", "answer": "Hello."}).status_code == 404
    row.refresh_from_db()
    assert (row.status, row.place.status) == ("received", "published")


def test_the_maker_answers_a_person(studio, maker):
    row = training.applicant(training.published(maker), name="Robin Field")
    page = studio.get(f"/studio/training/{row.place_id}/").text
    assert "Robin Field" in page
    address = f"/studio/training/applicants/{row.pk}/"
    assert "I like to make things." in studio.get(address).text
    for bad in ({"action": "invite", "answer": ""}, {"action": "promote", "answer": "x"}, {"answer": "Typed words."}):
        response = studio.post(address, bad)
        assert response.status_code == 422
        assert bad["answer"] in response.text
    assert studio.post(address, {"action": "invite", "answer": "Monday at nine."}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.answer) == ("invited", "Monday at nine.")


def test_the_last_place_is_given_once_and_the_answer_is_kept(studio, maker):
    place = training.published(maker, places=1)
    second = training.applicant(place)
    training.taken_on(place)
    response = studio.post(
        f"/studio/training/applicants/{second.pk}/", {"action": "take_on", "answer": "Typed words."}
    )  # fmt: skip
    assert response.status_code == 422
    assert "All places are taken" in response.text
    assert "Typed words." in response.text


def test_the_studio_says_who_waits_for_an_answer(studio, maker):
    place = training.published(maker, title="Sewing coats")
    assert "Sewing coats" not in studio.get("/studio/").text
    rows = [training.applicant(place) for _ in range(2)]
    assert "Answer 2 people who applied for “Sewing coats”" in studio.get("/studio/").text
    for row in rows:
        studio.post(f"/studio/training/applicants/{row.pk}/", {"action": "decline", "answer": "Not now."})
    assert "Sewing coats" not in studio.get("/studio/").text


def test_who_withdrew_is_gone_from_the_studio(studio, maker):
    from makers.training.services.applicants import step_back

    row = training.applicant(training.published(maker), name="Robin Field")
    step_back(token=row.token)
    assert "Robin Field" not in studio.get(f"/studio/training/{row.place_id}/").text
    assert studio.get(f"/studio/training/applicants/{row.pk}/").status_code == 404


def test_withdrawing_a_place_asks_for_a_reason(studio, maker):
    row = training.applicant(training.published(maker))
    address = f"/studio/training/{row.place_id}/withdraw/"
    assert "1 person" in studio.get(address).text
    assert studio.post(address, {"reason": " "}).status_code == 422
    assert studio.post(address, {"reason": "The lease ends."}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.place.status) == ("declined", "withdrawn")
    assert "The lease ends." in studio.get(f"/training/status/{row.token}/").text


def test_the_whole_way_of_a_placement_over_the_desk(desk):
    maker = factories.maker(name="Ana Quiroz")
    start = {
        "maker": maker.slug, "kind": "training", "reference": "GW-1", "partner": "goodwill",
        "started_on": (clock.today() - timedelta(50)).isoformat(),
    }  # fmt: skip
    address = desk.post("/training/desk/record/", start).url
    row = Placement.objects.get()
    assert desk.post(address, {"action": "void", "reason": ""}).status_code == 422
    assert "Someone else confirms it" in desk.get(address).text
    desk.post(f"{address}confirm/")
    row.refresh_from_db()
    assert row.status == "recorded"
    other = signed_in(training.coordinator(), second_factor=True)
    other.post(f"{address}confirm/")
    assert desk.post(address, {"action": "complete", "day": ""}).status_code == 422
    assert desk.post(address, {"action": "end", "day": "2026-01-01", "reason": ""}).status_code == 422
    assert desk.post(address, {"action": "complete", "day": "2999-01-01"}).status_code == 422
    assert desk.post(address, {"action": "complete", "day": clock.today().isoformat()}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.ended_on) == ("completed", clock.today())
    page = desk.get(address).text
    assert page.index("Confirmed") > 0
    corrected = desk.post(f"{address}correct/", start | {"kind": "apprenticeship", "reason": "Wrong kind."})
    assert corrected.status_code == 302
    row.refresh_from_db()
    assert row.status == "void"
    assert "Replaced by" in desk.get(address).text


BAD_STARTS = {
    "an unknown maker": ({"maker": "nobody"}, "no maker under this address"),
    "an unknown kind": ({"kind": "wizard"}, "not one of the available"),
    "no partner": ({"partner": ""}, "This field is required"),
    "a full name": ({"reference": "Robin Field"}, "Only initials or a case number"),
    "an e-mail": ({"reference": "r@e.org"}, "Only initials or a case number"),
    "a social security number": ({"reference": "123-45-6789"}, "Only initials or a case number"),
    "no reference": ({"reference": ""}, "This field is required"),
    "a start that lies ahead": ({"started_on": "2999-01-01"}, "lies ahead"),
    "a day that is none": ({"started_on": "yesterday"}, "Enter a valid date"),
}


@pytest.mark.parametrize(("changes", "message"), BAD_STARTS.values(), ids=BAD_STARTS.keys())
def test_a_bad_record_is_refused(desk, changes, message):
    start = {
        "maker": factories.maker().slug, "kind": "training", "reference": "A.B.", "partner": "city",
        "started_on": "2026-01-05",
    }  # fmt: skip
    response = desk.post("/training/desk/record/", start | changes)
    assert response.status_code == 422
    assert message in response.text
    assert not Placement.objects.exists()


def test_who_was_taken_on_is_recorded_without_being_named(desk):
    row = training.applicant(training.published(), name="Robin Unmistakable")
    Applicant.objects.filter(pk=row.pk).update(status="taken_on")
    for page in ("/training/desk/waiting/", f"/training/desk/record/{row.pk}/"):
        text = desk.get(page).text
        assert str(row) in text
        assert "Unmistakable" not in text
        assert row.email not in text
    response = desk.post(
        f"/training/desk/record/{row.pk}/", {"partner": "city", "started_on": clock.today().isoformat()}
    )
    assert response.status_code == 302
    assert Placement.objects.get().applicant == row
    assert desk.get(f"/training/desk/record/{row.pk}/").status_code == 404


def test_a_tied_coordinator_sees_why_nothing_can_be_done():
    user = training.coordinator()
    row = training.recorded(maker=factories.maker(owner=user))
    client = signed_in(user, second_factor=True)
    page = client.get(f"/training/desk/{row.pk}/").text
    assert "You have a tie to this maker" in page
    assert "Confirm the start" not in page
    assert client.post(f"/training/desk/{row.pk}/", {"action": "void", "reason": "x"}).status_code == 422
    assert client.get(f"/training/desk/{row.pk}/correct/").status_code == 404


def test_coordinators_land_at_their_desk_after_signing_in(rf):
    from marketplace.users.adapter import AccountAdapter

    for user, address in ((training.coordinator(), "/training/desk/"), (factories.evaluator(), "/review/")):
        request = rf.get("/")
        request.user = user
        assert AccountAdapter().get_login_redirect_url(request) == address


def test_a_closed_place_can_still_be_answered(studio, maker):
    row = training.applicant(training.published(maker))
    places.close_place(user=factories.owner_of(maker), place=row.place)
    response = studio.post(f"/studio/training/applicants/{row.pk}/", {"action": "take_on", "answer": "Welcome."})
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.status == "taken_on"


def test_lists_of_work_ask_the_database_equally_often(studio, maker, desk):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    place, counts = training.published(maker, places=50), []
    addresses = ["/studio/training/", f"/studio/training/{place.pk}/"]
    work = ["/training/desk/", "/training/desk/waiting/"]
    for number in (1, 6):
        training.published_in_bulk(maker, number)
        for _ in range(number):
            training.taken_on(place)
            training.recorded()
        with CaptureQueriesContext(connection) as captured:
            assert {studio.get(address).status_code for address in addresses} == {200}
            assert {desk.get(address).status_code for address in work} == {200}
        counts.append(len(captured))
    assert counts[0] == counts[1], counts
