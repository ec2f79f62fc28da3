"""Pictures in the sizes that pages need, made when a piece is saved and never while a page is asked for."""

import hashlib
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

CARD_WIDTH = 720
LARGE_WIDTH = 1440
_ASPECT = 4 / 5
_SMALL_ENOUGH = 200_000


def sizes_of(image) -> dict:
    """Addresses of a ProductImage: `card` (4:5) and `large` with its width and height; missing files are made."""
    large = _rendition(image.original, LARGE_WIDTH, crop=False)
    with default_storage.open(large, "rb") as file, Image.open(file) as picture:
        width, height = picture.size
    card = _rendition(image.original, CARD_WIDTH, crop=True)
    return {"card": default_storage.url(card), "large": default_storage.url(large), "width": width, "height": height}


def _rendition_name(name: str, width: int) -> str:
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"renditions/{PurePosixPath(name).stem[:60]}-{digest}-{width}.webp"


def _rendition(file, width: int, *, crop: bool) -> str:
    """The name of the rendition, or of the original where that is small enough already."""
    if _serves_as_it_is(file, width):
        return file.name
    name = _rendition_name(file.name, width)
    if not default_storage.exists(name):
        with file.open("rb") as source, Image.open(source) as picture:
            default_storage.save(name, ContentFile(_webp(picture, width, crop)))
    return name


def _serves_as_it_is(file, width: int) -> bool:
    """A WebP file of nearly this width and few bytes needs no copy."""
    return file.name.endswith(".webp") and file.size <= _SMALL_ENOUGH and file.width <= width


def _webp(picture: Image.Image, width: int, crop: bool) -> bytes:
    picture = ImageOps.exif_transpose(picture).convert("RGB")
    if crop:
        width = min(width, picture.width)
        picture = ImageOps.fit(picture, (width, round(width / _ASPECT)), Image.Resampling.LANCZOS)
    else:
        picture.thumbnail((width, width * 2), Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()
