"""What is made of a picture: sizes, formats, crops, nothing but pixels."""

import pytest

from marketplace.pictures.rendering import render
from marketplace.pictures.shapes import SHAPES, Shape, Use, crop_box, plain_size, sizes

from . import files

CARD, TILE, LARGE, SQUARE = (SHAPES[name] for name in ("card", "tile", "large", "square"))


@pytest.mark.parametrize(
    ("shape", "size", "expected"),
    [
        (CARD, (2400, 3000), [(240, 300), (360, 450), (480, 600), (720, 900)]),
        (CARD, (720, 900), [(240, 300), (360, 450), (480, 600), (720, 900)]),
        (CARD, (600, 900), [(240, 300), (360, 450), (480, 600), (600, 750)]),
        (CARD, (500, 900), [(240, 300), (360, 450), (480, 600)]),
        (CARD, (16, 20), [(16, 20)]),
        (CARD, (3000, 1000), [(240, 300), (360, 450), (480, 600), (720, 900)]),
        (TILE, (1280, 800), [(400, 250), (640, 400), (960, 600), (1280, 800)]),
        (LARGE, (2400, 1600), [(480, 320), (720, 480), (1080, 720), (1440, 960), (2000, 1333)]),
        (LARGE, (900, 1200), [(480, 640), (720, 960), (900, 1200)]),
        (LARGE, (1, 2400), [(1, 2400)]),
        (SQUARE, (2400, 1600), [(128, 128), (256, 256)]),
    ],
)
def test_sizes_keep_the_shape_and_none_is_larger_than_the_picture(shape, size, expected):
    assert sizes(shape, size) == expected


@pytest.mark.parametrize(
    ("size", "focal", "box"),
    [
        ((1000, 1000), (500, 500), (100, 0, 900, 1000)),
        ((1000, 1000), (0, 0), (0, 0, 800, 1000)),
        ((1000, 1000), (1000, 500), (200, 0, 1000, 1000)),
        ((800, 2000), (500, 100), (0, 0, 800, 1000)),
        ((800, 2000), (500, 500), (0, 500, 800, 1500)),
        ((800, 1000), (123, 987), (0, 0, 800, 1000)),
    ],
)
def test_a_crop_lies_around_the_focal_point_and_inside_the_picture(size, focal, box):
    assert crop_box(CARD, size, focal) == box


def test_the_plain_one_is_the_least_that_is_wide_enough():
    assert plain_size(Shape((100, 200, 300), None, 150), (1000, 500)) == (200, 100)
    assert plain_size(Shape((100, 200, 300), None, 999), (1000, 500)) == (300, 150)


def made_of(data, use=Use.PIECE, focal=(500, 500)):
    made = render(data, use=use, focal=focal)
    folder = f"renditions/{made.key[:2]}/{made.key}"
    return made, {name: files.opened(f"{folder}/{name}") for name in files.default_storage.listdir(folder)[1]}


def test_all_formats_in_all_sizes():
    made, found = made_of(files.data((1000, 1300)))

    assert (made.width, made.height) == (1000, 1300)
    assert made.blur.startswith("data:image/webp;base64,")
    assert len(made.blur) < 400
    for name, picture in found.items():
        size, ending = name.split(".")
        assert f"{picture.width}x{picture.height}" == size
        assert picture.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[ending]
    assert {"240x300.avif", "240x300.webp", "480x600.jpg", "720x936.avif", "1000x1300.webp"} <= set(found)


def test_they_hold_pixels_and_nothing_else():
    exif = files.Image.Exif()
    exif[0x010F] = "Camera"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[1] = "N"

    made, found = made_of(files.data((1300, 1000), exif=exif, comment=b"secret"))

    assert (made.width, made.height) == (1000, 1300)
    for picture in found.values():
        assert not dict(picture.getexif())
        assert not {"exif", "icc_profile", "xmp", "comment"} & {key for key, value in picture.info.items() if value}


def test_the_same_picture_has_the_same_addresses_and_is_not_made_again(monkeypatch):
    first, _found = made_of(files.data((600, 800), dot=(200, 200)))
    monkeypatch.setattr("marketplace.pictures.rendering._encoded", None)

    again, _found = made_of(files.data((600, 800), dot=(200, 200)))

    assert again == first


@pytest.mark.parametrize("change", [{"dot": (300, 300)}, {"focal": (0, 0)}])
def test_what_differs_lies_elsewhere(change):
    focal = change.pop("focal", (500, 500))
    first, _found = made_of(files.data((600, 800)))
    other, _found = made_of(files.data((600, 800), **change), focal=focal)

    assert other.key != first.key
