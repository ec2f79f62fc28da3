"""The tree of categories: what staff change is in the shop at once, and nothing that is filed or linked is lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from catalog.catalogue.models import Category
from catalog.search.facets import category_labels
from catalog.search.listing import refresh_listing
from marketplace.core import outbox
from marketplace.shopdesk import categories
from tests import access, factories
from tests.factories import shopdesk

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return shopdesk.shop_staff()


@pytest.fixture
def desk(keeper):
    return access.signed_in(keeper, second_factor=True)


@pytest.fixture
def women():
    return factories.category("Women")


@pytest.fixture
def ponchos(keeper, women):
    return categories.add_category(user=keeper, name="Ponchos", name_es="Jorongos", parent=women)


def test_a_new_category_is_offered_where_it_was_put(desk, women):
    typed = {"name": "Ponchos", "name_es": "Jorongos", "parent": women.pk}
    assert desk.post("/dashboard/categories/new/", typed).url == "/dashboard/categories/"
    assert category_labels()[f"{women.slug}/ponchos"] == "Ponchos"
    assert "Ponchos" in desk.get("/dashboard/categories/").content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "Ponchos", "name_es": "Otra"}, "of that name here already"),
        ({"name": "—", "name_es": "Raya"}, "with letters or digits"),
        ({"name": "Hoods", "name_es": ""}, "required"),
    ],
)
def test_what_cannot_be_added_is_said_and_keeps_what_was_typed(desk, women, ponchos, typed, words):
    answer = desk.post("/dashboard/categories/new/", typed | {"parent": women.pk})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{typed["name"]}"' in answer.content.decode()


def test_a_third_level_is_refused(keeper, ponchos):
    with pytest.raises(ValidationError, match="two levels"):
        categories.add_category(user=keeper, name="Short", name_es="Cortos", parent=ponchos)


def test_a_renamed_category_keeps_its_address_and_its_pieces_are_found_by_the_new_name(client, keeper, ponchos):
    piece = factories.certified_product(category=ponchos, title="Blue wrap")
    refresh_listing(piece.pk)
    categories.change_category(user=keeper, category=ponchos, name="Sarapes", name_es="Sarapes", is_public=True)
    while outbox.deliver():
        pass
    assert Category.objects.get(pk=ponchos.pk).slug == "ponchos"
    assert "Blue wrap" in client.get("/shop/", {"q": "sarapes"}).content.decode()
    assert "Blue wrap" in client.get("/shop/", {"category": "women/ponchos"}).content.decode()


def test_a_hidden_category_and_what_is_below_are_offered_nowhere(client, keeper, women, ponchos):
    piece = factories.certified_product(category=ponchos, title="Blue wrap")
    refresh_listing(piece.pk)
    categories.change_category(user=keeper, category=women, name="Women", name_es="Mujer", is_public=False)
    assert not {slug for slug in category_labels() if "ponchos" in slug or slug == women.slug}
    assert "Blue wrap" in client.get("/shop/").content.decode(), "its pieces stay on sale"
    assert client.get(piece.get_absolute_url()).status_code == 200
    categories.change_category(user=keeper, category=women, name="Women", name_es="Mujer", is_public=True)
    assert f"{women.slug}/ponchos" in category_labels()


def test_neighbors_change_places_and_the_ends_stay(desk, keeper, women, ponchos):
    capes = categories.add_category(user=keeper, name="Capes", name_es="Capas", parent=women)

    def order() -> list[str]:
        below = Category.objects.get(pk=women.pk).get_children()
        return [row.name for row in below if row.name in ("Ponchos", "Capes")]

    desk.post(f"/dashboard/categories/{capes.pk}/move/", {"up": "1"})
    assert order() == ["Capes", "Ponchos"]
    desk.post(f"/dashboard/categories/{capes.pk}/move/", {"down": "1"})
    desk.post(f"/dashboard/categories/{capes.pk}/move/", {"down": "1"})
    assert order() == ["Ponchos", "Capes"]
    assert categories.tree()[-1].last


def test_only_an_empty_category_can_go(desk, ponchos):
    piece = factories.certified_product(category=ponchos)
    page = desk.post(f"/dashboard/categories/{ponchos.pk}/remove/", follow=True).content.decode()
    assert "Pieces are filed in it" in page
    assert piece.categories.get() == ponchos
    piece.categories.clear()
    desk.post(f"/dashboard/categories/{ponchos.pk}/remove/")
    assert not Category.objects.filter(pk=ponchos.pk).exists()


def test_what_has_categories_below_stays(keeper, women, ponchos):
    with pytest.raises(ValidationError, match="below it"):
        categories.remove_category(user=keeper, category=women)


@pytest.mark.parametrize("stranger", [factories.evaluator, factories.person])
def test_others_change_nothing_even_past_the_screens(stranger, women):
    user = stranger()
    with pytest.raises(PermissionDenied):
        categories.add_category(user=user, name="X", name_es="X")
    with pytest.raises(PermissionDenied):
        categories.change_category(user=user, category=women, name="X", name_es="X", is_public=False)
    with pytest.raises(PermissionDenied):
        categories.move_category(user=user, category=women, up=True)
    with pytest.raises(PermissionDenied):
        categories.remove_category(user=user, category=women)
