"""Several pictures at once: each is kept or refused by itself, has words of its own and a place."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.catalogue import pictures
from catalog.catalogue.models import Listing, ProductImage
from catalog.search.listing import refresh_listing
from tests import factories

pytestmark = pytest.mark.django_db
PART = {"headers": {"X-Part": "1"}}


@pytest.fixture
def piece(maker):
    return factories.product(maker)


def not_a_picture(name="notes.jpg"):
    return SimpleUploadedFile(name, b"<html>", content_type="image/jpeg")


def add(studio, piece, *files, **fields):
    data = {"picture": list(files)} | {name: fields.pop(name) for name in ("alt", "color") if name in fields}
    return studio.post(f"/studio/products/{piece.pk}/pictures/", data, **fields)


def captions(piece):
    return list(pictures.pictures_of(piece).values_list("caption", flat=True))


def hang(piece, *words, color=""):
    owner = factories.owner_of(piece.maker)
    return [
        pictures.add_picture(user=owner, product=piece, upload=factories.photo(), alt=alt, color=color).pk
        for alt in words
    ]


def test_several_files_come_in_one_form(studio, piece):
    response = add(studio, piece, *(factories.photo(f"{n}.jpg") for n in range(3)))
    assert response.url == f"/studio/products/{piece.pk}/"
    assert ProductImage.objects.count() == 3
    assert "3 pictures are here." in studio.get(response.url).content.decode()


def test_a_refused_file_never_loses_the_others(studio, piece):
    response = add(studio, piece, factories.photo("front.jpg"), not_a_picture("notes.jpg"), factories.photo("back.jpg"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "<bdi>notes.jpg</bdi>: Choose a JPEG, PNG or WebP picture." in page
    assert ProductImage.objects.count() == 2


def test_words_go_with_one_file_and_are_asked_for_with_several(studio, piece):
    add(studio, piece, factories.photo(), alt="The front")
    add(studio, piece, factories.photo(), factories.photo(), alt="Which one?")
    assert captions(piece) == ["The front", "", ""]


def test_no_file_is_answered_at_the_field(studio, piece):
    response = add(studio, piece)
    assert response.status_code == 422
    assert "This field is required" in response.content.decode()


def test_more_than_a_piece_takes_is_refused_and_what_fits_stays(studio, piece, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PICTURES", 2)
    response = add(studio, piece, *(factories.photo(f"{n}.jpg") for n in range(3)))
    assert "<bdi>2.jpg</bdi>: A piece takes at most 2 pictures." in response.content.decode()
    assert ProductImage.objects.count() == 2


def test_a_script_gets_the_part_of_the_page_or_the_words(studio, piece):
    kept = add(studio, piece, factories.photo("a.jpg"), **PART)
    assert kept.status_code == 201
    assert f'data-picture="{ProductImage.objects.get().pk}"' in kept.json()["parts"][0]
    refused = add(studio, piece, not_a_picture(), **PART)
    assert refused.status_code == 422
    assert refused.json() == {"parts": [], "errors": ["Choose a JPEG, PNG or WebP picture."]}
    assert add(studio, piece, **PART).status_code == 422


MOVES = {
    "later": ("a", "later", ["b", "a", "c"]),
    "earlier": ("c", "earlier", ["a", "c", "b"]),
    "the first stays first": ("a", "earlier", ["a", "b", "c"]),
    "the last stays last": ("c", "later", ["a", "b", "c"]),
    "the cover": ("c", "cover", ["c", "a", "b"]),
}


@pytest.mark.parametrize("case", MOVES)
def test_a_button_moves_one_picture(studio, piece, case):
    which, to, expected = MOVES[case]
    ids = dict(zip("abc", hang(piece, "a", "b", "c"), strict=True))
    studio.post(f"/studio/products/{piece.pk}/pictures/order/", {"picture": ids[which], "to": to})
    assert captions(piece) == expected


def test_the_whole_order_at_once(studio, piece):
    """Pictures of other makers are passed over, and what came meanwhile is last."""
    first, second, third = hang(piece, "a", "b", "c")
    theirs = hang(factories.product(), "theirs")[0]
    order = f"{third},{theirs},{first},x,{10**30}"
    assert studio.post(f"/studio/products/{piece.pk}/pictures/order/", {"order": order}, **PART).json() == {}
    assert captions(piece) == ["c", "a", "b"]
    assert ProductImage.objects.get(pk=theirs).display_order == 0
    assert ProductImage.objects.get(pk=second).display_order == 2


def test_the_first_picture_is_the_cover_of_the_card(studio, piece):
    hang(piece, "in navy", color="Navy")
    last = hang(piece, "on a hanger")[0]
    studio.post(f"/studio/products/{piece.pk}/pictures/order/", {"picture": last, "to": "cover"})
    assert Listing.objects.get(pk=piece.pk).picture_alt == "on a hanger"


@pytest.mark.parametrize("posted", [{}, {"picture": "x", "to": "later"}, {"picture": "1", "to": "sideways"}])
def test_an_order_that_names_nothing_is_not_found(studio, piece, posted):
    hang(piece, "a")
    assert studio.post(f"/studio/products/{piece.pk}/pictures/order/", posted).status_code == 404


def test_words_are_changed_and_reach_the_page(studio, maker):
    piece = factories.certified_product(maker)
    picture = hang(piece, "")[0]
    refresh_listing(piece.pk)
    address = f"/studio/products/{piece.pk}/pictures/{picture}/words/"
    assert studio.post(address, {"alt": "A jacket on a chair"}).status_code == 302
    assert 'alt="A jacket on a chair"' in studio.get(piece.get_absolute_url()).content.decode()
    assert studio.post(address, {"alt": "On a table"}, **PART).json() == {"said": "Saved."}


@pytest.mark.parametrize("alt", ["", "x" * 201])
def test_words_that_will_not_do_change_nothing(studio, piece, alt):
    address = f"/studio/products/{piece.pk}/pictures/{hang(piece, 'The front')[0]}/words/"
    assert studio.post(address, {"alt": alt}).status_code == 422
    assert studio.post(address, {"alt": alt}, **PART).json()["errors"]
    assert captions(piece) == ["The front"]


def test_other_makers_find_none_of_it(client, piece):
    picture = hang(piece, "The front")[0]
    client.force_login(factories.owner_of(factories.maker()))
    for rest, data in (("order/", {"order": str(picture)}), (f"{picture}/words/", {"alt": "Mine"}), ("", {})):
        assert client.post(f"/studio/products/{piece.pk}/pictures/{rest}", data).status_code == 404
    assert captions(piece) == ["The front"]


def test_a_picture_of_another_piece_is_not_described_through_mine(studio, piece):
    theirs = hang(factories.product(), "theirs")[0]
    assert studio.post(f"/studio/products/{piece.pk}/pictures/{theirs}/words/", {"alt": "x"}).status_code == 404


def test_pictures_of_a_color_hang_at_a_variant(maker, piece):
    navy = hang(piece, "navy", color="Navy")[0]
    assert ProductImage.objects.get(pk=navy).product.color == "Navy"
