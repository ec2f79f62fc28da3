"""The bag takes certified pieces that are there, and says why not."""

import pytest
from django.urls import reverse

from catalog.basket.models import Basket, Line
from tests import factories

from .steps import add

pytestmark = pytest.mark.django_db


def lines():
    return list(Line.objects.order_by("pk").values_list("quantity", flat=True))


def text(response):
    return response.content.decode()


def test_a_certified_piece_goes_into_the_bag(client):
    piece = factories.certified_product(title="Indigo jacket", price="48.00")
    response = add(client, piece)
    assert lines() == [1]
    assert "Indigo jacket" in text(response)
    assert "$48.00" in text(response)
    assert piece.maker.name in text(response)


def test_pieces_of_two_makers_stand_apart(client):
    first, second = factories.certified_product(), factories.certified_product()
    add(client, first)
    response = add(client, second)
    assert f"From {first.maker.name}" in text(response)
    assert f"From {second.maker.name}" in text(response)


def test_adding_again_adds_up_to_what_is_there(client):
    piece = factories.certified_product(stock=3)
    add(client, piece)
    response = add(client, piece, quantity=5)
    assert lines() == [3]
    assert "Only 3 are left" in text(response)
    assert "already holds all" in text(add(client, piece))


@pytest.mark.parametrize(
    "quantity", ["0", "-1", "1000000000", "1e9", "NaN", "1.5", "", "two", "9" * 400, "1; DROP TABLE"]
)
def test_odd_quantities_change_nothing(client, quantity):
    piece = factories.certified_product()
    response = add(client, piece, quantity=quantity)
    assert response.status_code == 200
    assert lines() == []


@pytest.mark.parametrize("variant", ["", "0", "-1", "abc", "9" * 30, "999999"])
def test_odd_variants_change_nothing(client, variant):
    from decimal import Decimal

    from catalog.catalogue.services import Variant

    two = [Variant(price=Decimal("9.00"), stock=2, size=size) for size in ("S", "M")]
    piece = factories.certified_product(variants=two)
    response = client.post(reverse("basket:add", args=[piece.pk]), {"variant": variant, "quantity": 1}, follow=True)
    assert "Choose a size and color" in text(response)
    assert lines() == []


def test_a_variant_of_another_piece_is_not_taken(client):
    piece, other = factories.certified_product(), factories.certified_product()
    add(client, piece, variant=factories.variant_of(other).pk)
    assert not Line.objects.exists()


def test_price_and_maker_from_the_form_do_not_matter(client):
    piece = factories.certified_product(price="48.00")
    add(client, piece, price="0.01", maker="1", price_excl_tax="0.01")
    assert str(Line.objects.get().price_excl_tax) == "48.00"


def not_certified():
    return factories.product()


def closed():
    piece = factories.certified_product()
    piece.maker.is_open = False
    piece.maker.save(update_fields=["is_open"])
    return piece


def sold_out():
    return factories.certified_product(stock=0)


@pytest.mark.parametrize(
    ("make", "words"),
    [(not_certified, "is not certified now"), (closed, "taking a break"), (sold_out, "just sold")],
)
def test_what_is_not_for_sale_is_not_added_and_said_so(client, make, words):
    response = add(client, make())
    assert words in text(response)
    assert lines() == []


def test_unknown_pieces_and_lines_are_404(client):
    piece = factories.certified_product()
    add(client, piece)
    for name, pk in (("add", 999_999), ("add", 2**70), ("change", 999_999), ("change", 2**70)):
        assert client.post(reverse(f"basket:{name}", args=[pk]), {"quantity": 1}).status_code == 404


def test_another_shoppers_line_is_404(client, django_user_model):
    from django.test import Client

    add(client, factories.certified_product())
    stranger = Client()
    add(stranger, factories.certified_product())
    line = Line.objects.order_by("pk").first()
    assert stranger.post(reverse("basket:change", args=[line.pk]), {"remove": "1"}).status_code == 404
    assert Line.objects.filter(pk=line.pk).exists()


def test_reading_never_writes(client):
    for name in ("add", "change"):
        assert client.get(reverse(f"basket:{name}", args=[1])).status_code == 405
    assert client.get(reverse("basket:summary")).status_code == 200
    assert not Basket.objects.exists()


@pytest.mark.parametrize(
    ("fields", "left"),
    [({"quantity": 2}, [2]), ({"quantity": 9}, [3]), ({"quantity": 0}, []), ({"remove": "1"}, []),
     ({"quantity": -3}, [1]), ({"quantity": "many"}, [1]), ({}, [1])],
)  # fmt: skip
def test_a_line_is_changed_or_taken_out(client, fields, left):
    add(client, factories.certified_product(stock=3))
    client.post(reverse("basket:change", args=[Line.objects.get().pk]), fields)
    assert lines() == left


def test_a_piece_whose_certificate_ended_is_shown_neutrally_and_blocks_checkout(client):
    bad, good = factories.certified_product(title="Linen dress"), factories.certified_product()
    add(client, bad)
    add(client, good)
    factories.end_certificates(bad)
    shown = text(client.get(reverse("basket:summary")))
    assert "Not certified now" in shown
    assert reverse("checkout:index") not in shown
    assert client.get(reverse("checkout:index")).status_code == 409
    client.post(reverse("basket:tidy"))
    assert Line.objects.get().product.parent == good
    assert reverse("checkout:index") in text(client.get(reverse("basket:summary")))


def test_tidying_lowers_what_is_more_than_there_is(client):
    piece = factories.certified_product(stock=3)
    add(client, piece, quantity=3)
    factories.variant_of(piece).stockrecords.update(num_in_stock=2)
    client.post(reverse("basket:tidy"), {"next": reverse("checkout:delivery")})
    assert lines() == [2]


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:x"])
def test_tidying_leads_nowhere_else(client, address):
    add(client, factories.certified_product())
    response = client.post(reverse("basket:tidy"), {"next": address})
    assert response["Location"] == reverse("basket:summary")


def test_queries_do_not_grow_with_the_bag(client, django_assert_max_num_queries):
    for _ in range(2):
        add(client, factories.certified_product())
    with django_assert_max_num_queries(9):
        client.get(reverse("basket:summary"))
    for _ in range(3):
        add(client, factories.certified_product())
    with django_assert_max_num_queries(9):
        client.get(reverse("basket:summary"))


def test_the_bag_follows_its_owner_through_sign_in(client):
    add(client, factories.certified_product())
    client.force_login(factories.person())
    assert "How many" in text(client.get(reverse("basket:summary")))
