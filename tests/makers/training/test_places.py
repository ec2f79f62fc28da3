"""Places: the rules as a table, who may write them, and what closing and withdrawing bring with them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from certification.models import AuditEntry
from makers.training import rules
from makers.training.models import Place
from makers.training.services import applicants, places
from makers.training.services.places import erasing_day
from makers.training.workflow import WrongMoment
from marketplace.core import clock, outbox
from tests import factories
from tests.factories import training

WAGES = [
    (date(2025, 6, 30), "17.28"), (date(2025, 7, 1), "17.87"), (date(2026, 11, 24), "17.87"),
    (date(2024, 7, 1), "17.28"), (date(2024, 6, 30), "16.78"), (date(2023, 6, 30), "16.04"),
    (date(2000, 1, 1), "16.04"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "wage"), WAGES)
def test_the_minimum_wage_of_a_day(day, wage):
    assert rules.minimum_wage(day)[1] == Decimal(wage)


def test_the_wages_are_in_order_and_only_rise():
    assert sorted(rules.MINIMUM_WAGES) == list(rules.MINIMUM_WAGES)
    assert sorted(wage for _day, wage in rules.MINIMUM_WAGES) == [wage for _day, wage in rules.MINIMUM_WAGES]


GOOD = rules.Facts(
    kind="apprenticeship", steps=["sewing"], languages=["en"], is_paid=True, wage_from=Decimal("17.87"), wage_to=None,
    starts_on=date(2026, 12, 1), closes_on=date(2026, 11, 30),
)  # fmt: skip
BAD = {
    "below the minimum": ({"wage_from": Decimal("17.86")}, "wage_from"),
    "paid without a wage": ({"wage_from": None}, "wage_from"),
    "a wage that falls": ({"wage_to": Decimal("17.50")}, "wage_to"),
    "an unpaid apprenticeship": ({"is_paid": False, "wage_from": None}, "is_paid"),
    "unpaid with a wage": ({"kind": "training", "is_paid": False}, "is_paid"),
    "unpaid with a later wage": (
        {"kind": "training", "is_paid": False, "wage_from": None, "wage_to": Decimal(20)}, "is_paid",
    ),
    "no step": ({"steps": []}, "steps"),
    "an unknown step": ({"steps": ["welding"]}, "steps"),
    "no language": ({"languages": []}, "languages"),
    "an unknown language": ({"languages": ["xx"]}, "languages"),
    "closing after the start": ({"closes_on": date(2026, 12, 2)}, "closes_on"),
}  # fmt: skip


def changed(**changes) -> rules.Facts:
    return rules.Facts(**{name: getattr(GOOD, name) for name in rules.Facts.__slots__} | changes)


@pytest.mark.parametrize(("changes", "field"), BAD.values(), ids=BAD.keys())
def test_a_rule_names_its_field(changes, field):
    assert rules.problems(GOOD) == {}
    assert set(rules.problems(changed(**changes))) == {field}


def test_the_wage_rule_says_its_source_and_its_day():
    message = rules.problems(changed(wage_from=Decimal("15.00")))["wage_from"]
    assert "$17.87" in message
    assert "Municipal Code 187.02" in message
    assert "July 1, 2025" in message


@pytest.mark.parametrize("kind", ["pre_apprenticeship", "training"])
def test_other_kinds_may_be_unpaid_and_are_held_to_the_wage_where_paid(kind):
    assert rules.problems(changed(kind=kind, is_paid=False, wage_from=None)) == {}
    assert "wage_from" in rules.problems(changed(kind=kind, wage_from=Decimal(12)))


def test_what_stands_against_showing_it_today():
    assert rules.publishing_problems(GOOD, date(2026, 11, 30)) == {}
    assert set(rules.publishing_problems(GOOD, date(2026, 12, 1))) == {"closes_on"}
    far = changed(starts_on=date(2030, 1, 1))
    assert set(rules.publishing_problems(far, date(2026, 11, 1))) == {"starts_on"}


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 1, 1)))
def test_the_erasing_day_is_six_months_on(day):
    erased = erasing_day(clock.start_of(day))
    assert (erased.year * 12 + erased.month) - (day.year * 12 + day.month) == 6
    assert erased.day == day.day or (erased.day < day.day and (erased + timedelta(1)).day == 1)


@pytest.mark.django_db
class TestServices:
    def test_a_draft_is_for_its_makers_people_alone(self):
        place = training.draft()
        strangers = (factories.owner_of(factories.maker()), factories.person(), factories.evaluator())
        for stranger in strangers:
            with pytest.raises(PermissionDenied):
                places.save_place(user=stranger, place=place, languages=["en"])
            with pytest.raises(PermissionDenied):
                places.publish_place(user=stranger, place=place)
            with pytest.raises(PermissionDenied):
                places.withdraw_place(user=stranger, place=place, reason="x")
        assert Place.objects.get().status == "draft"

    def test_a_place_cannot_be_moved_into_another_maker(self):
        """The permission is asked of the stored maker, whatever the object in memory says."""
        place, mine = training.draft(), factories.maker()
        place.maker = mine
        with pytest.raises(PermissionDenied):
            places.save_place(user=factories.owner_of(mine), place=place, languages=["en"])

    def test_a_change_is_audited_with_before_and_after(self):
        place = training.published(wage_from=Decimal("18.50"))
        place.wage_from = Decimal("19.00")
        places.save_place(user=factories.owner_of(place.maker), place=place, languages=["ko"])
        entry = AuditEntry.objects.first()
        assert entry.verb == "maker:place:edit"
        assert (entry.before["wage_from"], entry.after["wage_from"]) == ("18.50", "19.00")
        assert (entry.before["languages"], entry.after["languages"]) == (["en", "es"], ["ko"])
        assert [row.language for row in Place.objects.get().languages.all()] == ["ko"]

    def test_a_refused_change_changes_nothing(self):
        place = training.published()
        place.wage_from = Decimal("10.00")
        with pytest.raises(ValidationError, match="minimum wage"):
            places.save_place(user=factories.owner_of(place.maker), place=place, languages=["ko"])
        stored = Place.objects.get()
        assert stored.wage_from == Decimal("18.50")
        assert stored.languages.count() == 2

    def test_fewer_places_than_taken_are_refused(self):
        place = training.taken_on().place
        place.refresh_from_db()
        place.places = 0
        with pytest.raises(ValidationError):
            places.save_place(user=factories.owner_of(place.maker), place=place, languages=["en"])
        training.taken_on(place)
        place.places = 1
        with pytest.raises(ValidationError, match="2 people were taken on"):
            places.save_place(user=factories.owner_of(place.maker), place=place, languages=["en"])

    def test_an_ended_place_is_not_changed(self):
        place = training.published()
        owner = factories.owner_of(place.maker)
        places.close_place(user=owner, place=place)
        with pytest.raises(WrongMoment):
            places.save_place(user=owner, place=place, languages=["en"])

    def test_a_draft_whose_closing_day_has_passed_is_not_published(self):
        with clock.at(clock.now() - timedelta(90)):
            place = training.draft()
        with pytest.raises(ValidationError, match="closing day has passed"):
            places.publish_place(user=factories.owner_of(place.maker), place=place)

    def test_withdrawing_declines_everyone_who_waits_and_tells_them_why(self):
        place = training.published(places=3)
        owner = factories.owner_of(place.maker)
        waiting, invited, declined = (training.applicant(place) for _ in range(3))
        applicants.invite(user=owner, applicant=invited, answer="Come by.")
        applicants.decline(user=owner, applicant=declined, answer="No.")
        outbox.deliver()
        mail.outbox.clear()
        places.withdraw_place(user=owner, place=place, reason="Our lease ends.")
        outbox.deliver()
        assert {row.status for row in place.applicants.all()} == {"declined"}
        assert {message.to[0] for message in mail.outbox} == {waiting.email, invited.email}
        assert all("Our lease ends." in message.body for message in mail.outbox)

    def test_the_clock_closes_what_is_past_and_nothing_else(self):
        with clock.at(clock.now() - timedelta(40)):
            past = training.published()
        today = training.published(closes_on=clock.today())
        assert places.close_past_places() == 1
        past.refresh_from_db()
        today.refresh_from_db()
        assert (past.status, today.status) == ("closed", "published")
        assert past.erase_on == erasing_day(past.ended_at)
        assert places.close_past_places() == 0

    def test_the_database_itself_refuses_more_people_than_places(self):
        place = training.published(places=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Place.objects.filter(pk=place.pk).update(taken=2)
