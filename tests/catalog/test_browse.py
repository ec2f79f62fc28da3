"""Browsing and searching the shop."""

from datetime import timedelta
from decimal import Decimal

import pytest

from catalog.catalogue.models import Category, Listing, ListingFacet
from catalog.catalogue.services import Variant
from catalog.search.listing import refresh_listing, refresh_listings
from marketplace.core import clock
from tests import factories

pytestmark = pytest.mark.django_db


def titles(response):
    return [row.title for row in response.context["rows"]]


def women(slug):
    return Category.objects.get(depth=2, slug=slug, path__startswith=Category.objects.get(slug="women").path)


def test_a_page_of_a_category_is_told_from_the_one_of_the_same_name(client, listed):
    for row in Category.objects.filter(depth=2, slug="jackets"):
        listed(title="Coat", category=row)
    women_s, men_s = (client.get("/shop/", {"category": f"{above}/jackets"}).text for above in ("women", "men"))
    assert "<title>Jackets and coats · Women · LA Original</title>" in women_s
    assert "<title>Jackets and coats · Men · LA Original</title>" in men_s


def test_only_certified_pieces_are_listed(client, listed):
    listed(title="Certified coat")
    plain = factories.product(title="Plain coat")
    refresh_listing(plain.pk)

    response = client.get("/shop/")

    assert titles(response) == ["Certified coat"]
    assert "LA Original" in response.text


def test_a_certificate_that_ends_takes_the_piece_away_at_once(client, listed):
    product = listed(title="Coat")
    product.certificates.update(valid_from=clock.today() - timedelta(9), valid_until=clock.today() - timedelta(1))

    assert titles(client.get("/shop/")) == []


def test_changed_facts_take_the_piece_away(client, listed):
    product = listed(title="Coat")
    product.production_steps.filter(kind="sewing").update(workplace=None, elsewhere_place="Tijuana")

    assert titles(client.get("/shop/")) == []


def test_a_closed_maker_sells_nothing(client, listed):
    product = listed(title="Coat")
    type(product.maker).objects.filter(pk=product.maker_id).update(is_open=False)

    assert titles(client.get("/shop/")) == []


def test_words_find_pieces_in_both_languages_and_any_form(client, listed):
    listed(title="Denim jacket", title_es="Chamarra de mezclilla", category=women("jackets"))
    listed(title="Linen dress", title_es="Vestido de lino", category=women("dresses"), description="Loose.")

    assert titles(client.get("/shop/", {"q": "JACKETS denim"})) == ["Denim jacket"]
    assert titles(client.get("/shop/", {"q": "chamarras"})) == ["Denim jacket"]
    assert titles(client.get("/shop/", {"q": "linén"})) == ["Linen dress"]


def test_words_that_find_nothing_offer_help(client, listed):
    listed(title="Denim jacket")

    response = client.get("/shop/", {"q": "submarine"})

    assert titles(response) == []
    assert [row.title for row in response.context["instead"]] == ["Denim jacket"]


@pytest.mark.parametrize(
    "query",
    ["q=%22%2A+OR+", "q=%00", "q=!!!", "category=nope", "category=../..", "claim=best", "neighborhood=mars", "maker=x",
     "price_min=abc", "price_min=NaN", "price_max=-1", "price_min=1e999", "size=%00", "color=%23fff", "sort=random",
     "after=1", "after=99999999999999999-1", "after=r99999", "page=0", "page=-1", "page=x", "page=99999999999999",
     "page=%C2%B2", "in_stock=maybe"],
)  # fmt: skip
def test_bad_values_give_the_page_without_them(client, listed, query):
    listed(title="Coat")

    response = client.get(f"/shop/?{query}")

    assert response.status_code == 200
    if not query.startswith(("page=9", "after=9", "q=%22")):
        assert titles(response) == ["Coat"]


def test_size_and_color_are_asked_of_the_same_variant(client, listed):
    variants = [
        Variant(price=Decimal(40), stock=3, size="M", color="Navy", color_hex="#2b2f63"),
        Variant(price=Decimal(40), stock=0, size="L", color="Navy", color_hex="#2b2f63"),
        Variant(price=Decimal(40), stock=3, size="L", color="Brick", color_hex="#c63a2f"),
    ]
    listed(title="Tee", variants=variants)

    assert titles(client.get("/shop/", {"size": "M", "color": "blue"})) == ["Tee"]
    assert titles(client.get("/shop/", {"size": "M", "color": "red"})) == []
    assert titles(client.get("/shop/", {"size": "L", "color": "blue"})) == ["Tee"]
    assert titles(client.get("/shop/", {"size": "L", "color": "blue", "in_stock": "1"})) == []


