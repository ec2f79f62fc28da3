"""Calendar files as RFC 5545 has them, in Los Angeles time, for calendars that update what they know."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from makers.stories.calendar import Entry, write
from makers.stories.models import EventIndexPage, EventPage
from makers.stories.services import publish_pages
from marketplace.core import clock
from tests import factories

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
ENTRY = Entry(
    uid="7b0e4f7c-0000-4000-8000-000000000001", sequence=3,
    changed_at=datetime(2026, 10, 30, 9, 0, tzinfo=LOS_ANGELES),
    starts_at=datetime(2026, 10, 31, 17, 30, tzinfo=LOS_ANGELES),
    ends_at=datetime(2026, 11, 1, 17, 30, tzinfo=LOS_ANGELES),
    title="Open vat", text="Bring cotton.", place="Degnan Blvd", address="http://127.0.0.1:8000/events/open-vat/",
    is_canceled=False,
)  # fmt: skip


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_file_has_what_the_standard_asks_for():
    lines = unfolded(write("Events", [ENTRY]))

    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"VERSION:2.0", "METHOD:PUBLISH", f"UID:{ENTRY.uid}", "SEQUENCE:3", "STATUS:CONFIRMED"} <= set(lines)


def test_moments_are_utc_also_across_the_end_of_daylight_saving():
    lines = unfolded(write("Events", [ENTRY]))

    assert "DTSTART:20261101T003000Z" in lines, "17:30 in summer time"
    assert "DTEND:20261102T013000Z" in lines, "17:30 in winter time"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ana, Bo; and C", "Ana\\, Bo\\; and C"), ("one\r\ntwo\nthree", "one\\ntwo\\nthree"), ("a\\b", "a\\\\b"),
        ("END:VEVENT\r\nBEGIN:VALARM", "END:VEVENT\\nBEGIN:VALARM"), ("a\rb", "ab"),
    ],
)  # fmt: skip
def test_texts_can_not_break_out_of_their_line(text, written):
    lines = unfolded(write("Events", [replace(ENTRY, text=text)]))

    assert f"DESCRIPTION:{written}" in lines
    assert lines.count("END:VEVENT") == 1


def test_long_lines_are_folded_between_letters():
    text = "ñandú 🧵 " * 40
    written = write("Events", [replace(ENTRY, text=text)])

    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    assert f"DESCRIPTION:{text}" in unfolded(written)


@pytest.fixture
def event(db):
    return publish(starts_at=clock.now() + timedelta(days=3))


def publish(slug="open-vat", **changes):
    starts_at = changes.pop("starts_at")
    common = {
        "slug": slug, "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "address": "4333 Degnan Blvd",
    } | changes  # fmt: skip
    pages = {
        "en": EventPage(title="Open vat", summary="Bring cotton.", place="The shop", **common),
        "es": EventPage(title="Tina abierta", summary="Trae algodón.", place="El taller", **common),
    }
    return publish_pages(below=EventIndexPage, pages=pages)


def test_each_language_has_its_words_and_the_same_event(client, event):
    english, spanish = (client.get(f"{path}/events/open-vat/event.ics") for path in ("", "/es"))

    assert english["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Open vat" in english.text
    assert "SUMMARY:Tina abierta" in spanish.text
    uids = {line for answer in (english, spanish) for line in answer.text.split("\r\n") if line.startswith("UID:")}
    assert uids == {f"UID:{event[0].translation_key}"}


def test_the_sequence_grows_when_something_changes(client, event):
    page = EventPage.objects.get(pk=event[0].pk)

    def sequence():
        lines = client.get("/events/open-vat/event.ics").text.split("\r\n")
        return next(int(line.partition(":")[2]) for line in lines if line.startswith("SEQUENCE:"))

    assert sequence() == 0
    EventPage.objects.filter(pk=page.pk).update(first_published_at=page.first_published_at - timedelta(hours=1))
    first = sequence()
    page.refresh_from_db()
    page.is_canceled = True
    page.save_revision().publish()
    assert sequence() >= first > 0
    text = client.get("/events/open-vat/event.ics").text
    assert "STATUS:CANCELLED" in text
    assert "SUMMARY:Canceled: Open vat" in text


def test_the_feed_holds_what_is_to_come_and_tells_of_what_is_canceled(client, event):
    publish("past", starts_at=clock.now() - timedelta(days=3))
    publish("off", starts_at=clock.now() + timedelta(days=9), is_canceled=True)
    hidden = publish("hidden", starts_at=clock.now() + timedelta(days=9))
    hidden[0].unpublish()

    text = client.get("/events/calendar.ics").text

    assert text.count("BEGIN:VEVENT") == 2
    assert text.count("STATUS:CANCELLED") == 1
    assert client.get("/events/hidden/event.ics").status_code == 404
    assert client.get("/events/past/event.ics").status_code == 200


def test_pages_tell_what_is_to_come_what_is_over_and_what_is_canceled(client, event):
    publish("past", starts_at=clock.now() - timedelta(days=3))
    publish("off", starts_at=clock.now() + timedelta(days=9), is_canceled=True)
    index = client.get("/events/")

    assert [page.slug for page in index.context["items"]] == ["open-vat", "off"]
    assert [page.slug for page in index.context["past"]] == ["past"]
    assert [page.slug for page in client.get("/").context["events"]] == ["open-vat"]
    assert "This event is over." in client.get("/events/past/").text
    canceled = client.get("/events/off/").text
    assert "This event is canceled." in canceled
    assert '"eventStatus": "https://schema.org/EventCancelled"' in canceled


def test_an_event_is_told_to_machines_in_los_angeles_time(client, db):
    maker = factories.maker()
    starts_at = datetime(2030, 7, 4, 18, 0, tzinfo=LOS_ANGELES)
    pages = publish(starts_at=starts_at)
    pages[0].makers = [maker]
    pages[0].save_revision().publish()

    text = client.get("/events/open-vat/").text

    assert '"startDate": "2030-07-04T18:00:00-07:00"' in text
    assert maker.name in text
    assert "Los Angeles time" in text
