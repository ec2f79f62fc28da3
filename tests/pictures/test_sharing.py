"""What other sites show of a piece and of a story: drawn in the background, named once it is there."""

import html
import io
import random
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from PIL import Image as Pillow

from catalog.catalogue import pictures
from catalog.catalogue.models import Listing
from catalog.search.listing import refresh_listing, refresh_maker
from makers.stories.models import StoryPage
from makers.stories.services import StoryText, add_picture, publish_story
from marketplace.core import clock, outbox
from marketplace.core.models import OutboxMessage
from marketplace.pictures import drawing, rendering
from marketplace.pictures.models import Picture, SharePicture
from marketplace.pictures.services import forget
from tests import factories
from tests.access import signed_in

from . import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def piece():
    product = factories.certified_product(title="Work coat")
    add(product)
    return product


@pytest.fixture
def story():
    table = add_picture(data=files.data((1600, 1000)), name="table.png", title="Table")
    publish_story(slug="pleater", texts={"en": StoryText("Pleats", "Short.", [], "A fan of pleats")}, picture=table)
    return StoryPage.objects.get(slug="pleater", locale__language_code="en")


@pytest.fixture
def editor():
    user = factories.staff()
    user.is_superuser = True
    user.save()
    return signed_in(user, second_factor=True)


def add(product, **options):
    owner = factories.owner_of(product.maker)
    image = pictures.add_picture(user=owner, product=product, upload=files.upload(**options), alt="A coat")
    refresh_listing(product.pk)
    return image


def rename(product, title, title_es=""):
    product.title, product.title_es = title, title_es
    product.save(update_fields=["title", "title_es"])
    refresh_listing(product.pk)


def deliver(until=timedelta()):
    with clock.at(clock.now() + until):
        while outbox.deliver():
            pass


def tags(text) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in re.findall(r'property="og:([^"]+)" content="([^"]*)"', text)}


def shown(client, address) -> str:
    """The stored name of the picture that a page tells other sites."""
    return tags(client.get(address).text)["image"].partition("/media/")[2]


def drawn_names() -> set[str]:
    return {drawing.drawn_name(key) for key in SharePicture.objects.values_list("key", flat=True)}


def test_a_piece_names_its_own_picture_until_the_drawn_one_is_there(client, piece):
    own = piece.images.get().original.name
    before = tags(client.get(piece.get_absolute_url()).text)
    assert before["image"].endswith(f"/media/{own}")
    assert (before["image:width"], before["image:height"]) == ("900", "1200")

    deliver()

    after = tags(client.get(piece.get_absolute_url()).text)
    assert after["image"].startswith("http")
    assert after["image"].partition("/media/")[2] == drawn_names().pop()
    assert (after["image:width"], after["image:height"]) == ("1200", "630")


def test_the_file_is_a_small_jpeg_of_its_size_and_holds_nothing_but_pixels(piece):
    rename(piece, "Work coat with a name in its lining")
    deliver()
    name = drawn_names().pop()

    picture = files.opened(name)

    assert (picture.format, picture.size) == ("JPEG", drawing.SIZE)
    assert not picture.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & picture.info.keys()
    assert default_storage.size(name) < drawing.MOST_BYTES


def test_even_a_picture_of_noise_stays_small():
    noise = Pillow.frombytes("RGB", (900, 900), random.Random(1).randbytes(900 * 900 * 3))
    out = io.BytesIO()
    noise.save(out, "PNG")

    made = drawing.draw(out.getvalue(), focal=(500, 500), words=drawing.Words("Noise", is_story=True))

    assert len(made) < drawing.MOST_BYTES


def test_another_title_is_another_file_and_the_old_one_goes_a_day_later(client, piece):
    deliver()
    old = drawn_names().pop()

    rename(piece, "Field coat")

    assert shown(client, piece.get_absolute_url()) not in drawn_names(), "the old title is no longer told"
    deliver()
    new = drawn_names().pop()
    assert shown(client, piece.get_absolute_url()) == new != old
    assert default_storage.exists(old)
    deliver(until=timedelta(days=2))
    assert not default_storage.exists(old)
    assert default_storage.exists(new)


def test_a_title_that_comes_back_keeps_its_file(client, piece):
    deliver()
    first = drawn_names()
    for title in ("Field coat", "Work coat"):
        rename(piece, title)
        deliver()

    deliver(until=timedelta(days=2))

    assert drawn_names() == first
    assert default_storage.exists(shown(client, piece.get_absolute_url()))


@pytest.mark.parametrize(("title_es", "differs"), [("Chamarra de trabajo", True), ("Work coat", False), ("", False)])
def test_each_language_has_its_own_where_its_title_differs(piece, title_es, differs):
    rename(piece, "Work coat", title_es)
    deliver()
    listing = Listing.objects.get(pk=piece.pk)

    with translation.override("es"):
        spanish = listing.drawn

    assert listing.drawn
    assert spanish
    assert (spanish != listing.drawn) is differs
    assert SharePicture.objects.count() == 1 + differs


def test_a_spanish_title_taken_back_takes_its_picture_along(piece):
    rename(piece, "Work coat", "Chamarra de trabajo")
    deliver()
    old = drawn_names()
    rename(piece, "Work coat")
    deliver()

    deliver(until=timedelta(days=2))

    assert SharePicture.objects.count() == 1
    assert sum(default_storage.exists(name) for name in old) == 1


