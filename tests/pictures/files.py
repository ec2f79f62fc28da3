"""Picture files for the tests, made here."""

import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw


def drawn(size=(900, 1200), *, dot=None) -> Image.Image:
    """A gray picture; with a red dot around `dot`, per mille from left and top."""
    picture = Image.new("RGB", size, "#888888")
    if dot:
        x, y = dot[0] * size[0] // 1000, dot[1] * size[1] // 1000
        ImageDraw.Draw(picture).ellipse((x - 40, y - 40, x + 40, y + 40), fill="#ff0000")
    return picture


def data(size=(900, 1200), *, form="JPEG", **options) -> bytes:
    out = io.BytesIO()
    drawn(size, dot=options.pop("dot", None)).save(out, form, **options)
    return out.getvalue()


def upload(size=(900, 1200), **options) -> SimpleUploadedFile:
    return SimpleUploadedFile("coat.jpg", data(size, **options), content_type="image/jpeg")


def stored(name="pieces/coat.jpg", size=(900, 1200), **options) -> str:
    return default_storage.save(name, ContentFile(data(size, **options)))


def opened(name: str) -> Image.Image:
    with default_storage.open(name, "rb") as file:
        return Image.open(io.BytesIO(file.read()))
