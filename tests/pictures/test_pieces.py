"""A piece's picture from the upload to its card."""

import pytest
from django.core.cache import cache

from catalog.catalogue import pictures
from catalog.catalogue.models import Listing
from catalog.search.listing import refresh_listing
from marketplace.core import outbox
from marketplace.pictures.models import Picture
from tests import factories

from . import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def piece():
    product = factories.certified_product(title="Coat")
    refresh_listing(product.pk)
    return product


def add(piece, **options):
    image = pictures.add_picture(
        user=factories.owner_of(piece.maker), product=piece, upload=files.upload(**options), alt="A coat"
    )
    refresh_listing(piece.pk)
    return image


def test_until_the_worker_made_them_a_page_shows_the_file_in_the_place_that_stays(client, piece):
    image = add(piece, size=(1000, 1000))

    text = client.get("/shop/").text

    assert f'src="{image.original.url}"' in text
    assert "<source" not in text
    assert 'width="480" height="600"' in text


def test_the_worker_makes_them_and_the_card_names_them(client, piece):
    add(piece, size=(1000, 1200))

    outbox.deliver()

    text = client.get("/shop/").text
    shown = Picture.objects.get()
    assert f'type="image/avif" srcset="/media/renditions/{shown.key[:2]}/{shown.key}/240x300.avif 240w, ' in text
    assert f"/{shown.key}/720x900.webp 720w" in text
    assert f'src="/media/renditions/{shown.key[:2]}/{shown.key}/480x600.jpg" width="480" height="600"' in text
    assert 'alt="A coat"' in text
    assert f'src="{shown.blur}"' in text
    page = client.get(piece.get_absolute_url()).text
    assert f"/{shown.key}/1000x1200.avif 1000w" in page
    assert 'fetchpriority="high"' in page
    assert Listing.objects.get(pk=piece.pk).picture.endswith("/480x600.jpg")
