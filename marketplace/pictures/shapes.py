"""Which shapes and widths of a picture exist, which part of it a crop keeps, and what the files are called.

Everything follows from the picture's own size, so that a page knows the addresses without asking for files.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

Size = tuple[int, int]
Box = tuple[int, int, int, int]
MIDDLE = (500, 500)


@dataclass(frozen=True, slots=True)
class Shape:
    """Widths in pixels; `ratio` is width to height of a crop, None leaves all of the picture.

    `plain` is the width of the one JPEG for readers that know neither AVIF nor WebP.
    """

    widths: tuple[int, ...]
    ratio: Size | None
    plain: int


SHAPES = {
    "card": Shape((240, 360, 480, 720), (4, 5), 480),
    "tile": Shape((400, 640, 960, 1280, 1920), (8, 5), 960),
    "square": Shape((128, 256), (1, 1), 256),
    "large": Shape((480, 720, 1080, 1440, 2000), None, 1080),
}
FORMATS = {"avif": "image/avif", "webp": "image/webp"}
PLAIN = "jpg"


class Use(models.TextChoices):
    """What a picture shows; it decides the shapes."""

    PIECE = "piece", _("Piece")
    STORY = "story", _("Story")
    MAKER = "maker", _("Maker")
    REVIEW = "review", _("Review")


SHAPES_OF = {
    Use.PIECE: ("card", "large"),
    Use.STORY: ("tile", "large"),
    Use.MAKER: ("tile",),
    Use.REVIEW: ("square",),
}


def cropped(shape: Shape, size: Size) -> Size:
    """The largest part of a picture of `size` that has the shape's ratio."""
    width, height = size
    if shape.ratio is None:
        return size
    across, down = shape.ratio
    if width * down > height * across:
        return max(height * across // down, 1), height
    return width, max(width * down // across, 1)


def crop_box(shape: Shape, size: Size, focal: Size) -> Box:
    """Left, top, right, bottom of that part, as near around the focal point (per mille) as the edges allow."""
    width, height = cropped(shape, size)
    left = _beside(focal[0] * size[0] // 1000 - width // 2, size[0] - width)
    top = _beside(focal[1] * size[1] // 1000 - height // 2, size[1] - height)
    return left, top, left + width, top + height


def sizes(shape: Shape, size: Size) -> list[Size]:
    """The sizes of the shape's renditions, smallest first; none is larger than the picture itself."""
    own, _height = cropped(shape, size)
    widths = [width for width in shape.widths if width <= own]
    if own < shape.widths[-1] and (not widths or own * 20 > widths[-1] * 23):
        widths.append(own)  # a picture between two widths, unless the smaller one is nearly as large
    return [(width, _height_at(shape, size, width)) for width in widths]


def plain_size(shape: Shape, size: Size) -> Size:
    """The size of the JPEG: the smallest rendition of at least the plain width, else the largest there is."""
    found = sizes(shape, size)
    return next((item for item in found if item[0] >= shape.plain), found[-1])


def files(shape: Shape, size: Size) -> Iterator[tuple[Size, str]]:
    """(size, ending) of every rendition of the shape."""
    for item in sizes(shape, size):
        yield from ((item, ending) for ending in FORMATS)
    yield plain_size(shape, size), PLAIN


def folder(key: str) -> str:
    return f"renditions/{key[:2]}/{key}"


def file_name(key: str, size: Size, ending: str) -> str:
    """`key` stands for content and crop, so what lies under a name never changes."""
    return f"{folder(key)}/{size[0]}x{size[1]}.{ending}"


def _height_at(shape: Shape, size: Size, width: int) -> int:
    across, down = shape.ratio or size
    return max((width * down + across // 2) // across, 1)


def _beside(start: int, most: int) -> int:
    return max(0, min(start, most))
