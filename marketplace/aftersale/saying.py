"""What people type and send along: trimmed words, pictures made anew."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from marketplace.core.uploads import clean_picture

from .words import LONGEST_TEXT, MOST_PHOTOS


def clean_photos(uploads: Sequence, *, most: int = MOST_PHOTOS) -> list[ContentFile]:
    """Pictures made anew from their pixels. Raises ValidationError at the field `photos`."""
    if len(uploads) > most:
        raise ValidationError({"photos": _("At most %(most)s pictures.") % {"most": most}})
    try:
        return [clean_picture(upload) for upload in uploads]
    except ValidationError as error:
        raise ValidationError({"photos": error.messages}) from error


def said(text: str, field: str, missing: str = "") -> str:
    """Trimmed words. Raises ValidationError where they are missing, if `missing` says what to do, or too long."""
    text = (text or "").replace("\x00", "").strip()
    if missing and not text:
        raise ValidationError({field: missing})
    if len(text) > LONGEST_TEXT:
        raise ValidationError({field: _("At most %(most)s characters.") % {"most": LONGEST_TEXT}})
    return text
