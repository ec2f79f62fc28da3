"""`manage.py make_pictures` makes what is missing and nothing twice."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.images.models import Image

from catalog.catalogue.models import Listing, ProductImage
from catalog.search.listing import refresh_listing
from marketplace.pictures import rendering
from marketplace.pictures.models import Picture
from tests import factories

from . import files

pytestmark = pytest.mark.django_db


def run() -> str:
    told = io.StringIO()
    call_command("make_pictures", stdout=told, stderr=told)
    return told.getvalue()


@pytest.fixture
def piece():
    """Pictures from before there were renditions."""
    product = factories.certified_product()
    ProductImage.objects.create(product=product, original=ContentFile(files.data(), name="coat.jpg"))
    refresh_listing(product.pk)
    Image.objects.create(title="Table", file=ContentFile(files.data((800, 500)), name="table.jpg"))
    product.maker.picture.save("front.jpg", ContentFile(files.data((800, 500))))
    return product


def test_what_is_missing_is_made_once(piece):
    assert "3 made, 3 shown, 0 forgotten, 0 missing" in run()
    assert "/480x600.jpg" in Listing.objects.get(pk=piece.pk).picture
    assert "0 made, 3 shown" in run()


def test_after_a_change_of_the_recipe_everything_is_made_under_new_names(piece, monkeypatch):
    run()
    before = set(Picture.objects.values_list("key", flat=True))
    monkeypatch.setattr(rendering, "RECIPE", rendering.RECIPE + 1)

    assert "3 made" in run()
    assert not before & set(Picture.objects.values_list("key", flat=True))


def test_a_lost_rendition_is_made_again(piece):
    run()
    key = Picture.objects.get(use="piece").key
    lost = f"renditions/{key[:2]}/{key}/240x300.avif"
    files.default_storage.delete(lost)

    assert "1 made" in run()
    assert files.default_storage.exists(lost)


def test_a_missing_file_is_named_and_a_picture_that_nothing_shows_is_forgotten(piece):
    run()
    image = Image.objects.get()
    files.default_storage.delete(piece.maker.picture.name)
    name = image.file.name
    image.delete()

    told = run()

    assert f"{piece.maker.picture.name}: the file is missing" in told
    assert "0 made, 2 shown, 1 forgotten, 1 missing" in told
    assert not Picture.objects.filter(name=name).exists()
