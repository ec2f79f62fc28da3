"""Uploads by people are hostile until looked at: what an evidence file really is, before it is kept."""

import hashlib
import unicodedata
import warnings

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = 40_000_000
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PDF = "application/pdf"
ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"
_ACTIVE_PDF = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
_MARKUP = (b"<script", b"<html", b"<svg", b"<!doctype")


def inspect(upload) -> tuple[str, str, str]:
    """(content type, SHA-256, name to show) of an uploaded file. Raises ValidationError saying what to do."""
    if not upload.size:
        raise ValidationError(_("The file is empty. Choose another one."))
    if upload.size > LARGEST_FILE:
        raise ValidationError(_("The file is larger than 15 MB. Choose a smaller one."))
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    kind = _pdf(content) if content.startswith(b"%PDF-") else _picture(upload)
    return kind, hashlib.sha256(content).hexdigest(), shown_name(upload.name)


def shown_name(name: str) -> str:
    """A file's name without folders, control and direction marks, 120 characters at most."""
    base = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(char for char in base if unicodedata.category(char)[0] != "C").strip() or "file"
    return clean if len(clean) <= 120 else f"{clean[:100]}…{clean[-12:]}"


def _pdf(content: bytes) -> str:
    if any(word in content for word in _ACTIVE_PDF):
        raise ValidationError(_("This PDF carries a program or another file. Print it to a new PDF and choose that."))
    _refuse_markup(content[:2048])
    return PDF


def _picture(upload) -> str:
    refused = ValidationError(_("Choose a JPEG, PNG or WebP picture, or a PDF."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=tuple(PICTURES)) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    raise ValidationError(_("The picture has more than 40 megapixels. Choose a smaller one."))
                kind = PICTURES[picture.format]
                picture.verify()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValidationError(_("The picture has more than 40 megapixels. Choose a smaller one.")) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise refused from error
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    _refuse_markup(content[:2048] + content[-4096:])
    return kind


def _refuse_markup(content: bytes) -> None:
    if any(word in content.lower() for word in _MARKUP):
        raise ValidationError(
            _("This file is a picture and a web page at once. Save the picture anew and choose that.")
        )