def test_filters_by_category_place_price_claim_and_maker(client, listed):
    venice = factories.maker(name="Sea Coats", neighborhood="Venice")
    listed(title="Coat", maker=venice, price="90.00", category=women("jackets"))
    listed(title="Dress", price="50.00", category=women("dresses"))

    assert titles(client.get("/shop/", {"category": "women"})) == ["Dress", "Coat"]
    assert titles(client.get("/shop/", {"category": "women/jackets"})) == ["Coat"]
    assert titles(client.get("/shop/", {"neighborhood": "venice"})) == ["Coat"]
    assert titles(client.get("/shop/", {"maker": venice.slug})) == ["Coat"]
    assert titles(client.get("/shop/", {"price_max": "60"})) == ["Dress"]
    assert titles(client.get("/shop/", {"price_min": "$60"})) == ["Coat"]
    assert titles(client.get("/shop/", {"claim": "designed"})) == ["Dress", "Coat"]
    assert titles(client.get("/shop/", {"sort": "price"})) == ["Dress", "Coat"]
    assert titles(client.get("/shop/", {"sort": "-price"})) == ["Coat", "Dress"]


def test_facets_count_and_chips_can_be_taken_away(client, listed):
    listed(title="Coat", maker=factories.maker(neighborhood="Venice"), category=women("jackets"))
    listed(title="Dress", category=women("dresses"))

    response = client.get("/shop/", {"neighborhood": "venice", "category": "women"})

    places = {facet.name: facet for facet in response.context["facets"]()}["neighborhood"].options
    assert {(option.label, option.count, option.current) for option in places} == {
        ("Venice", 1, True), ("Downtown", 1, False),
    }  # fmt: skip
    assert response.context["chips"] == [
        ("Women", "/shop/?neighborhood=venice"), ("Venice", "/shop/?category=women"),
    ]  # fmt: skip


def many(number):
    maker = factories.maker()
    pieces = [factories.product(maker, title=f"Piece {n:03d}", price=f"{40 + n % 7}.00") for n in range(number)]
    factories.certify_in_bulk(pieces)
    refresh_listings(piece.pk for piece in pieces)
    return pieces


@pytest.mark.parametrize("sort", ["newest", "price", "-price", "relevance"])
def test_pages_follow_without_gap_or_repeat(client, sort):
    many(53)
    seen, query = [], {"sort": sort, "q": "piece"} if sort == "relevance" else {"sort": sort}
    address = "/shop/?" + "&".join(f"{key}={value}" for key, value in query.items())

    while address:
        response = client.get(address)
        seen += titles(response)
        address = response.context["next_address"]

    assert len(seen) == 53
    assert len(set(seen)) == 53


def test_pages_by_number_and_beyond_the_last(client):
    many(30)

    assert len(titles(client.get("/shop/", {"page": 2}))) == 6
    assert client.get("/shop/", {"page": 41}).context["asked"].page == 40


@pytest.mark.parametrize("number", [1, 24, 60])
def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries, number):
    many(number)
    with django_assert_max_num_queries(17):
        client.get("/shop/")
    with django_assert_max_num_queries(9):
        client.get("/shop/")


def test_spanish_page(client, listed):
    listed(title="Denim jacket", title_es="Chamarra de mezclilla")

    response = client.get("/es/shop/")

    assert "Chamarra de mezclilla" in response.text
    assert '<html lang="es">' in response.text
    assert 'href="/shop/"' in response.text


def test_an_old_category_address_leads_on(client):
    jackets = women("jackets")

    response = client.get(f"/shop/category/{jackets.full_slug}_{jackets.pk}/")

    assert response.status_code == 301
    assert response["Location"] == "/shop/?category=women%2Fjackets"


def test_refreshing_a_piece_that_left_removes_its_row(listed):
    product = listed(title="Coat")
    type(product).objects.filter(pk=product.pk).update(is_public=False)

    refresh_listing(product.pk)

    assert not Listing.objects.exists()
    assert not ListingFacet.objects.exists()


def test_refreshing_a_variant_refreshes_its_parent(listed):
    product = listed(title="Coat")
    variant = factories.variant_of(product)
    variant.stockrecords.update(num_in_stock=0)

    assert refresh_listing(variant.pk).pk == product.pk
    assert Listing.objects.get().in_stock == 0


def test_a_card_says_which_claims_are_certified(client, listed):
    listed()
    assert "Designed, assembled, manufactured" in client.get("/shop/").content.decode()
    assert "Diseñado, ensamblado, fabricado" in client.get("/es/shop/").content.decode()
