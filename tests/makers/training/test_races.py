"""The last place and many hands, on PostgreSQL; the first test shows that the race is real."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.db.models import F

from makers.training.models import Applicant, Place, Placement
from makers.training.services import applicants, placements, places
from makers.training.services.placements import Start
from makers.training.workflow import WrongMoment
from marketplace.core import clock
from tests import factories
from tests.factories import training
from tests.fulfilment.test_races import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
HANDS = 8


@pytest.fixture(autouse=True)
def _postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("rows are locked for real on PostgreSQL only")


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_the_last_place_is_given_once():
    place = training.published(places=1)
    owner = factories.owner_of(place.maker)
    people = [training.applicant(place) for _ in range(HANDS)]

    def careless(_person):
        """Look, then count up: what a place without lock and constraint would do."""
        return Place.objects.get(pk=place.pk).left > 0 and Place.objects.filter(pk=place.pk).update(
            taken=F("taken") + 1
        )  # fmt: skip

    results = together(careless, people)
    assert kinds(results).count("IntegrityError") or results.count(1) == 1, "the table itself refuses the second"
    Place.objects.filter(pk=place.pk).update(taken=0)

    results = together(lambda row: applicants.take_on(user=owner, applicant=row, answer="Welcome."), people)
    assert kinds(results) == ["Applicant", *["ValidationError"] * (HANDS - 1)], results
    assert all(isinstance(result, (Applicant, ValidationError)) for result in results)
    place.refresh_from_db()
    assert place.taken == place.applicants.filter(status="taken_on").count() == 1


def test_one_person_sending_many_times_at_once_has_one_application():
    place = training.published()
    person = training.person(email="robin@example.org")
    results = together(lambda _: applicants.apply_for(place=place, person=person), range(HANDS))
    assert {result.pk for result in results} == {Applicant.objects.get().pk}, results


def test_taking_on_and_stepping_back_at_once_end_in_one_of_the_two():
    place = training.published(places=1)
    row, owner = training.applicant(place), factories.owner_of(place.maker)

    def act(name):
        if name == "take on":
            return applicants.take_on(user=owner, applicant=row, answer="Welcome.")
        return applicants.step_back(token=row.token)

    results = together(act, ["take on", "step back", "take on", "step back"])
    assert not [result for result in results if isinstance(result, IntegrityError)], results
    row.refresh_from_db()
    place.refresh_from_db()
    assert (row.status, place.taken) == ("withdrawn", 0)


def test_withdrawing_the_place_while_people_apply_leaves_nobody_waiting():
    place = training.published()
    owner = factories.owner_of(place.maker)

    def act(number):
        if number == 0:
            return places.withdraw_place(user=owner, place=place, reason="The lease ends.")
        return applicants.apply_for(place=place, person=training.person())

    results = together(act, range(HANDS))
    assert {type(result) for result in results} <= {Place, Applicant, ValidationError}, results
    assert not place.applicants.filter(status="received").exists()


def test_one_start_recorded_and_confirmed_by_many_at_once_counts_once():
    row = training.taken_on()
    people = [training.coordinator() for _ in range(HANDS)]
    start = Start(
        maker=row.place.maker, kind=row.place.kind, partner="city", started_on=clock.today(), applicant=row
    )  # fmt: skip
    results = together(lambda user: placements.record_placement(user=user, start=start), people)
    assert kinds(results) == ["Placement", *["WrongMoment"] * (HANDS - 1)], results
    made = Placement.objects.get()
    others = [user for user in people if user != made.recorded_by]
    results = together(lambda user: placements.confirm_placement(user=user, placement=made), others)
    assert kinds(results).count("Placement") == 1
    assert {type(result) for result in results} <= {Placement, WrongMoment}
