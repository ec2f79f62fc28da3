"""Applying, being answered, stepping back, being erased; below the pages."""

import json
import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from certification.models import AuditEntry
from makers.training.models import Applicant
from makers.training.services import applicants, places
from makers.training.services.places import erasing_day
from makers.training.workflow import WrongMoment
from marketplace.core import clock, outbox
from marketplace.core.models import OutboxMessage
from tests import factories
from tests.factories import training

pytestmark = pytest.mark.django_db
ANSWERS = [applicants.invite, applicants.decline, applicants.take_on]


def letters() -> list:
    outbox.deliver()
    sent, mail.outbox[:] = list(mail.outbox), []
    return sent


def test_an_application_writes_to_the_person_and_to_the_maker():
    place = training.published()
    row = training.applicant(place, email="Robin@Example.org", name="Robin Field")
    to_person, to_maker = letters()
    assert to_person.to == ["robin@example.org"]
    assert f"/training/status/{row.token}/" in to_person.body
    assert to_maker.to == [place.maker.email]
    assert "Robin" not in to_maker.body + to_maker.subject
    assert f"/studio/training/{place.pk}/" in to_maker.body


def test_letters_are_in_the_language_of_the_page_and_of_the_maker():
    place = training.published(factories.maker(language="es"))
    training.applicant(place, language="es")
    to_person, to_maker = letters()
    assert "/es/training/status/" in to_person.body
    assert "Costura" in to_person.subject
    assert "/es/studio/training/" in to_maker.body


def test_a_second_application_adds_nothing_changes_nothing_and_sends_the_known_link_once_a_day():
    place = training.published()
    first = training.applicant(place, email="robin@example.org", why="The first words.")
    letters()
    for _ in range(3):
        again = training.applicant(place, email=" ROBIN@example.org", why="Other words.")
        assert again == first
    (letter,) = letters()
    assert letter.to == ["robin@example.org"]
    assert first.token in letter.body
    assert Applicant.objects.get().why == "The first words."
    with clock.at(clock.now() + timedelta(days=1)):
        training.applicant(place, email="robin@example.org")
    assert OutboxMessage.objects.filter(key__startswith="training:known:").count() == 2


def test_after_an_answer_or_at_another_place_the_same_address_may_apply():
    place = training.published()
    first = training.applicant(place, email="robin@example.org")
    training.applicant(training.published(), email="robin@example.org")
    applicants.decline(user=factories.owner_of(place.maker), applicant=first, answer="Not now.")
    assert training.applicant(place, email="robin@example.org") != first


def test_the_database_itself_refuses_two_open_applications():
    row = training.applicant()
    twin = Applicant.objects.get(pk=row.pk)
    twin.pk, twin.token = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize("ending", ["draft", "closed", "withdrawn", "past", "full"])
def test_a_place_that_is_not_open_takes_no_application(ending):
    with clock.at(clock.now() - timedelta(days=40 if ending == "past" else 0)):
        place = training.draft(places=1) if ending == "draft" else training.published(places=1)
    owner = factories.owner_of(place.maker)
    if ending == "closed":
        places.close_place(user=owner, place=place)
    if ending == "withdrawn":
        places.withdraw_place(user=owner, place=place, reason="No.")
    if ending == "full":
        training.taken_on(place)
    before = Applicant.objects.count()
    with pytest.raises(ValidationError):
        training.applicant(place)
    assert Applicant.objects.count() == before


@pytest.mark.parametrize("answer", ANSWERS)
def test_only_the_makers_own_people_answer(answer):
    row = training.applicant()
    strangers = [factories.owner_of(factories.maker()), training.coordinator(), factories.evaluator()]
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            answer(user=stranger, applicant=row, answer="Hello.")
    row.refresh_from_db()
    assert (row.status, row.answer, row.place.taken) == ("received", "", 0)


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_letter_carries_the_makers_words(answer):
    row = training.applicant()
    letters()
    answer(user=factories.owner_of(row.place.maker), applicant=row, answer="Wednesday at nine, 110 E 9th St.")
    (letter,) = letters()
    assert letter.to == [row.email]
    assert "Wednesday at nine" in letter.body


