"""Attacks 29 to 33 at every door for public pictures: each is refused, changes nothing and leaves no file."""

import io
import struct
import zlib

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow
from PIL import ImageCms
from wagtail.images.models import Image

from catalog.catalogue.models import ProductImage
from marketplace.core.uploads import clean_picture
from marketplace.pictures.models import Picture
from tests import factories
from tests.access import signed_in

from . import files

pytestmark = pytest.mark.django_db


def bomb(side=13_000) -> bytes:
    """20 KB that open as 169 megapixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 20_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


HOSTILE = {
    "SVG with script": ("coat.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "SVG named jpg": ("coat.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "HTML named jpg": ("coat.jpg", b"<!doctype html><script>alert(1)</script>"),
    "JPEG and HTML": ("coat.jpg", files.data((40, 50)) + b"<html><script>alert(1)</script>"),
    "a bomb": ("coat.png", bomb()),
    "41 megapixels": ("coat.png", bomb(6_404)),
    "ZIP": ("coat.jpg", b"PK\x03\x04" + b"\0" * 100),
    "GIF": ("coat.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
    "cut off": ("coat.jpg", files.data((400, 500))[:900]),
    "nothing": ("coat.jpg", b""),
}


def stored_files() -> set[str]:
    return {str(path) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}


@pytest.fixture
def owner():
    maker = factories.maker()
    client = signed_in(factories.owner_of(maker))
    client.maker = maker
    return client


@pytest.fixture
def editor() -> Client:
    user = factories.staff()
    user.is_superuser = True
    user.save()
    return signed_in(user, second_factor=True)


def as_piece(owner, file):
    product = factories.product(owner.maker)
    return owner.post(f"/studio/products/{product.pk}/pictures/", {"picture": file, "alt": "A coat", "color": ""})


def as_maker(owner, file):
    page = owner.get("/studio/settings/").context["form"]
    fields = {name: page[name].value() for name in page.fields if name != "picture"}
    return owner.post("/studio/settings/", {name: value or "" for name, value in fields.items()} | {"picture": file})


def as_story(editor, file, **fields):
    form = {"title": "Table", "description": "A table", "collection": 1, "tags": ""} | fields
    return editor.post("/cms/images/add/", form | {"file": file})


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("door", [as_piece, as_maker])
def test_the_studio_refuses_it(owner, door, what):
    before = stored_files()
    name, content = HOSTILE[what]

    answer = door(owner, SimpleUploadedFile(name, content, content_type="image/jpeg"))

    assert answer.status_code == 422
    assert not ProductImage.objects.exists()
    assert not Picture.objects.exists()
    owner.maker.refresh_from_db()
    assert not owner.maker.picture
    assert stored_files() == before


@pytest.mark.parametrize("what", HOSTILE)
def test_the_cms_refuses_it(editor, what):
    before = stored_files()
    name, content = HOSTILE[what]

    answer = as_story(editor, SimpleUploadedFile(name, content, content_type="image/jpeg"))

    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Image.objects.exists()
    assert stored_files() == before


def camera_file() -> bytes:
    """A JPEG that says where it was taken, with a comment and something after its end."""
    exif = Pillow.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[1] = "N"
    return files.data((400, 500), exif=exif, comment=b"secret comment") + b"trailing secret"


@pytest.mark.parametrize("name", ["../../x.jpg", "a\u202egpj.jpg", "x" * 300 + ".jpg", "x.php.jpg"])
def test_what_the_cms_keeps_is_made_anew_under_a_harmless_name(editor, name):
    as_story(editor, SimpleUploadedFile(name, camera_file(), content_type="image/jpeg"))

    image = Image.objects.get()
    assert image.file.name.startswith("original_images/")
    assert image.file.name.isascii()
    assert len(image.file.name) <= 255
    assert_clean(image.file.name)
    assert Picture.objects.get().name == image.file.name


def assert_clean(name):
    kept = files.opened(name)
    assert kept.format == "JPEG"
    assert not dict(kept.getexif())
    with files.default_storage.open(name, "rb") as file:
        assert b"secret" not in file.read()


def test_the_cms_asks_what_a_picture_shows(editor):
    answer = as_story(editor, files.upload(), description="")

    assert answer.context["form"].errors["description"]
    assert not Image.objects.exists()


@pytest.mark.parametrize("title", ["Table", "x" * 300], ids=["at once", "after its title was refused"])
def test_several_at_once_are_made_anew_too(editor, title):
    """Where a field is refused, Wagtail keeps the upload itself and asks again."""
    upload = SimpleUploadedFile("table.jpg", camera_file(), content_type="image/jpeg")

    answer = editor.post("/cms/images/multiple/add/", {"title": title, "files[]": upload, "collection": 1}).json()

    assert answer["success"]
    for path in stored_files():
        with open(path, "rb") as file:
            assert b"secret" not in file.read(), path


def test_a_picture_of_two_frames_from_a_phone_is_a_jpeg():
    out = io.BytesIO()
    files.drawn((40, 50)).save(out, "MPO", save_all=True, append_images=[files.drawn((20, 25))])

    clean = Pillow.open(clean_picture(SimpleUploadedFile("x.jpg", out.getvalue())))

    assert (clean.format, clean.size) == ("JPEG", (40, 50))


def test_colors_of_a_wide_space_are_brought_into_srgb():
    """Pure red of a space with red and green swapped is green."""
    wide = Pillow.new("RGB", (40, 50), (255, 0, 0))
    out = io.BytesIO()
    wide.save(out, "JPEG", quality=95, icc_profile=swapped_profile())

    red, green, _blue = Pillow.open(clean_picture(SimpleUploadedFile("x.jpg", out.getvalue()))).getpixel((20, 25))

    assert green > 200 > 80 > red


def swapped_profile() -> bytes:
    """sRGB with the tags of its red and green primaries exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"qXYZ").replace(b"gXYZ", b"rXYZ").replace(b"qXYZ", b"gXYZ")


@pytest.mark.parametrize("profile", [b"no profile", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()])
def test_a_profile_that_does_not_fit_is_left_aside(profile):
    data = files.data((40, 50), icc_profile=profile)

    clean = Pillow.open(clean_picture(SimpleUploadedFile("x.jpg", data)))

    assert clean.getpixel((20, 25)) == Pillow.open(io.BytesIO(data)).getpixel((20, 25))
