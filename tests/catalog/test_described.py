"""Products that are described for the label but not sold here: certified like any other, never in the shop."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from catalog.catalogue.models import Listing, Product
from catalog.catalogue.services import Variant, describe_product, edit_description, edit_product
from catalog.search.listing import refresh_listing
from catalog.search.selectors import for_sale
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return factories.maker(name="Ana Quiroz")


def described(maker, **changes):
    words = {"title": "Work coat", "kind": "garment", "description": "Lined."} | changes
    return describe_product(user=factories.owner_of(maker), maker=maker, **words)


def test_it_is_certified_end_to_end_and_never_listed(client, maker):
    piece = described(maker)
    certificate = factories.certify(piece)
    refresh_listing(piece.pk)
    record = client.get(f"/verify/{certificate.number}/").content.decode()
    assert "Work coat" in record
    assert "This certificate is valid" in record
    assert piece.get_absolute_url() not in record, "there is no shop page to lead to"
    assert client.get(piece.get_absolute_url()).status_code == 404
    assert not Listing.objects.exists()
    assert not for_sale().exists()
    assert client.get("/shop/?q=coat").status_code == 200


def test_it_becomes_a_listing_when_it_is_given_a_price(client, maker):
    piece = described(maker)
    factories.certify(piece)
    sold = edit_product(
        user=factories.owner_of(maker), product=piece, category=factories.category(),
        variants=[Variant(price=Decimal("90.00"), stock=1)], title=piece.title, title_es="", kind="garment",
        description="Lined.", description_es="", origin_statement="usa", fibre_content="cotton 100", care="",
    )  # fmt: skip
    refresh_listing(sold.pk)
    assert sold.is_public
    assert list(for_sale()) == [sold.listing]
    assert client.get(sold.get_absolute_url()).status_code == 200


def test_what_is_listed_states_origin_and_fibers(maker):
    piece = described(maker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=piece.pk).update(is_public=True)


@pytest.mark.parametrize("changes", [{"title": ""}, {"kind": ""}, {"kind": "spaceship"}, {"title": "x" * 300}])
def test_a_bad_description_is_refused(maker, changes):
    with pytest.raises(ValidationError):
        described(maker, **changes)
    assert not Product.objects.exists()


def test_strangers_describe_nothing_and_staff_who_file_do(maker):
    words = {"title": "Coat", "kind": "garment", "description": ""}
    for stranger in (factories.person(), factories.owner_of(factories.maker()), factories.decider()):
        with pytest.raises(PermissionDenied):
            describe_product(user=stranger, maker=maker, **words)
    piece = describe_product(user=factories.evaluator(), maker=maker, **words)
    with pytest.raises(PermissionDenied):
        edit_description(user=factories.person(), product=piece, title="Mine")
    assert edit_description(user=factories.owner_of(maker), product=piece, title="Long coat").slug == "long-coat"
