"""The page on which a maker writes what a piece measures."""

from decimal import Decimal

import pytest

from catalog.catalogue.services import Variant
from catalog.catalogue.size_guides import SizeMeasure
from catalog.catalogue.sizing import save_size_guide
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return factories.maker()


@pytest.fixture
def studio(client, maker):
    client.force_login(factories.owner_of(maker))
    return client


@pytest.fixture
def coat(maker):
    sizes = [Variant(price=Decimal(90), stock=1, size=size) for size in ("L", "S", "M")]
    return factories.product(maker, title="Coat", variants=sizes)


def numbers(piece):
    return {(row.size, row.name): row.inches for row in SizeMeasure.objects.filter(guide__product=piece)}


def test_sizes_stand_in_their_order_and_what_is_typed_is_kept(studio, coat):
    page = studio.get(f"/studio/products/{coat.pk}/sizes/")
    assert [size for size, _cells in page.context["form"].rows()] == ["S", "M", "L"]

    typed = {"measured": "piece", "fit": "Runs small.", "fit_es": "", "cell-0-0": "19.5", "cell-2-1": "17"}
    assert studio.post(f"/studio/products/{coat.pk}/sizes/", typed).status_code == 302

    assert numbers(coat) == {("S", "chest"): Decimal("19.50"), ("L", "waist"): Decimal("17.00")}
    assert 'value="19.50"' in studio.get(f"/studio/products/{coat.pk}/sizes/").text


@pytest.mark.parametrize("slip", ["0", "-3", "500", "wide", "1.005", "1e3", "NaN"])
def test_a_slip_is_told_at_its_cell_and_nothing_is_lost(studio, coat, slip):
    typed = {"measured": "body", "fit": "Runs small.", "fit_es": "", "cell-0-0": slip, "cell-0-1": "17"}
    response = studio.post(f"/studio/products/{coat.pk}/sizes/", typed)

    assert response.status_code == 422
    assert 'id="id_cell-0-0_error"' in response.text
    assert f'value="{slip}"' in response.text
    assert "Runs small." in response.text
    assert numbers(coat) == {}


def test_the_numbers_of_another_piece_fill_in_and_are_saved_only_by_saving(studio, maker, coat):
    other = factories.product(maker, title="Jacket", variants=[Variant(price=Decimal(90), stock=1, size="M")])
    owner = factories.owner_of(maker)
    save_size_guide(
        user=owner, product=other, measured="piece", fit="", fit_es="", numbers={("M", "chest"): Decimal(21)}
    )

    page = studio.get(f"/studio/products/{coat.pk}/sizes/", {"source": other.pk})

    assert 'value="21.00"' in page.text
    assert numbers(coat) == {}


def test_pieces_of_others_are_neither_shown_nor_copied(studio, coat):
    stranger = factories.product(factories.maker(), title="Ring")

    assert studio.get(f"/studio/products/{stranger.pk}/sizes/").status_code == 404
    page = studio.get(f"/studio/products/{coat.pk}/sizes/", {"source": stranger.pk})
    assert page.status_code == 200
    assert "Ring" not in page.text
