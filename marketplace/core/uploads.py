"""Uploads by people are hostile until looked at: what a picture really is, its size, and a clean copy of it."""

import unicodedata
import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2400
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
ACCEPT_PICTURES = ",".join(PICTURES.values())
_FRAMED = {"MPO": "JPEG"}  # phones put a second frame, such as a gain map, behind the picture
_MARKUP = (b"<script", b"<html", b"<svg", b"<!doctype")


def check_size(upload) -> None:
    """Raises ValidationError for an empty file or one above 15 MB."""
    if not upload.size:
        raise ValidationError(_("The file is empty. Choose another one."))
    if upload.size > LARGEST_FILE:
        raise ValidationError(_("The file is larger than 15 MB. Choose a smaller one."))


def picture_type(upload, refusal: str = "") -> str:
    """The content type of a JPEG, PNG or WebP picture of at most 40 megapixels; its pixels are not decoded.

    Raises ValidationError saying what to do; `refusal` is said of files that are no picture.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            upload.seek(0)
            with Image.open(upload, formats=tuple(PICTURES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValidationError(_("The picture has more than 40 megapixels. Choose a smaller one."))
                kind = PICTURES[_FRAMED.get(picture.format or "", picture.format or "")]
                picture.verify()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValidationError(_("The picture has more than 40 megapixels. Choose a smaller one.")) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(refusal or _("Choose a JPEG, PNG or WebP picture.")) from error
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    refuse_markup(content[:2048] + content[-4096:])
    return kind


def clean_picture(upload) -> ContentFile:
    """A JPEG made anew from the picture's pixels: no metadata, no place, no trailing data, 2400 px at most.

    Raises ValidationError.
    """
    check_size(upload)
    picture_type(upload)
    try:
        with Image.open(upload, formats=tuple(PICTURES)) as source:
            picture = ImageOps.exif_transpose(source)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            flat = _on_white(_in_srgb(picture))
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("The picture is damaged. Choose another one.")) from error
    flat.info.clear()  # a comment would be written again
    out = BytesIO()
    flat.save(out, "JPEG", quality=88, optimize=True)
    return ContentFile(out.getvalue())


def shown_name(name: str) -> str:
    """A file's name without folders, control and direction marks, 120 characters at most."""
    base = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(char for char in base if unicodedata.category(char)[0] != "C").strip() or "file"
    return clean if len(clean) <= 120 else f"{clean[:100]}…{clean[-12:]}"


def refuse_markup(content: bytes) -> None:
    """Raises ValidationError where a picture or PDF is a web page too."""
    if any(word in content.lower() for word in _MARKUP):
        raise ValidationError(_("This file is a picture and a web page at once. Save it anew and choose that."))


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The colors as browsers take them without a profile; phones take pictures in a wider space."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        own, srgb = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, srgb, outputMode=target) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture  # a broken profile says nothing of the colors


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
