"""The page of one piece."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError

from catalog.catalogue.models import ProductImage
from catalog.catalogue.services import Variant, edit_description
from catalog.catalogue.size_guides import SizeMeasure
from catalog.catalogue.sizing import save_size_guide
from catalog.search.listing import refresh_listing
from certification.listing_words import held_words
from marketplace.core import clock
from tests import factories

pytestmark = pytest.mark.django_db


def test_shows_badge_passport_and_the_form(client, listed):
    product = listed(title="Coat")

    response = client.get(product.get_absolute_url())

    assert response.status_code == 200
    assert product.certificates.get().number in response.text
    assert "6 of 6 steps happened in Los Angeles" in response.text
    assert f'action="/basket/add/{product.pk}/"' in response.text
    assert f'name="variant" value="{factories.variant_of(product).pk}"' in response.text


def test_without_certificate_it_can_not_be_bought(client, listed):
    product = listed(title="Coat")
    product.certificates.update(valid_from=clock.today() - timedelta(9), valid_until=clock.today() - timedelta(1))

    response = client.get(product.get_absolute_url())

    assert "This piece is not certified now" in response.text
    assert "/basket/add/" not in response.text
    assert "seam" not in response.text
    assert "passport" not in response.text.replace("css/passport.css", "")


def test_a_wrong_slug_leads_to_the_right_one(client, listed):
    product = listed(title="Coat")

    response = client.get(f"/shop/anything-{product.pk}/")

    assert response.status_code == 301
    assert response["Location"] == product.get_absolute_url()


@pytest.mark.parametrize("path", ["/shop/coat-999999/", f"/shop/coat-{10**30}/", "/shop/-0/"])
def test_unknown_pieces_are_404(client, path):
    assert client.get(path).status_code == 404


def test_a_variant_has_no_page_of_its_own(client, listed):
    variant = factories.variant_of(listed(title="Coat"))

    assert client.get(f"/shop/coat-{variant.pk}/").status_code == 404


def test_the_color_in_view_decides_the_sizes(client, listed):
    product = listed(
        title="Tee",
        variants=[
            Variant(price=Decimal(40), stock=0, size="M", color="Navy", color_hex="#2b2f63"),
            Variant(price=Decimal(40), stock=2, size="S", color="Brick Red", color_hex="#c63a2f"),
            Variant(price=Decimal(44), stock=0, size="L", color="Brick Red", color_hex="#c63a2f"),
        ],
    )

    first = client.get(product.get_absolute_url()).context["page"]
    navy = client.get(product.get_absolute_url(), {"color": "navy"}).context["page"]
    strange = client.get(product.get_absolute_url(), {"color": "nope"}).context["page"]

    assert first.color == strange.color == "Brick Red"
    assert [(choice.size, choice.left) for choice in first.choices] == [("S", 2), ("L", 0)]
    assert navy.color == "Navy"
    assert not navy.can_buy


def test_pictures_have_words(client, listed):
    product = listed(title="Coat")
    ProductImage.objects.create(product=product, original=factories.photo(), caption="A coat from the front")
    refresh_listing(product.pk)

    assert 'alt="A coat from the front"' in client.get(product.get_absolute_url()).text
    assert "A coat from the front" in client.get("/shop/").text


def test_pictures_of_a_color_come_first(listed):
    product = listed(title="Coat")
    variant = factories.variant_of(product)
    ProductImage.objects.create(product=product, original=factories.photo("close.jpg"))
    ProductImage.objects.create(product=variant, original=factories.photo("navy.jpg"))

    row = refresh_listing(product.pk)

    assert [picture["color"] for picture in row.pictures] == ["Navy", ""]
    assert row.picture_alt == "Coat, Navy"


@pytest.mark.parametrize("number", [1, 24])
def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries, number):
    maker = factories.maker()
    pieces = [factories.product(maker, title=f"Piece {n}") for n in range(number)]
    factories.certify_in_bulk(pieces)
    for piece in pieces:
        refresh_listing(piece.pk)

    with django_assert_max_num_queries(18):
        client.get(pieces[0].get_absolute_url())


def test_texts_are_escaped(client, listed):
    product = listed(title="Coat", description="<script>alert(1)</script>")

    assert "<script>alert" not in client.get(product.get_absolute_url()).text


class TestChoosing:
    """Size and color: what is left of each combination, and links that choose one."""

    @pytest.fixture
    def coat(self, listed):
        return listed(
            title="Coat",
            variants=[
                Variant(price=Decimal(90), stock=0, size="S", color="Navy", color_hex="#222244"),
                Variant(price=Decimal(90), stock=2, size="M", color="Navy", color_hex="#222244"),
                Variant(price=Decimal(90), stock=9, size="M", color="Rust", color_hex="#aa4422"),
            ],
        )

    def rows(self, client, product):
        table = BeautifulSoup(client.get(product.get_absolute_url()).text, "html.parser").select_one("table.matrix")
        return {
            row.th.get_text(strip=True): [cell.get_text(" ", strip=True) for cell in row.select("td")]
            for row in table.select("tbody tr")
        }

    def test_every_color_in_every_size_says_what_is_left(self, client, coat):
        assert self.rows(client, coat) == {
            "Navy": ["sold out", "2 left : Navy, M"],
            "Rust": ["– not made", "in stock : Rust, M"],
        }

    def test_a_link_chooses_both(self, client, coat):
        page = BeautifulSoup(client.get(coat.get_absolute_url(), {"color": "rust", "size": "M"}).text, "html.parser")

        chosen = page.select_one("input[name=variant][checked]")
        assert int(chosen["value"]) == coat.children.get(color="Rust").pk

    def test_one_color_needs_no_table(self, client, listed):
        assert "matrix" not in client.get(listed(title="Coat").get_absolute_url()).text.replace("css", "")


class TestSizeGuide:
    @pytest.fixture
    def piece(self, listed):
        product = listed(title="Coat", variants=[Variant(price=Decimal(90), stock=1, size=size) for size in "LM"])
        numbers = {("M", "chest"): Decimal("20.5"), ("L", "chest"): Decimal("21.5"), ("XL", "chest"): Decimal("23")}
        save_size_guide(
            user=factories.owner_of(product.maker), product=product, measured="piece", fit="Runs small.",
            fit_es="Viene chico.", numbers=numbers,
        )  # fmt: skip
        return product

    def cells(self, page):
        rows = BeautifulSoup(page, "html.parser").select("table.sizes tbody tr")
        return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]

    def test_shows_sizes_on_sale_in_their_order_in_both_units(self, client, piece):
        page = client.get(piece.get_absolute_url()).text

        assert self.cells(page) == [["M", "20.5″ 52 cm"], ["L", "21.5″ 54.5 cm"]]
        assert "Runs small." in page

    def test_speaks_spanish(self, client, piece):
        page = client.get(f"/es{piece.get_absolute_url()}").text

        assert "Viene chico." in page
        assert self.cells(page)[1][1] == "21.5″ 54.5 cm"

    def test_without_numbers_and_words_there_is_none(self, client, piece):
        save_size_guide(
            user=factories.owner_of(piece.maker), product=piece, measured="piece", fit=" ", fit_es="", numbers={}
        )

        assert 'id="sizes"' not in client.get(piece.get_absolute_url()).text

    def test_is_written_by_the_maker_alone(self, piece):
        with pytest.raises(PermissionDenied):
            save_size_guide(
                user=factories.owner_of(factories.maker()), product=piece, measured="piece", fit="x", fit_es="",
                numbers={},
            )  # fmt: skip
        assert SizeMeasure.objects.filter(guide__product=piece).count() == 3

    @pytest.mark.parametrize("inches", ["0", "-1", "201", "1.005"])
    def test_numbers_that_no_piece_has_change_nothing(self, piece, inches):
        with pytest.raises(ValidationError):
            save_size_guide(
                user=factories.owner_of(piece.maker), product=piece, measured="piece", fit="", fit_es="",
                numbers={("M", "chest"): Decimal(inches)},
            )  # fmt: skip
        assert SizeMeasure.objects.filter(guide__product=piece).count() == 3


def test_the_makers_word_is_shown_in_the_readers_language(client, listed):
    product = listed(title="Coat", makers_note="My father's pattern.", makers_note_es="El molde de mi papá.")

    assert "My father&#x27;s pattern." in client.get(product.get_absolute_url()).text
    assert "El molde de mi papá." in client.get(f"/es{product.get_absolute_url()}").text


def test_the_makers_word_may_not_claim_more_than_its_steps_carry(listed):
    product = listed(title="Coat")
    product.production_steps.filter(kind="cutting").update(workplace=None, elsewhere_place="Tijuana, Mexico")
    assert not held_words(product)

    product = edit_description(
        user=factories.owner_of(product.maker), product=product, makers_note="Made in USA, of course."
    )

    assert held_words(product)


def test_pieces_with_the_same_words_stand_below_each_once(client, listed):
    coat = listed(title="Canvas coat")
    own = listed(title="Canvas coat, short", maker=coat.maker)
    other = listed(title="Canvas bag")
    listed(title="Ring")

    page = BeautifulSoup(client.get(coat.get_absolute_url()).text, "html.parser")
    shown = [card.h3.get_text() for card in page.select("section[aria-labelledby] .card")]
    assert sorted(shown) == sorted({*shown})
    assert {own.title, other.title} <= set(shown)
    alike = [card.h3.get_text() for card in page.select("section[aria-labelledby=alike] .card")]
    assert "Ring" not in alike


class TestDrawer:
    def test_a_script_gets_the_bag_in_short(self, client, listed):
        product = listed(title="Coat")
        variant = factories.variant_of(product)

        response = client.post(
            f"/basket/add/{product.pk}/", {"variant": variant.pk, "quantity": 2}, headers={"hx-request": "true"}
        )

        assert response.status_code == 200
        page = BeautifulSoup(response.text, "html.parser")
        assert page.select_one("[role=status]").get_text() == "“Coat” is in your bag."
        assert page.select_one("template [data-bag-link]")["aria-label"] == "Bag, 2 pieces"
        assert page.select_one("html") is None

    def test_what_can_not_be_added_is_said_there(self, client, listed):
        product = listed(title="Coat", stock=1)
        variant = factories.variant_of(product)
        variant.stockrecords.update(num_in_stock=0)

        response = client.post(
            f"/basket/add/{product.pk}/", {"variant": variant.pk, "quantity": 1}, headers={"hx-request": "true"}
        )

        assert response.status_code == 422
        assert client.get("/basket/").context["quote"].is_empty
