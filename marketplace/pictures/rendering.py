"""Makes renditions: Willow opens, turns, crops and scales; what is written holds pixels and nothing else.

Nothing here asks the database, so that many pictures can be made in several processes.
"""

import base64
import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from willow.image import Image
from willow.plugins.pillow import PillowImage

from .shapes import SHAPES, SHAPES_OF, Shape, Size, Use, crop_box, file_name, files

RECIPE = 1  # raise it when what follows changes: every rendition is then made anew under a new name
# Chosen by their bytes and by looking at whole pages. Speed 8 costs a third of 6 and 9 % more bytes.
ENCODERS: dict[str, tuple[str, dict[str, Any]]] = {
    "avif": ("AVIF", {"quality": 60, "speed": 8, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "progressive": True, "optimize": True}),
}
BLUR_SIDE = 10


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was made: the key that names the files, the picture's size, and a few pixels of it as a data address."""

    key: str
    width: int
    height: int
    blur: str


def render(data: bytes, *, use: Use, focal: Size) -> Rendered:
    """Store all renditions that a picture of this use needs; those that are there already are left."""
    source = opened(data)
    key, size = key_of(data, focal), source.get_size()
    width, height = size
    for shape in (SHAPES[name] for name in SHAPES_OF[use]):
        missing = [(item, name) for item, name in _wanted(shape, key, size) if not default_storage.exists(name)]
        if missing:
            part = source.crop(crop_box(shape, size, focal))
            for item, name in missing:
                default_storage.save(name, ContentFile(_encoded(part, item, name.rpartition(".")[2])))
    return Rendered(key, width, height, _blur(source))


def size_of(file: IO[bytes] | File) -> Size:
    """Width and height of a picture; only its first bytes are read."""
    with Pillow.open(file) as picture:
        return picture.size


def opened(data: bytes) -> PillowImage:
    """The picture upright, in sRGB and without alpha; what its file said of it besides is left behind."""
    willow = Image.open(BytesIO(data)).auto_orient().transform_colorspace_to_srgb()
    picture = willow.set_background_color_rgb((255, 255, 255)).get_pillow_image().convert("RGB")
    picture.info.clear()
    return PillowImage(picture)


def _wanted(shape: Shape, key: str, size: Size) -> list[tuple[Size, str]]:
    return [(item, file_name(key, item, ending)) for item, ending in files(shape, size)]


def _encoded(part: PillowImage, size: Size, ending: str) -> bytes:
    form, options = ENCODERS[ending]
    out = BytesIO()
    part.resize(size).get_pillow_image().save(out, form, **options)
    return out.getvalue()


def key_of(data: bytes, focal: Size) -> str:
    """What names a picture's renditions: its bytes, what crops are made around, and the recipe."""
    parts = hashlib.sha256(data)
    parts.update(f"|{focal[0]}|{focal[1]}".encode())
    return f"{parts.hexdigest()[:20]}-{RECIPE}"


def is_complete(key: str, *, use: Use, size: Size) -> bool:
    """Whether everything of today's recipe is there."""
    shapes = (SHAPES[name] for name in SHAPES_OF[use])
    return key.endswith(f"-{RECIPE}") and all(
        default_storage.exists(name) for shape in shapes for _item, name in _wanted(shape, key, size)
    )


def _blur(source: PillowImage) -> str:
    """The whole picture in ten pixels, 80 bytes or so; browsers smooth it when they stretch it."""
    width, height = source.get_size()
    longest = max(width, height)
    tiny = (max(width * BLUR_SIDE // longest, 1), max(height * BLUR_SIDE // longest, 1))
    out = BytesIO()
    source.resize(tiny).get_pillow_image().save(out, "WEBP", quality=30, method=6)
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode()
