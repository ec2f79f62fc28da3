"""Views are counted without knowing who looked, and only a maker's own people read its numbers."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from catalog.order import workflow
from catalog.order.models import MakerOrder
from makers.stories.services import StoryText, publish_story
from makers.studio.insights import HEIGHT, WIDTH, plot
from marketplace.core import clock
from marketplace.insights import counting
from marketplace.insights.models import ViewCount
from marketplace.insights.reading import Bucket, insights_of
from marketplace.wishes.services import set_favorite
from tests import factories
from tests.fulfilment.shop import basket_with, place

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 3, 20, tzinfo=UTC)  # noon of March 3 in Los Angeles


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def piece(maker):
    return factories.certified_product(maker, title="Chore jacket", price="48.00", stock=9)


def look(client, what, **more):
    assert client.post("/views/", {"what": what}, **more).status_code == 204


def counted():
    counting.flush()
    return list(ViewCount.objects.values_list("kind", "number", "count"))


def test_a_look_is_counted_and_written_down_later(client, piece, django_assert_num_queries):
    look(client, f"product:{piece.pk}")
    with django_assert_num_queries(0):
        look(client, f"product:{piece.pk}")
    assert counted() == [("product", piece.pk, 2)]
    assert counted() == [("product", piece.pk, 2)], "nothing is written twice"


def test_the_page_says_where_to_tell_and_sets_no_cookie(client, piece):
    page = client.get(piece.get_absolute_url()).content.decode()
    assert f'data-view="product:{piece.pk}" data-view-to="/views/"' in page
    response = client.post("/views/", {"what": f"product:{piece.pk}"})
    assert not response.cookies
    assert response.content == b""


NOTHING = [
    "",
    "product",
    "product:",
    "product:x",
    "product:-1",
    "product:1e3",
    f"product:{10**12}",
    "maker:1",
    "story:0",
]


@pytest.mark.parametrize("what", NOTHING)
def test_what_is_no_page_is_not_counted(client, piece, what):
    look(client, what)
    look(client, f"product:{piece.pk + 999}")
    look(client, f"product:{factories.variant_of(piece).pk}")
    assert counted() == []


def test_a_get_counts_nothing(client, piece):
    assert client.get("/views/").status_code == 405


def test_other_sites_cannot_make_browsers_count(client, piece):
    look(client, f"product:{piece.pk}", headers={"Sec-Fetch-Site": "cross-site"})
    assert counted() == []


def test_one_address_counts_a_page_a_few_times_only(client, piece):
    for _ in range(10):
        look(client, f"product:{piece.pk}")
    assert counted() == [("product", piece.pk, 3)]


@pytest.mark.parametrize(("who", "number"), [("owner", 0), ("staff", 0), ("shopper", 1)])
def test_own_looks_and_the_staffs_are_left_out(client, maker, piece, who, number):
    people = {"owner": factories.owner_of(maker), "staff": factories.evaluator(), "shopper": factories.person()}
    if who == "staff":
        factories.show_second_factor(client, people[who])
    else:
        client.force_login(people[who])
    look(client, f"product:{piece.pk}")
    assert len(counted()) == number


def test_a_story_counts_for_the_maker_that_it_is_about(client, maker):
    text = StoryText(title="A morning at the cutting table", summary="Short.", body=[])
    page = publish_story(slug="morning", texts={"en": text}, maker=maker)[0]
    look(client, f"story:{page.pk}")
    assert counted() == [("story", page.pk, 1)]
    assert f'data-view="story:{page.pk}"' in client.get(page.url).content.decode()
    client.force_login(factories.owner_of(maker))
    look(client, f"story:{page.pk}")
    assert counted() == [("story", page.pk, 1)]
    assert insights_of(maker, 30).stories == [(page, 1)]


def test_a_day_ends_at_midnight_in_los_angeles(client, piece):
    with time_machine.travel(datetime(2026, 3, 4, 7, 59, tzinfo=UTC), tick=False):
        look(client, f"product:{piece.pk}")
    with time_machine.travel(datetime(2026, 3, 4, 8, 1, tzinfo=UTC), tick=False):
        look(client, f"product:{piece.pk}")
        counting.flush()
    days = ViewCount.objects.order_by("day").values_list("day", flat=True)
    assert [day.isoformat() for day in days] == ["2026-03-03", "2026-03-04"]


def test_an_emptied_cache_counts_on(client, piece):
    look(client, f"product:{piece.pk}")
    counting.flush()
    cache.clear()
    look(client, f"product:{piece.pk}")
    assert counted() == [("product", piece.pk, 2)]


def sold(maker, piece, *, quantity, at):
    shopper = factories.person()
    part = place(basket_with(piece, quantity=quantity, owner=shopper), user=shopper).order.maker_orders.get()
    workflow.perform(maker_order=part, action="pay")
    MakerOrder.objects.filter(pk=part.pk).update(created_at=at)
    return part


def test_sums_of_the_days_are_the_sums_of_the_pieces(maker, piece):
    now = clock.now()
    today = clock.today()
    other = factories.certified_product(maker, title="Canvas tote", price="20.00", stock=9)
    sold(maker, piece, quantity=2, at=now)
    sold(maker, other, quantity=1, at=now - timedelta(days=40))
    place(basket_with(piece, owner=factories.person()))  # never paid
    set_favorite(user=factories.person(), product=piece, liked=True)
    for day, count in ((today, 5), (today - timedelta(days=29), 2), (today - timedelta(days=30), 9)):
        ViewCount.objects.create(maker=maker, kind="product", number=piece.pk, day=day, count=count)
    month, year = insights_of(maker, 30), insights_of(maker, 365)
    assert (month.views, month.favorites, month.sold, month.cents) == (7, 1, 2, 9600)
    assert (year.views, year.favorites, year.sold, year.cents) == (16, 1, 3, 11600)
    for found in (month, year):
        for name in ("views", "favorites", "pieces", "cents"):
            by_day = sum(getattr(bucket, name) for bucket in found.buckets)
            assert by_day == sum(getattr(row, name) for row in found.pieces), name
    assert (len(month.buckets), len(year.buckets)) == (30, 53)


def test_buckets_leave_out_no_day_and_name_none_twice(maker):
    for days in (30, 90, 365):
        buckets = insights_of(maker, days).buckets
        covered = [
            bucket.first + timedelta(n) for bucket in buckets for n in range((bucket.last - bucket.first).days + 1)
        ]
        assert len(covered) == days
        assert covered == sorted(set(covered))


def test_bars_stay_in_their_box_and_the_least_is_seen():
    today = clock.today()
    values = [0, 1, 10**7, 500]
    found = plot("cents", "Sales", [Bucket(today, today, 0, 0, 0, value) for value in values], is_money=True)
    assert [bar.height for bar in found.bars] == [0, 3, HEIGHT, 3]
    assert all(bar.y >= 0 and bar.y + bar.height == HEIGHT and bar.x + bar.width <= WIDTH for bar in found.bars)


@pytest.mark.parametrize("days", ["", "30", "90", "365", "x", "-1", "100000"])
def test_the_page(studio, maker, piece, days):
    sold(maker, piece, quantity=1, at=clock.now())
    response = studio.get(f"/studio/insights/?days={days}")
    page = response.content.decode()
    assert response.status_code == 200
    assert "$48.00" in page
    assert "browsers that run scripts" in page
    assert 'style="' not in page


def test_the_page_of_nothing(studio):
    assert "Nothing yet in these days." in studio.get("/studio/insights/").content.decode()


def test_another_makers_numbers_stay_theirs(client, maker, piece):
    ViewCount.objects.create(maker=maker, kind="product", number=piece.pk, day=clock.today(), count=4321)
    client.force_login(factories.owner_of(factories.maker()))
    page = client.get("/studio/insights/").content.decode()
    assert "4321" not in page
    assert "Chore jacket" not in page
