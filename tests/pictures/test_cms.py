"""Editors: a picture on a page needs words, and publishing has its renditions made."""

import pytest
from wagtail.images.models import Image
from wagtail.test.utils.form_data import nested_form_data

from makers.stories.models import HomePage
from marketplace.core import outbox
from marketplace.pictures.models import Picture
from tests import factories
from tests.access import signed_in

from . import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    user = factories.staff()
    user.is_superuser = True
    user.save()
    return signed_in(user, second_factor=True)


@pytest.fixture
def image():
    """As it was stored before there were renditions."""
    found = Image(title="Table", width=0, height=0)
    found.file.save("table.jpg", files.default_storage.open(files.stored("x/table.jpg", (1600, 1000))))
    found.save()
    return found


def publish(editor, **changes):
    home = HomePage.objects.get(locale__language_code="en")
    form = {
        "title": home.title, "slug": home.slug, "hero_title": home.hero_title, "hero_text": home.hero_text,
        "action-publish": "1", "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }  # fmt: skip
    return editor.post(f"/cms/pages/{home.pk}/edit/", nested_form_data(form | changes))


def test_a_picture_needs_words(editor, image):
    answer = publish(editor, picture=image.pk, picture_alt=" ")

    assert "Say what the picture shows" in answer.text
    assert HomePage.objects.get(locale__language_code="en").picture is None


def test_publishing_has_them_made(client, editor, image):
    assert publish(editor, picture=image.pk, picture_alt="A table").status_code == 302

    outbox.deliver()

    assert f"/{Picture.objects.get().key}/1280x800.avif" in client.get("/").text


def test_a_focal_point_set_in_the_cms_moves_the_crop(editor, image):
    publish(editor, picture=image.pk, picture_alt="A table")
    outbox.deliver()
    before = Picture.objects.get().key
    form = {
        "title": "Table", "description": "A table", "collection": 1, "tags": "", "focal_point_x": 160,
        "focal_point_y": 900, "focal_point_width": 50, "focal_point_height": 50,
    }  # fmt: skip

    editor.post(f"/cms/images/{image.pk}/", form)
    outbox.deliver()

    assert Picture.objects.get().focal == (100, 900)
    assert Picture.objects.get().key != before


def test_another_file_for_an_image_replaces_all_of_it(editor, image):
    publish(editor, picture=image.pk, picture_alt="A table")
    form = {"title": "Table", "description": "A table", "collection": 1, "tags": "", "file": files.upload((900, 700))}

    editor.post(f"/cms/images/{image.pk}/", form)

    image.refresh_from_db()
    assert [row.name for row in Picture.objects.all()] == [image.file.name]
    assert (image.width, image.height) == (900, 700)
