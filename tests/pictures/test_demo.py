"""The demo's pictures: what is rendered beside the drawing is found again when rows name it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from catalog.catalogue.models import Listing
from catalog.catalogue.services import Variant
from catalog.search.listing import refresh_listing
from makers.stories.services import add_picture
from marketplace.demo.catalog import Piece, hang_pictures, make_waiting_pictures
from marketplace.demo.plan import planned_pieces
from marketplace.demo.renditions import render_all
from marketplace.pictures.models import Picture
from tests import factories

from . import files

pytestmark = pytest.mark.django_db


def test_nothing_is_made_twice(monkeypatch):
    plan = planned_pieces()[0]
    variants = [Variant(price=48, stock=1, color=color, color_hex="#2b2f63") for color in plan.colors]
    product = factories.product(variants=variants)
    scene = files.stored("demo/scene-market.webp", (640, 400), form="WEBP", dot=(500, 500))
    for number, name in enumerate(plan.pictures):
        files.stored(name, (360, 450), form="WEBP", dot=(100 * number, 500))
    media = Path(settings.MEDIA_ROOT)
    render_all([media / name for name in (scene, *plan.pictures)], workers=1)
    monkeypatch.setattr("marketplace.pictures.rendering._encoded", None)

    hang_pictures([Piece(product, plan, factories.owner_of(product.maker))])
    with default_storage.open(scene, "rb") as file:
        add_picture(data=file.read(), name="market.webp", title="Market")
    make_waiting_pictures()

    assert Picture.objects.exclude(key="").count() == len(plan.pictures) + 1
    shown = refresh_listing(product.pk).pictures
    assert all(picture["key"] for picture in shown)
    assert "worn by a drawn figure" in shown[1]["alt"], "after the picture in the first color"
    assert "seen close" in shown[-1]["alt"]
    make_waiting_pictures()
    assert Listing.objects.get(pk=product.pk).drawn