def test_nobody_is_taken_on_beyond_the_last_place():
    place = training.published(places=1)
    first, second = training.applicant(place), training.applicant(place)
    owner = factories.owner_of(place.maker)
    applicants.take_on(user=owner, applicant=first, answer="Welcome.")
    with pytest.raises(ValidationError, match="All places are taken"):
        applicants.take_on(user=owner, applicant=second, answer="Welcome.")
    second.refresh_from_db()
    place.refresh_from_db()
    assert (second.status, place.taken) == ("received", 1)


def test_stepping_back_erases_at_once_and_frees_the_place():
    row = training.taken_on(training.published(places=1))
    applicants.step_back(token=row.token)
    row.refresh_from_db()
    row.place.refresh_from_db()
    assert (row.status, row.place.taken) == ("withdrawn", 0)
    assert personal(row) == {""}
    assert row.erased_at
    with pytest.raises(WrongMoment):
        applicants.step_back(token=row.token)
    training.taken_on(row.place)


def test_who_has_started_does_not_step_back_by_the_link():
    with clock.at(clock.now() - timedelta(days=70)):
        row = training.taken_on()
    training.recorded(
        maker=row.place.maker, kind=row.place.kind, applicant=row, started_on=clock.today(), reference=""
    )  # fmt: skip
    with pytest.raises(ValidationError, match="recorded that you started"):
        applicants.step_back(token=row.token)
    row.refresh_from_db()
    assert row.status == "taken_on"


def test_an_unknown_link_is_nobodys():
    with pytest.raises(Applicant.DoesNotExist):
        applicants.step_back(token="x" * 43)


def personal(row: Applicant) -> set:
    return {row.name, row.email, row.phone, row.area, row.why, row.answer, "".join(row.languages)}


def test_what_is_personal_is_erased_six_months_after_the_end_and_not_a_day_before():
    place = training.published(places=2)
    waiting, taken = training.applicant(place), training.taken_on(place)
    other = training.applicant()
    places.close_place(user=factories.owner_of(place.maker), place=place)
    place.refresh_from_db()
    last_day = erasing_day(place.ended_at)
    with clock.at(clock.start_of(last_day) - timedelta(seconds=1)):
        assert applicants.erase_due() == 0
    with clock.at(clock.start_of(last_day)):
        assert applicants.erase_due() == 2
        assert applicants.erase_due() == 0
    for row, status in ((waiting, "received"), (taken, "taken_on")):
        row.refresh_from_db()
        assert personal(row) == {""}
        assert (row.status, row.token) == (status, None)
    other.refresh_from_db()
    assert other.name
    assert AuditEntry.objects.filter(verb="clock:place:erase_applicants").get().after == {"applicants": 2}


def test_a_letter_that_comes_after_the_erasing_is_not_sent():
    row = training.applicant()
    applicants.step_back(token=row.token)
    assert [letter.to for letter in letters()] == [[row.place.maker.email]]


def test_neither_outbox_nor_audit_nor_log_holds_who_applied(caplog):
    with caplog.at_level(logging.DEBUG):
        row = training.applicant(name="Quetzal Unmistakable", email="quetzal@example.org", why="Zephyr words.")
        applicants.decline(user=factories.owner_of(row.place.maker), applicant=row, answer="Zephyr answer.")
        letters()
    stored = json.dumps([*OutboxMessage.objects.values("payload", "key", "last_error")])
    audited = json.dumps([*AuditEntry.objects.values("subject", "private__reason", "before", "after")])
    logged = " ".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    for secret in ("Quetzal", "quetzal@example.org", "Zephyr"):
        assert secret not in stored + audited + logged
    assert "Quetzal" not in str(row)
