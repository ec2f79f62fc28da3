"""The table of a seller's check: who may do what from where, the days, and when nothing may be sold."""

from datetime import timedelta

import pytest
import time_machine

from catalog.order.workflow import WrongMoment
from marketplace.core import clock
from marketplace.duties import watching, workflow
from marketplace.duties.models import SellerCheck, SellerCheckChange
from marketplace.duties.words import CheckAction as A
from marketplace.duties.words import CheckStatus as S
from marketplace.duties.words import Side
from tests import factories
from tests.factories import duties

pytestmark = pytest.mark.django_db
ACTIONS_OF = {
    Side.MAKER: {A.ANSWER, A.CONFIRM}, Side.STAFF: {A.VERIFY, A.SEND_BACK},
    Side.CLOCK: {A.ASK, A.ASK_YEARLY, A.ASK_ANEW, A.WARN, A.STOP, A.END},
}  # fmt: skip


def at(status: str, **fields) -> SellerCheck:
    """A check put into a status, whatever it was before."""
    check = duties.asked()
    SellerCheck.objects.filter(pk=check.pk).update(status=status, **fields)
    return SellerCheck.objects.select_related("maker").get(pk=check.pk)


@pytest.mark.parametrize("status", S)
def test_an_action_that_is_not_in_the_table_changes_nothing(status):
    check = at(status, due_on=clock.today() + timedelta(3))
    before = SellerCheckChange.objects.count()
    for side, actions in ACTIONS_OF.items():
        allowed = workflow.possible(check, side)
        assert allowed <= actions, "each side has its own actions"
        for action in set(A) - allowed:
            with pytest.raises(WrongMoment):
                workflow.perform(check=check, action=action, side=side)
    assert SellerCheckChange.objects.count() == before
    assert SellerCheck.objects.get(pk=check.pk).status == status


@pytest.mark.parametrize(("key", "move"), workflow.TRANSITIONS.items())
def test_every_row_of_the_table_leads_where_it_says(key, move):
    status, action = key
    late = clock.today() - timedelta(1)
    check = at(status, due_on=late)
    if move.guard is workflow.has_facts:
        _give_facts(check)
    if move.guard is workflow.is_closed:
        type(check.maker).objects.filter(pk=check.maker_id).update(closed_at=clock.now())
    check = SellerCheck.objects.select_related("maker").get(pk=check.pk)
    change = workflow.perform(check=check, action=action, side=move.side)
    assert (change.from_status, change.to_status, check.status) == (status, move.to, move.to)
    days = {S.STOPPED: None, S.ENDED: None, S.VERIFIED: workflow.years_later(clock.today(), 1)}
    assert check.due_on == days.get(move.to, clock.today() + timedelta(10))


def _give_facts(check):
    from marketplace.duties.models import SellerAnswer

    owner = factories.owner_of(check.maker)
    answer = SellerAnswer.objects.create(check_of=check, given_by=owner, at=clock.now(), **duties.FACTS)
    SellerCheck.objects.filter(pk=check.pk).update(verified_answer=answer)


@pytest.mark.parametrize(
    ("status", "days", "expected"),
    [
        (S.ASKED, 0, S.ASKED), (S.ASKED, 1, S.WARNED), (S.RETURNED, 0, S.RETURNED), (S.RETURNED, 1, S.WARNED),
        (S.CONFIRM, 0, S.CONFIRM), (S.CONFIRM, 1, S.WARNED), (S.WARNED, 0, S.WARNED), (S.WARNED, 1, S.STOPPED),
        (S.GIVEN, 1, S.GIVEN), (S.VERIFIED, -1, S.VERIFIED), (S.VERIFIED, 0, S.CONFIRM), (S.ENDED, 1, S.ENDED),
    ],
)  # fmt: skip
def test_the_clock_keeps_the_days(status, days, expected):
    check = at(status, due_on=clock.today() - timedelta(days))
    watching.keep_days()
    assert SellerCheck.objects.get(pk=check.pk).status == expected


def test_who_sells_little_by_now_is_not_asked_again():
    check = at(S.VERIFIED, due_on=clock.today(), discloses_since=clock.today())
    check.maker.sales_days.all().delete()
    watching.keep_days()
    check.refresh_from_db()
    assert (check.status, check.discloses_since) == (S.ENDED, None)


def test_a_closed_business_is_asked_nothing_any_more():
    check = at(S.STOPPED)
    type(check.maker).objects.filter(pk=check.maker_id).update(closed_at=clock.now())
    watching.keep_days()
    assert SellerCheck.objects.get(pk=check.pk).status == S.ENDED


def test_from_silence_to_suspension_takes_ten_and_ten_days_in_los_angeles():
    with time_machine.travel("2026-03-02T08:30:00Z", tick=False):  # half past midnight there
        check = duties.asked()
        assert str(check.due_on) == "2026-03-12"
    for moment, status in [
        ("2026-03-13T06:59:00Z", S.ASKED),  # the last minute of March 12
        ("2026-03-13T07:01:00Z", S.WARNED), ("2026-03-24T06:59:00Z", S.WARNED), ("2026-03-24T07:01:00Z", S.STOPPED),
    ]:  # fmt: skip
        with time_machine.travel(moment, tick=False):
            watching.keep_days()
            assert SellerCheck.objects.get(pk=check.pk).status == status, moment
