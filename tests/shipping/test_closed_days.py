"""Closed days move what is promised from now on, never what was promised; pages say so."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from catalog.order.models import Line
from catalog.search.product_page import product_page
from catalog.shipping.calendar import business_days_after
from catalog.shipping.planning import Item, parcels_for
from catalog.shipping.terms import terms_of
from makers import hours
from makers.models import Closure, OpenHours
from makers.stories.services import publish_maker_page
from marketplace.core import clock
from tests import factories
from tests.fulfilment.shop import basket_with, place

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


def days(*numbers):
    return [(date(2026, 3, first), date(2026, 3, last)) for first, last in numbers]


PROMISES = {
    "none": (MONDAY, 3, [], date(2026, 3, 5)),
    "over already": (MONDAY, 3, [(date(2026, 2, 1), date(2026, 3, 1))], date(2026, 3, 5)),
    "in between": (MONDAY, 3, days((3, 4)), date(2026, 3, 9)),
    "today": (MONDAY, 0, days((2, 2)), date(2026, 3, 3)),
    "up to a weekend": (MONDAY, 1, days((2, 6)), date(2026, 3, 10)),
    "two that overlap": (MONDAY, 1, days((2, 4), (4, 6)), date(2026, 3, 10)),
    "a weekend, which counts for nothing anyway": (MONDAY, 5, days((7, 8)), date(2026, 3, 9)),
    "later than the promise": (MONDAY, 3, days((6, 30)), date(2026, 3, 5)),
}


@pytest.mark.parametrize("case", PROMISES)
def test_a_promise_skips_closed_days(case):
    day, count, closed, promised = PROMISES[case]
    assert business_days_after(day, count, closed) == promised


@pytest.fixture
def maker():
    return factories.maker(name="Taller Ocho", offers_pickup=True)


@pytest.fixture
def piece(maker):
    return factories.certified_product(maker, stock=9)


def close(maker, first, last, **words):
    today = clock.today()
    return hours.add_closure(
        user=factories.owner_of(maker), maker=maker, first_day=today + timedelta(days=first),
        last_day=today + timedelta(days=last), **words,
    )  # fmt: skip


def test_new_orders_are_promised_for_later_and_old_ones_stay(maker, piece):
    before = place(basket_with(piece)).order
    promised = before.maker_orders.get().promised_on
    closure = close(maker, 0, 20)
    after = place(basket_with(piece)).order.maker_orders.get()
    assert after.promised_on > closure.last_day
    assert before.maker_orders.get().promised_on == promised
    assert Line.objects.get(maker_order__order=before).promised_on == promised
    hours.remove_closure(user=factories.owner_of(maker), maker=maker, closure_id=closure.pk)
    after.refresh_from_db()
    assert after.promised_on > closure.last_day, "who opens early keeps what was promised"


def test_one_makers_holidays_are_not_anothers(maker, piece):
    other = factories.certified_product(factories.maker())
    close(maker, 0, 20)
    found = terms_of([piece, other])
    assert (len(found[piece.pk].closed), found[other.pk].closed) == (1, ())
    today = clock.today()
    items = [Item(1, 1, 0, 0, found[piece.pk])]
    assert parcels_for(items, goods_cents=100, today=today)[0].promised_on > today + timedelta(days=20)


def test_the_piece_and_the_maker_say_so(client, maker, piece):
    publish_maker_page(maker)
    assert "Closed until" not in client.get(piece.get_absolute_url()).content.decode()
    closure = close(maker, 0, 9, note="Family vacation", note_es="Vacaciones en familia")
    page = client.get(piece.get_absolute_url()).content.decode()
    assert "Closed until" in page
    assert "Family vacation" in page
    assert product_page(piece, "").delivery.ships_on > closure.last_day
    assert "Family vacation" in client.get(maker.get_absolute_url()).content.decode()
    assert "Vacaciones en familia" in client.get(f"/es{piece.get_absolute_url()}").content.decode()


def test_days_ahead_move_the_promise_but_say_nothing_yet(client, maker, piece):
    close(maker, 1, 9)
    assert "Closed until" not in client.get(piece.get_absolute_url()).content.decode()
    assert product_page(piece, "").delivery.ships_on > clock.today() + timedelta(days=9)


def test_closed_times_that_follow_each_other_read_as_one(maker):
    rows = [close(maker, 4, 6), close(maker, 0, 3), close(maker, 9, 12)]
    assert hours.closed_until(rows, clock.today()) == rows[0]
    assert hours.closed_until(rows, clock.today() + timedelta(days=8)) is None


BAD = {"backwards": (5, 4), "over already": (-5, -1), "too long": (0, 120), "too far": (399, 401)}


@pytest.mark.parametrize("case", BAD)
def test_days_that_will_not_do(maker, case):
    with pytest.raises(ValidationError):
        close(maker, *BAD[case])
    assert not Closure.objects.exists()


def test_strangers_close_nothing(maker):
    today = clock.today()
    stranger = factories.person()
    with pytest.raises(PermissionDenied):
        hours.add_closure(user=stranger, maker=maker, first_day=today, last_day=today)
    with pytest.raises(PermissionDenied):
        hours.save_hours(user=stranger, workplace=maker.pickup_workplace, hours={})
    closure = close(maker, 0, 1)
    other = factories.maker()
    hours.remove_closure(user=factories.owner_of(other), maker=other, closure_id=closure.pk)
    assert Closure.objects.exists()


def test_the_studio_keeps_the_week(client, maker, piece):
    client.force_login(factories.owner_of(maker))
    week = {"day0-opens": "10:00", "day0-closes": "18:30", "day5-opens": "09:00", "day5-closes": "12:00"}
    assert client.post("/studio/hours/", week).status_code == 302
    rows = OpenHours.objects.values_list("weekday", "opens", "closes")
    assert list(rows) == [(0, time(10), time(18, 30)), (5, time(9), time(12))]
    assert "Monday 10 a.m.–6:30 p.m." in client.get(piece.get_absolute_url()).content.decode()
    for wrong in ({"day0-opens": "18:00", "day0-closes": "09:00"}, {"day0-opens": "18:00"}, {"day0-opens": "25:00"}):
        assert client.post("/studio/hours/", wrong).status_code == 422
    assert OpenHours.objects.count() == 2
    assert client.post("/studio/hours/", {}).status_code == 302
    assert not OpenHours.objects.exists()


def test_the_studio_closes_and_opens_again(client, maker):
    client.force_login(factories.owner_of(maker))
    day = clock.today().isoformat()
    assert client.post("/studio/hours/close/", {"first_day": day, "last_day": day, "note": "Fair"}).status_code == 302
    assert "Fair" in client.get("/studio/hours/").content.decode()
    wrong = client.post("/studio/hours/close/", {"first_day": day, "last_day": "2020-01-01", "note": "Typed"})
    assert wrong.status_code == 422
    assert "Typed" in wrong.content.decode()
    client.post(f"/studio/hours/{Closure.objects.get().pk}/remove/")
    assert not Closure.objects.exists()


def test_without_pickup_there_is_no_week(client):
    maker = factories.maker()
    client.force_login(factories.owner_of(maker))
    assert "You offer no pickup" in client.get("/studio/hours/").content.decode()
    assert client.post("/studio/hours/", {"day0-opens": "10:00", "day0-closes": "18:30"}).status_code == 200
    assert not OpenHours.objects.exists()
