"""Every public page with pictures: what a reader gets, and that no page opens a picture."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from willow.image import Image as Willow

from catalog.catalogue import pictures as pieces
from catalog.search.listing import refresh_listing
from makers.services import edit_maker
from makers.stories.models import HomePage
from makers.stories.services import StoryText, add_picture, publish_maker_page, publish_story, set_maker_picture
from marketplace.core import clock, outbox
from marketplace.pictures.models import Picture
from tests import factories

from . import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def shop():
    """A certified piece with a picture, its maker's page and upload, a story with two, a cover for home."""
    piece = factories.certified_product(title="Coat")
    owner = factories.owner_of(piece.maker)
    pieces.add_picture(user=owner, product=piece, upload=files.upload(), alt="A coat")
    edit_maker(user=owner, maker=piece.maker, picture=ContentFile(files.data((1200, 800)), name="maker.jpg"))
    refresh_listing(piece.pk)
    publish_maker_page(piece.maker)
    table = add_picture(data=files.data((1600, 1000)), name="table.png", title="Table")
    body = [("picture", {"image": table, "alt": "The table", "caption": "", "wide": True})]
    publish_story(slug="pleater", texts={"en": StoryText("Pleats", "Short.", body, "A fan of pleats")}, picture=table)
    home = HomePage.objects.get(locale__language_code="en")
    home.picture = table
    home.save_revision().publish()
    return piece


def addresses(piece):
    return {
        "home": "/", "browse": "/shop/", "piece": piece.get_absolute_url(), "makers": "/makers/",
        "maker": piece.maker.get_absolute_url(), "stories": "/stories/", "story": "/stories/pleater/",
    }  # fmt: skip


def refuse(*args, **kwargs):
    raise AssertionError("a page opened a picture")


@pytest.mark.parametrize("made", [False, True], ids=["before", "after"])
def test_no_page_opens_a_picture(client, shop, monkeypatch, made):
    if made:
        outbox.deliver()
    monkeypatch.setattr(Pillow, "open", refuse)
    monkeypatch.setattr(Willow, "open", refuse)

    for name, address in addresses(shop).items():
        response = client.get(address)
        assert response.status_code == 200
        assert ("image/avif" in response.text) is made, name


def test_there_is_one_row_per_picture_and_everything_is_made(shop):
    assert sorted(Picture.objects.values_list("use", flat=True)) == ["maker", "piece", "story"]
    outbox.deliver()
    assert not Picture.objects.filter(key="").exists()


def test_a_story_shows_its_pictures_with_words_sizes_and_place(client, shop):
    outbox.deliver()

    text = client.get("/stories/pleater/").text

    key = Picture.objects.get(use="story").key
    folder = f"/media/renditions/{key[:2]}/{key}"
    assert f'src="{folder}/960x600.jpg" width="960" height="600" alt="A fan of pleats" fetchpriority="high"' in text
    assert f"{folder}/1080x675.avif 1080w" in text
    assert 'alt="The table" loading="lazy" decoding="async"' in text
    assert 'sizes="auto, (min-width: 64rem) 64rem, 95vw"' in text


def test_a_makers_upload_stands_in_for_a_page_without_a_picture(client, shop):
    outbox.deliver()
    own = Picture.objects.get(use="maker")

    for name in ("home", "makers", "maker", "piece"):
        assert f"/{own.key}/960x600.avif" in client.get(addresses(shop)[name]).text, name

    set_maker_picture(maker=shop.maker, picture=table(), alt={"en": "Ana at her table"})
    assert f"/{own.key}/" not in client.get("/makers/").text


def table():
    return add_picture(data=files.data((1600, 1000), dot=(500, 500)), name="table.jpg", title="Table")


def test_a_new_picture_of_the_maker_takes_the_old_ones_place_and_files(shop):
    outbox.deliver()
    old = Picture.objects.get(use="maker")
    new = ContentFile(files.data((1000, 800)), name="new.jpg")
    edit_maker(user=factories.owner_of(shop.maker), maker=shop.maker, picture=new)

    with clock.at(clock.now() + timedelta(days=2)):
        outbox.deliver()

    assert [row.name for row in Picture.objects.filter(use="maker")] == [shop.maker.picture.name]
    assert not default_storage.exists(old.name)
    assert not default_storage.exists(f"renditions/{old.key[:2]}/{old.key}")
