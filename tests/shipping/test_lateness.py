"""The Mail Order Rule, 16 CFR 435.2: who is told when, what silence means, when the money goes back."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from catalog.order.models import DelayNotice
from catalog.order.workflow import WrongMoment
from marketplace import fulfilment
from marketplace.aftersale.access import as_shopper, key_of
from marketplace.core import clock
from marketplace.fulfilment.late_rules import Told, answer_by, what_now
from marketplace.fulfilment.lateness import answer_delay, say_late, watch_promises
from marketplace.payments.models import Refund
from tests import factories

from .shop import owner, paid

DAY = date(2026, 3, 2)
SOON, FAR = DAY + timedelta(days=30), DAY + timedelta(days=31)


def at(day, hour=12):
    return clock.at(datetime(day.year, day.month, day.day, hour, tzinfo=clock.LOS_ANGELES))


@pytest.mark.parametrize(
    ("new_day", "further", "until"),
    [
        (SOON, False, None),  # (b)(1)(ii): 30 days or less, silence agrees
        (FAR, False, SOON),  # (b)(1)(iii): more than 30 days
        (None, False, SOON),  # (b)(1)(iii): indefinite
        (SOON, True, DAY),  # (b)(2): a further delay needs a yes before the last day is over
        (None, True, DAY),
    ],
)
def test_until_when_a_yes_is_needed(new_day, further, until):
    assert answer_by(first_day=DAY, old_day=DAY, new_day=new_day, further=further) == until


@pytest.mark.parametrize(
    ("told", "today", "evening", "act"),
    [
        (None, DAY - timedelta(days=1), True, "wait"),
        (None, DAY, False, "wait"),
        (None, DAY, True, "tell"),  # (b)(1): no later than the promised day
        (None, DAY + timedelta(days=1), False, "tell"),
        (Told(DAY, SOON, "", None), SOON, False, "wait"),  # (b)(1)(ii)
        (Told(DAY, SOON, "", None), SOON, True, "tell"),  # (b)(2)
        (Told(DAY, FAR, "", SOON), SOON, True, "wait"),  # (b)(1)(iii): the 30th day still counts
        (Told(DAY, FAR, "", SOON), FAR, False, "cancel"),  # (c)(2)
        (Told(DAY, FAR, "agreed", SOON), FAR, False, "wait"),
        (Told(DAY, FAR, "agreed", SOON), FAR, True, "tell"),  # (b)(2)
        (Told(DAY, None, "agreed", SOON), FAR, True, "wait"),  # may cancel any time
        (Told(DAY, None, "", DAY), DAY + timedelta(days=1), False, "cancel"),  # (c)(3)
        (Told(DAY, SOON, "canceled", None), DAY, False, "cancel"),  # (c)(1)
    ],
)
def test_what_the_rule_asks_for(told, today, evening, act):
    assert what_now(promised_on=DAY, told=told, today=today, evening=evening) == act


@pytest.fixture
def part(db):
    return paid(factories.certified_product())


def notice_of(part) -> DelayNotice:
    return part.delay_notices.order_by("-number").first()


def test_on_the_evening_of_the_day_the_shopper_is_told_once(part, mailoutbox):
    with at(part.promised_on, hour=17):
        watch_promises()
        assert not part.delay_notices.exists()
    with at(part.promised_on, hour=18):
        watch_promises()
        watch_promises()
    notice = part.delay_notices.get()
    assert (notice.new_day, notice.answer_by) == (None, part.promised_on + timedelta(days=30))
    from marketplace.mail import delay_told

    delay_told({"notice": notice.pk})
    assert f"/delays/{notice.pk}/?answer=agreed" in mailoutbox[-1].body
    assert f"/delays/{notice.pk}/?answer=canceled" in mailoutbox[-1].body


def test_what_left_in_time_is_left_alone(part):
    fulfilment.ship(user=owner(part), maker_order=part, carrier="UPS", tracking_number="1Z999AA10123456784")
    with at(part.promised_on + timedelta(days=40)):
        watch_promises()
    assert not part.delay_notices.exists()


def test_silence_cancels_an_indefinite_delay_with_shipping(part):
    first = part.promised_on
    with at(first, hour=19):
        watch_promises()
    with at(first + timedelta(days=30)):
        watch_promises()
        assert not Refund.objects.exists()
    with at(first + timedelta(days=31)):
        watch_promises()
        watch_promises()
    refund = Refund.objects.get(maker_order=part)
    assert (refund.kind, refund.amount_cents) == ("late", part.paid_cents)
    part.refresh_from_db()
    assert part.status == "refunded"
    assert notice_of(part).ended_at is not None


def test_silence_agrees_to_a_short_delay_and_a_further_one_needs_a_yes(part):
    first = part.promised_on
    new_day = first + timedelta(days=20)
    say_late(user=owner(part), part=part, new_day=new_day, reason="The loom broke.")
    part.refresh_from_db()
    assert (part.promised_on, notice_of(part).answer_by) == (new_day, None)
    with at(first + timedelta(days=5)):
        watch_promises()
    assert part.delay_notices.count() == 1
    with at(new_day, hour=20):
        watch_promises()
    assert (notice_of(part).number, notice_of(part).is_further, notice_of(part).answer_by) == (2, True, new_day)
    with at(new_day + timedelta(days=1)):
        watch_promises()
    assert Refund.objects.get(maker_order=part).kind == "late"


def test_a_long_delay_moves_the_day_only_with_a_yes(part):
    first, far = part.promised_on, part.promised_on + timedelta(days=60)
    (notice,) = say_late(user=owner(part), part=part, new_day=far, reason="The wool is late.")
    part.refresh_from_db()
    assert part.promised_on == first
    with pytest.raises(WrongMoment):
        say_late(user=owner(part), part=part, new_day=far, reason="Again.")
    answer_delay(access=as_shopper(part.order), notice=notice, agree=True)
    part.refresh_from_db()
    assert part.promised_on == far
    with at(first + timedelta(days=40)):
        watch_promises()
    assert not Refund.objects.exists()


def test_the_shopper_cancels_after_a_yes_and_only_what_is_late(db):
    maker = factories.maker()
    ready = factories.certified_product(maker, title="Ready", price="40.00")
    made = factories.certified_product(maker, title="Made", made_to_order_days=30)
    part = paid(ready, made)
    (notice,) = say_late(user=owner(part), part=part, new_day=None, reason="Ill.")
    assert [line.title for line in notice.lines.all()] == ["Ready"]
    access = as_shopper(part.order)
    answer_delay(access=access, notice=notice, agree=True)
    answer_delay(access=access, notice=notice, agree=False)
    refund = Refund.objects.get(maker_order=part)
    assert [row.line.title for row in refund.lines.all()] == ["Ready"]
    part.refresh_from_db()
    assert (part.status, part.promised_on) == ("to_ship", part.lines.get(title="Made").promised_on)
    with pytest.raises(WrongMoment):
        answer_delay(access=access, notice=notice, agree=True)


def test_only_the_maker_says_late_and_only_the_shopper_answers(part):
    with pytest.raises(PermissionDenied):
        say_late(user=factories.person(), part=part, new_day=None, reason="No.")
    (notice,) = say_late(user=owner(part), part=part, new_day=None, reason="Ill.")
    other = paid(factories.certified_product())
    with pytest.raises(PermissionDenied):
        answer_delay(access=as_shopper(other.order), notice=notice, agree=False)


@pytest.mark.parametrize(("days", "reason"), [(0, "Ill."), (400, "Ill."), (5, "")])
def test_a_delay_needs_a_later_day_and_a_reason(part, days, reason):
    with pytest.raises(ValidationError):
        say_late(user=owner(part), part=part, new_day=part.promised_on + timedelta(days=days), reason=reason)


def test_a_guest_answers_by_the_link_and_following_it_does_nothing(client, part):
    (notice,) = say_late(user=owner(part), part=part, new_day=None, reason="The loom broke.")
    order = part.order
    address = reverse("guest:delay", args=[order.number, key_of(order), notice.pk])
    shown = client.get(f"{address}?answer=canceled")
    assert "The loom broke." in shown.content.decode()
    notice.refresh_from_db()
    assert notice.answer == ""
    assert client.get(address.replace(key_of(order), "0" * len(key_of(order)))).status_code == 404
    assert client.post(address, {"answer": "canceled"}).status_code == 302
    notice.refresh_from_db()
    assert notice.answer == "canceled"
    assert Refund.objects.filter(maker_order=part, kind="late").exists()


def test_the_studio_tells_the_shopper(client, part):
    client.force_login(owner(part))
    address = reverse("studio:late", args=[part.pk])
    both = {"new_day": (part.promised_on + timedelta(days=9)).isoformat(), "unknown": "on", "reason": "Ill."}
    assert client.post(address, both).status_code == 422
    assert client.post(address, both | {"unknown": ""}).status_code == 302
    assert part.delay_notices.get().new_day == part.promised_on + timedelta(days=9)
    assert "is not kept" in client.get(reverse("studio:order", args=[part.pk])).content.decode()
