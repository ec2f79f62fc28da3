"""What crops keep: a maker clicks or types where it lies; renditions follow, and addresses with them."""

from datetime import timedelta

import pytest

from catalog.catalogue import pictures as pieces
from catalog.catalogue.models import Listing
from catalog.search.listing import refresh_listing
from marketplace.core import clock, outbox
from marketplace.core.models import OutboxMessage
from marketplace.pictures import services as pictures
from marketplace.pictures.models import Picture
from tests import factories
from tests.access import signed_in

from . import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    """A wide picture with a red dot far to the left."""
    piece = factories.certified_product(title="Coat")
    upload = files.upload((1500, 1000), dot=(100, 500))
    found = pieces.add_picture(user=factories.owner_of(piece.maker), product=piece, upload=upload, alt="A coat")
    refresh_listing(piece.pk)
    outbox.deliver()
    return found


def owner(image):
    return signed_in(factories.owner_of(image.product.maker))


def address(image):
    return f"/studio/products/{image.product_id}/pictures/{image.pk}/focus/"


def card_of(image):
    picture = Picture.objects.get(name=image.original.name)
    return files.opened(f"renditions/{picture.key[:2]}/{picture.key}/480x600.jpg")


def has_red(picture):
    return any(red > 200 and green < 80 for _count, (red, green, _blue) in picture.getcolors(2**20))


def test_a_crop_without_a_word_keeps_the_middle(image):
    assert not has_red(card_of(image))


@pytest.mark.parametrize(
    ("form", "focal"),
    [
        ({"at.x": "16", "at.y": "53", "x": "50", "y": "50"}, (100, 500)),
        ({"at.x": "0", "at.y": "0", "x": "10", "y": "50"}, (100, 500)),
        ({"x": "10", "y": "50"}, (100, 500)),
        ({"at.x": "99999", "at.y": "7", "x": "1", "y": "1"}, (1000, 66)),
        ({"at.x": "x", "at.y": "-1", "x": "0", "y": "100"}, (0, 1000)),
    ],
    ids=["a click", "a key on the picture", "numbers", "a click outside", "no click at all"],
)
def test_a_click_or_two_numbers_move_it(image, form, focal):
    assert owner(image).post(address(image), form).status_code == 302
    assert Picture.objects.get().focal == focal


def test_the_forms_carry_their_token(image):
    text = owner(image).get(f"/studio/products/{image.product_id}/").text

    for action in (address(image), f"{address(image)[: -len('focus/')]}remove/"):
        assert "csrfmiddlewaretoken" in text.split(f'action="{action}"')[1][:120]


def test_the_card_follows_under_a_new_address_and_the_old_files_stay_a_day(image):
    before = Picture.objects.get().key
    owner(image).post(address(image), {"x": "10", "y": "50"})
    assert before in Listing.objects.get().picture, "the crop of before is shown until the new one is there"

    outbox.deliver()

    after = Picture.objects.get().key
    assert after != before
    assert after in Listing.objects.get().picture
    assert has_red(card_of(image))
    old = f"renditions/{before[:2]}/{before}"
    assert files.default_storage.exists(old)
    with clock.at(clock.now() + timedelta(days=2)):
        outbox.deliver()
    assert not files.default_storage.exists(old)


def test_back_and_forth_within_a_day_keeps_the_files_in_use(image):
    for x in ("10", "50"):
        owner(image).post(address(image), {"x": x, "y": "50"})
        outbox.deliver()
    with clock.at(clock.now() + timedelta(days=2)):
        outbox.deliver()

    assert card_of(image).size == (480, 600)


@pytest.mark.parametrize("form", [{}, {"x": "101", "y": "5"}, {"x": "-1", "y": "5"}, {"x": "ten", "y": "5"}])
def test_what_is_no_point_is_refused_beside_the_picture(image, form):
    answer = owner(image).post(address(image), form)

    assert answer.status_code == 422
    assert "Please fix this" in answer.text
    assert Picture.objects.get().focal == (500, 500)


def test_strangers_and_other_pictures_are_not_found(image):
    other = signed_in(factories.owner_of(factories.maker()))
    assert other.post(address(image), {"x": "1", "y": "1"}).status_code == 404
    assert owner(image).post(address(image).replace(f"/{image.pk}/", "/999999/"), {"x": "1"}).status_code == 404
    assert Picture.objects.get().focal == (500, 500)


def test_a_making_that_was_overtaken_writes_nothing(image, monkeypatch):
    render = pictures.render

    def slow(data, *, use, focal):
        made = render(data, use=use, focal=focal)
        Picture.objects.update(focal_x=900)
        return made

    before = Picture.objects.get().key
    Picture.objects.update(focal_x=100)
    monkeypatch.setattr(pictures, "render", slow)

    pictures.make(image.original.name)

    assert Picture.objects.get().key == before


def test_a_picture_that_can_not_be_made_is_tried_again_and_staff_see_why(image):
    Picture.objects.update(focal_x=100)
    files.default_storage.delete(image.original.name)
    pictures.order_making(Picture.objects.get())
    outbox.deliver()

    message = OutboxMessage.objects.get(topic="pictures.make", done_at=None)
    assert message.attempts == 1
    assert message.available_at > clock.now()
    assert "FileNotFoundError" in message.last_error


def test_a_removed_picture_leaves_nothing_behind(image):
    picture = Picture.objects.get()
    owner(image).post(f"/studio/products/{image.product_id}/pictures/{image.pk}/remove/")
    assert not Picture.objects.exists()

    with clock.at(clock.now() + timedelta(days=2)):
        outbox.deliver()

    assert not files.default_storage.exists(picture.name)
    assert not files.default_storage.exists(f"renditions/{picture.key[:2]}/{picture.key}")
