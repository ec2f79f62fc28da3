"""Favorites, letters when a sold out variant is back, recently viewed pieces."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.cache import cache

from catalog.catalogue.services import Variant
from catalog.partner.models import StockRecord
from catalog.search.listing import refresh_listing
from catalog.search.models import SavedSearch
from catalog.search.params import Params
from catalog.search.saved import save_search
from marketplace.core import clock, outbox
from marketplace.wishes.models import Favorite, StockAlert
from marketplace.wishes.services import WAITS, bring_favorites, tell_who_waits
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def listed(**details):
    piece = factories.certified_product(**details)
    refresh_listing(piece.pk)
    return piece


@pytest.fixture
def shopper(client):
    person = factories.person()
    client.force_login(person)
    return person


def half_sold_out():
    """M is in stock, L is not."""
    variants = [
        Variant(price=Decimal("40.00"), stock=3, size="M", color="Navy", color_hex="#2b2f63"),
        Variant(price=Decimal("40.00"), stock=0, size="L", color="Navy", color_hex="#2b2f63"),
    ]
    return listed(title="Tee", variants=variants)


def variant(piece, size):
    return piece.children.get(size=size)


def test_a_favorite_is_kept_shown_and_taken_away(client, shopper):
    piece = listed(title="Coat")
    for _ in range(2):
        client.post(f"/account/favorites/{piece.pk}/", {"liked": "1"})
    assert Favorite.objects.get().user == shopper
    assert "Coat" in client.get("/account/favorites/").text
    assert 'aria-pressed="true"' in client.get(piece.get_absolute_url()).text

    response = client.post(f"/account/favorites/{piece.pk}/", {"liked": "0", "back": "/account/favorites/"})
    assert response["Location"] == "/account/favorites/"
    assert not Favorite.objects.exists()


def test_a_favorite_that_is_not_for_sale_is_listed_apart(client, shopper):
    piece = listed(title="Coat")
    client.post(f"/account/favorites/{piece.pk}/", {"liked": "1"})
    type(piece.maker).objects.filter(pk=piece.maker_id).update(is_open=False)

    page = client.get("/account/favorites/")

    assert page.context["rows"] == []
    assert "Not for sale now" in page.text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_a_favorite_leads_nowhere_else(client, shopper, back):
    piece = listed()
    response = client.post(f"/account/favorites/{piece.pk}/", {"liked": "1", "back": back})
    assert response["Location"] == piece.get_absolute_url()


def test_visitors_sign_in_first(client):
    piece = listed()
    assert client.post(f"/account/favorites/{piece.pk}/", {"liked": "1"})["Location"].startswith("/account/login/")
    assert f"/account/login/?next={piece.get_absolute_url()}" in client.get(piece.get_absolute_url()).text


def ask(client, piece, size="L", email="ana@example.org"):
    return client.post(f"{piece.get_absolute_url()}alert/", {"variant": variant(piece, size).pk, "email": email})


def test_one_letter_when_it_is_back(client):
    piece = half_sold_out()
    assert f"{piece.get_absolute_url()}alert/" in client.get(piece.get_absolute_url()).text
    for _ in range(2):
        assert ask(client, piece).status_code == 302
    tell_who_waits()
    outbox.deliver()
    assert not mail.outbox

    StockRecord.objects.filter(product=variant(piece, "L")).update(num_in_stock=2)
    for _ in range(2):
        tell_who_waits()
        outbox.deliver()

    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]
    assert "Tee" in mail.outbox[0].subject
    assert piece.get_absolute_url() in mail.outbox[0].body
    assert not StockAlert.objects.exists()


def test_sold_out_again_before_the_letter_it_waits_on(client):
    piece = half_sold_out()
    ask(client, piece)
    record = StockRecord.objects.filter(product=variant(piece, "L"))
    record.update(num_in_stock=1)
    tell_who_waits()
    record.update(num_in_stock=0)
    outbox.deliver()
    assert not mail.outbox
    record.update(num_in_stock=1)
    tell_who_waits()
    outbox.deliver()
    assert len(mail.outbox) == 1


def test_no_letter_for_what_may_not_be_sold(client):
    piece = half_sold_out()
    ask(client, piece)
    StockRecord.objects.filter(product=variant(piece, "L")).update(num_in_stock=2)
    piece.certificates.update(valid_from=clock.today() - timedelta(9), valid_until=clock.today() - timedelta(1))
    tell_who_waits()
    outbox.deliver()
    assert not mail.outbox


def test_what_is_in_stock_or_another_piece_is_refused(client):
    piece, other = half_sold_out(), half_sold_out()
    assert ask(client, piece, "M").status_code == 422
    response = client.post(
        f"{piece.get_absolute_url()}alert/", {"variant": variant(other, "L").pk, "email": "ana@example.org"}
    )
    assert response.status_code == 422
    response = ask(client, piece, email="nobody")
    assert response.status_code == 422
    assert 'value="nobody"' in response.text
    assert not StockAlert.objects.exists()


def test_a_flood_is_refused(client):
    piece = half_sold_out()
    answers = [ask(client, piece, email=f"a{number}@example.org").status_code for number in range(25)]
    assert answers[0] == 302
    assert answers[-1] == 422


def test_addresses_are_forgotten_after_half_a_year(client):
    piece = half_sold_out()
    ask(client, piece)
    StockAlert.objects.update(asked_at=clock.now() - WAITS - timedelta(days=1))
    tell_who_waits()
    assert not StockAlert.objects.exists()


@pytest.mark.parametrize("ids", ["", "x", "1e9", "99999999999999999999", "-1", "²", "1,,2", "\x00"])
def test_recently_viewed_takes_anything(client, ids):
    assert client.get("/shop/seen/", {"ids": ids}).status_code == 200


def test_recently_viewed_in_their_order(client):
    first, second, gone = listed(title="First"), listed(title="Second"), factories.product(title="Gone")
    response = client.get("/shop/seen/", {"ids": f"{second.pk},{gone.pk},{first.pk},{second.pk}"})
    assert [row.title for row in response.context["rows"]] == ["Second", "First"]


def test_the_same_craft_by_others(client):
    piece, other = listed(title="Coat"), listed(title="Other coat")
    page = client.get(piece.get_absolute_url()).context["page"]
    assert [row.title for row in page.similar] == ["Other coat"]
    assert other.maker_id != piece.maker_id


class TestHearts:
    """What the hearts on cards ask for."""

    @pytest.fixture
    def coat(self):
        return listed(title="Coat")

    def test_a_script_keeps_and_takes_away_without_a_page(self, client, shopper, coat):
        asked = {"hx-request": "true"}

        assert client.post(f"/account/favorites/{coat.pk}/", {"liked": "1"}, headers=asked).status_code == 204
        state = client.get("/account/favorites/state/").json()
        assert state["ids"] == [coat.pk]
        assert state["token"]

        assert client.post(f"/account/favorites/{coat.pk}/", {"liked": "0"}, headers=asked).status_code == 204
        assert client.get("/account/favorites/state/").json()["ids"] == []

    def test_what_a_browser_kept_is_brought_along(self, client, shopper, coat):
        other = factories.certified_product(title="Ring")
        variant = factories.variant_of(coat)

        answer = client.post(
            "/account/favorites/state/", {"ids": f"{other.pk},{coat.pk},{coat.pk},{variant.pk},999999,x,{'9' * 40}"}
        )

        assert sorted(answer.json()["ids"]) == sorted([coat.pk, other.pk])

    def test_no_more_than_there_is_room_for(self, client, shopper, coat, monkeypatch):
        monkeypatch.setattr("marketplace.wishes.services.MOST_FAVORITES", 1)
        ring = factories.certified_product(title="Ring")

        bring_favorites(user=shopper, ids=[ring.pk, coat.pk])
        bring_favorites(user=shopper, ids=[coat.pk])

        assert list(Favorite.objects.values_list("product_id", flat=True)) == [ring.pk]

    def test_without_an_account_the_browser_asks_for_the_cards_of_its_own(self, client, coat):
        assert "This browser keeps them" in client.get("/favorites/").text
        page = client.get("/favorites/", {"ids": f"{coat.pk},x,999999"}).text
        assert f'data-piece="{coat.pk}"' in page
        assert "<html" not in page

    def test_with_an_account_they_are_there(self, client, shopper):

        assert client.get("/favorites/")["Location"] == "/account/favorites/"


def test_letters_are_chosen_on_one_page(client, shopper):
    """What is unchecked stops; what is checked anew starts from now; rows that the form did not show stay."""
    piece = half_sold_out()
    for email in (shopper.email, "other@example.org"):
        ask(client, piece, email=email)
    searches = [
        save_search(user=shopper, asked=Params(size=(size,)), language="en", tell=tell)
        for size, tell in (("S", True), ("M", False), ("L", True))
    ]
    long_ago = clock.now() - timedelta(days=9)
    SavedSearch.objects.update(told_until=long_ago)
    page = client.get("/account/letters/").text
    assert page.count('name="search_shown"') == 3
    assert page.count('name="alert_shown"') == 1
    first, second, third = (row.pk for row in searches)
    alert = StockAlert.objects.get(email=shopper.email)
    theirs = StockAlert.objects.get(email="other@example.org")
    form = {"search_shown": [first, second], "search": [second], "alert_shown": [alert.pk, theirs.pk], "alert": ["x"]}
    assert client.post("/account/letters/", form)["Location"] == "/account/letters/"
    assert dict(SavedSearch.objects.values_list("pk", "tell")) == {first: False, second: True, third: True}
    assert SavedSearch.objects.get(pk=second).told_until > long_ago
    assert SavedSearch.objects.get(pk=third).told_until == long_ago
    assert list(StockAlert.objects.all()) == [theirs]


def test_nobody_chooses_the_letters_of_another(client, shopper):
    theirs = save_search(user=factories.person(), asked=Params(size=("S",)), language="en", tell=True)
    client.post("/account/letters/", {"search_shown": [theirs.pk]})
    theirs.refresh_from_db()
    assert theirs.tell


def test_many_saved_searches_cost_no_more_questions_than_one(client, shopper, django_assert_max_num_queries):
    for number in range(9):
        save_search(user=shopper, asked=Params(price_max=number + 1), language="en", tell=True)
    client.get("/account/letters/")
    with django_assert_max_num_queries(12):
        client.get("/account/letters/")