def test_another_focal_point_or_cover_draws_anew(client, piece):
    deliver()
    first = drawn_names()
    image = piece.images.get()
    owner = factories.owner_of(piece.maker)
    pictures.set_picture_focus(user=owner, product=piece, picture_id=image.pk, focal=(100, 100))
    deliver()
    second = drawn_names()
    other = add(piece, dot=(500, 500))
    pictures.arrange_pictures(user=owner, product=piece, order=[other.pk, image.pk])
    refresh_listing(piece.pk)
    deliver()

    third = drawn_names()

    assert len(first | second | third) == 3
    assert shown(client, piece.get_absolute_url()) in third


def test_what_is_drawn_is_ordered_once(piece):
    deliver()
    before = OutboxMessage.objects.count()

    refresh_listing(piece.pk)

    assert OutboxMessage.objects.count() == before


def test_a_forgotten_picture_takes_what_was_drawn_from_it_along(piece):
    deliver()
    name = drawn_names().pop()

    forget(name=piece.images.get().original.name)
    deliver(until=timedelta(days=2))

    assert not SharePicture.objects.exists()
    assert not default_storage.exists(name)


def test_a_story_names_the_drawn_picture_once_it_is_there(client, story):
    assert shown(client, "/stories/pleater/") == story.picture.file.name
    deliver()
    first = shown(client, "/stories/pleater/")
    assert first in drawn_names()

    story.title = "Pleats and paper"
    story.save_revision().publish()

    assert shown(client, "/stories/pleater/") not in drawn_names()
    deliver()
    assert shown(client, "/stories/pleater/") in drawn_names() - {first}


def test_a_storys_picture_cut_anew_is_drawn_anew(client, editor, story):
    deliver()
    first = shown(client, "/stories/pleater/")
    form = {
        "title": "Table", "description": "A table", "collection": 1, "tags": "", "focal_point_x": 160,
        "focal_point_y": 900, "focal_point_width": 50, "focal_point_height": 50,
    }  # fmt: skip

    editor.post(f"/cms/images/{story.picture_id}/", form)
    deliver()

    assert shown(client, "/stories/pleater/") in drawn_names() - {first}


def test_a_makers_new_name_is_drawn_on_pieces_and_leaves_stories_alone(client, story):
    product = factories.certified_product(title="Fan")
    add(product)
    StoryPage.objects.filter(pk=story.pk).update(maker=product.maker)
    deliver()
    pages = product.get_absolute_url(), "/stories/pleater/"
    before = [shown(client, address) for address in pages]

    product.maker.name = "Pleats of Pico"
    product.maker.save(update_fields=["name"])
    refresh_maker(product.maker_id)
    deliver()

    after = [shown(client, address) for address in pages]
    assert {*before, *after} <= drawn_names() | {before[0]}
    assert after[0] != before[0]
    assert after[1] == before[1]


@pytest.mark.parametrize("kind", ["piece", "story"])
def test_a_page_asks_no_more_for_it(client, request, kind):
    owner = request.getfixturevalue(kind)
    address = owner.get_absolute_url() if kind == "piece" else "/stories/pleater/"

    def asked():
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        return len(queries)

    asked()
    before = asked()
    deliver()
    assert asked() == before


def test_the_command_draws_what_is_missing_once(piece, story, capsys):
    call_command("make_pictures")
    assert "2 drawn" in capsys.readouterr().out
    call_command("make_pictures")
    assert "0 drawn" in capsys.readouterr().out

    default_storage.delete(drawn_names().pop())
    SharePicture.objects.create(owner="page:999999", picture=Picture.objects.first(), key="gone")
    call_command("make_pictures")

    assert "1 drawn" in capsys.readouterr().out
    assert all(default_storage.exists(name) for name in drawn_names())
    assert not SharePicture.objects.filter(owner="page:999999").exists()


def test_another_recipe_is_another_name(monkeypatch):
    words = drawing.Words("Coat", "Ana", "Westlake")
    keys = {drawing.drawn_key(f"a-{rendering.RECIPE}", words), drawing.drawn_key("b", words)}
    monkeypatch.setattr(drawing, "DRAWING", drawing.DRAWING + 1)
    keys.add(drawing.drawn_key("b", words))
    assert len(keys) == 3
    assert max(map(len, keys)) <= SharePicture._meta.get_field("key").max_length


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Chamarra de algodón, ¿niño o niña?", "Chamarra de algodón, ¿niño o niña?"),
        ("Abaya عباية 🎉", "Abaya"),
        ("عباية (شتاء) 🎉", ""),
        ("Coat \u202e\u200bback", "Coat back"),
        ("Nguyễn’s  Şal\n2", "Nguyen’s Sal 2"),
        ("Cafe\u0301", "Café"),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_only_what_the_font_can_write_is_written(title, written):
    assert drawing.writable(title) == written


@pytest.mark.parametrize(
    "title",
    ["Coat", "a " * 400, "x" * 255, "Donaudampfschifffahrtsgesellschaft " * 5, "Hand-pleated evening dress " * 4],
)
def test_a_title_takes_at_most_four_lines_within_its_place(title):
    size, lines = drawing.fitted(title, 584, drawing.PIECE.sizes)

    font = drawing._font(size, *drawing.HEADING)
    assert 1 <= len(lines) <= drawing.MOST_LINES
    assert all(font.getlength(line) <= 584 for line in lines)
    assert "…" in lines[-1] or " ".join(lines) == " ".join(title.split())


@pytest.mark.parametrize("is_story", [False, True])
def test_titles_without_a_letter_fall_back_to_the_maker_and_then_to_nothing(is_story):
    def made(title, maker):
        words = drawing.Words(title, maker, is_story=is_story)
        return drawing.draw(files.data((60, 90)), focal=(500, 500), words=words)

    assert made("عباية", "Ana") == made("", "Ana") != made("", "")
