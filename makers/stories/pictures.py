"""The pictures of pages: which they are, what is made of them, and how pages get them in one question."""

from collections.abc import Iterable

from wagtail.images.models import Image

from marketplace.pictures.selectors import Shot, hang, shots
from marketplace.pictures.services import keep
from marketplace.pictures.shapes import MIDDLE, Size, Use

from .blocks import images_in


def hang_pictures(pages: Iterable) -> list:
    """The pages, each with its picture as `.shot`: its own, else its maker's, else None; one query."""
    rows = list(pages)
    hang(rows, _name_of)
    return rows


def shots_in(body) -> dict[int, Shot]:
    """The pictures that a story's blocks show, by the id of the image."""
    images = images_in(body)
    found = shots(image.file.name for image in images)
    return {image.pk: found[image.file.name] for image in images}


def keep_pictures_of(page) -> None:
    """After a page was published: have made whatever is missing of the pictures that it shows."""
    own = getattr(page, "picture", None)
    for image in [*([own] if own else ()), *images_in(page.blocks)]:
        keep_image(image)


def keep_image(image: Image) -> None:
    """After an upload, or a change of its focal point."""
    keep(name=image.file.name, use=Use.STORY, focal=_focal(image))


def _focal(image: Image) -> Size:
    if image.focal_point_x is None or image.focal_point_y is None:
        return MIDDLE
    x, y = image.focal_point_x * 1000 // image.width, image.focal_point_y * 1000 // image.height
    return max(0, min(x, 1000)), max(0, min(y, 1000))


def _name_of(page) -> str:
    if page.picture_id:
        return page.picture.file.name
    return page.picture_instead
