"""The page of one piece."""

from datetime import timedelta
from decimal import Decimal

import pytest

from catalog.catalogue.models import ProductImage
from catalog.catalogue.services import Variant
from catalog.search.listing import refresh_listing
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

    with django_assert_max_num_queries(15):
        client.get(pieces[0].get_absolute_url())


def test_texts_are_escaped(client, listed):
    product = listed(title="Coat", description="<script>alert(1)</script>")

    assert "<script>alert" not in client.get(product.get_absolute_url()).text
