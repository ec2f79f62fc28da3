"""What editors rely on: previews, publishing by the clock, renames that keep old addresses, words for pictures."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from wagtail.models import Page

from makers.stories.models import (
    CollectionIndexPage,
    CollectionPage,
    EventIndexPage,
    EventPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    MakerPage,
    NeighborhoodIndexPage,
    NeighborhoodPage,
    StoryIndexPage,
)  # fmt: skip
from makers.stories.services import (
    StoryText,
    add_picture,
    publish_due,
    publish_maker_page,
    publish_pages,
    publish_story,
)  # fmt: skip
from marketplace.core import clock, periodic
from tests import factories
from tests.access import signed_in

pytestmark = pytest.mark.django_db
BODY = [("chapter", {"heading": "Looms"}), ("text", "<p>They click.</p>")]


@pytest.fixture
def editor():
    return signed_in(factories.staff("Moderators"), second_factor=True)


@pytest.fixture
def pages():
    """One live page of every type, in English."""
    maker = factories.maker()
    publish_maker_page(maker)
    now = clock.now()
    made = {
        GuideIndexPage: GuidePage(title="Guide", slug="guide", summary="x", body=[*BODY, ("claims", None)]),
        CollectionIndexPage: CollectionPage(title="Mix", slug="mix", intro="x", rule="in_stock=1"),
        NeighborhoodIndexPage: NeighborhoodPage(title="Venice", slug="venice", neighborhood="Venice", intro="x"),
        EventIndexPage: EventPage(
            title="Vat", slug="vat", summary="x", starts_at=now, ends_at=now + timedelta(hours=1), place="x",
            address="x", makers=[maker],
        ),
    }  # fmt: skip
    for below, page in made.items():
        publish_pages(below=below, pages={"en": page})
    publish_story(slug="looms", texts={"en": StoryText("Looms", "x", BODY)}, maker=maker)
    return [page.specific for page in Page.objects.filter(depth__gt=1, locale__language_code="en")]


def test_every_page_has_a_preview_in_every_mode(client, pages):
    assert {type(page) for page in pages} >= {HomePage, StoryIndexPage, MakerPage, EventPage, GuidePage, CollectionPage}
    for page in pages:
        for mode, _label in page.preview_modes:
            request = client.get("/").wsgi_request
            answer = page.make_preview_request(original_request=request, preview_mode=mode)
            assert answer.status_code == 200, page
            answer.render()
            assert "<h1" in answer.content.decode(), page


def test_the_preview_shows_what_was_typed_and_not_saved(editor, pages):
    index = StoryIndexPage.objects.get(locale__language_code="en")
    form = {
        "title": "Nine dips", "slug": "nine-dips", "summary": "Blue.", "cover": "under", "picture_alt": "",
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "chapter", "body-0-id": "",
        "body-0-value-heading": "Bread and ash", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    address = f"/cms/pages/add/stories/storypage/{index.pk}/preview/"

    assert editor.post(address, form).json() == {"is_valid": True, "is_available": True}
    text = editor.get(address).text

    assert "Bread and ash" in text
    assert "Nine dips" in text


def test_what_is_due_is_published_and_taken_down(client, editor):
    (page,) = publish_story(slug="looms", texts={"en": StoryText("Looms", "x", BODY)})
    page.unpublish()
    page.go_live_at, page.expire_at = clock.now() + timedelta(hours=1), clock.now() + timedelta(hours=3)
    page.save_revision().publish()
    publish_due()
    assert client.get("/stories/looms/").status_code == 404

    with time_passes(hours=2):
        publish_due()
        assert client.get("/stories/looms/").status_code == 200
    with time_passes(hours=4):
        publish_due()
        assert client.get("/stories/looms/").status_code == 404


def time_passes(**span):
    return time_machine.travel(clock.now() + timedelta(**span))


def test_the_clock_publishes_within_a_minute():
    job = "makers.stories.services.publish_due"
    assert settings.PERIODIC_JOBS[job] == 60
    assert (job, 60) in periodic.due()


def test_a_renamed_page_is_still_found_at_its_old_address(client, django_capture_on_commit_callbacks):
    (page,) = publish_story(slug="looms", texts={"en": StoryText("Looms", "x", BODY)})
    page.slug = "the-looms"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    answer = client.get("/stories/looms/")

    assert answer.status_code == 301
    assert answer["Location"].endswith("/stories/the-looms/")


def errors_of(model, **typed) -> dict:
    """What the CMS's form says, blocks left empty."""
    form_class = model.get_edit_handler().get_form_class()
    empty = {f"{name}-count": "0" for name in ("body", "pieces")}
    form = form_class(empty | typed, instance=model(), for_user=factories.person())
    form.formsets.clear()
    form.is_valid()
    return {name: str(errors) for name, errors in form.errors.items()}


@pytest.mark.parametrize("model", [CollectionPage, EventPage, GuidePage, NeighborhoodPage])
def test_a_picture_of_any_page_needs_words(model):
    image = add_picture(data=factories.photo().read(), name="table.jpg", title="Table")

    assert "Say what the picture shows" in errors_of(model, picture=image.pk, picture_alt=" ")["picture_alt"]
    assert "picture_alt" not in errors_of(model, picture=image.pk, picture_alt="A table")


def test_an_event_ends_after_it_starts():
    refused = errors_of(EventPage, starts_at="2026-12-12 18:00", ends_at="2026-12-12 17:00")

    assert "An event ends after it starts" in refused["ends_at"]
    assert "ends_at" not in errors_of(EventPage, starts_at="2026-12-12 18:00", ends_at="2026-12-12 19:00")
