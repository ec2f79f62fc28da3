"""What an evidence file really is, before it is kept: a picture or a PDF, and what a photo says of itself."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import ExifTags, Image

from marketplace.core import clock
from marketplace.core.uploads import ACCEPT_PICTURES, check_size, picture_type, refuse_markup, shown_name

PDF = "application/pdf"
ACCEPT = f"{ACCEPT_PICTURES},{PDF}"
_ACTIVE_PDF = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")


@dataclass(frozen=True, slots=True)
class Found:
    """An inspected file; `taken_at` is aware (Los Angeles time where the camera names no zone), degrees are WGS84."""

    content_type: str
    sha256: str
    name: str
    taken_at: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


def inspect(upload) -> Found:
    """What an uploaded file is, and a photo's own time and place. Raises ValidationError saying what to do."""
    check_size(upload)
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    digest, name = hashlib.sha256(content).hexdigest(), shown_name(upload.name)
    if content.startswith(b"%PDF-"):
        return Found(_pdf(content), digest, name)
    kind = picture_type(upload, refusal=_("Choose a JPEG, PNG or WebP picture, or a PDF."))
    return Found(kind, digest, name, *_metadata(upload))


def _pdf(content: bytes) -> str:
    if any(word in content for word in _ACTIVE_PDF):
        raise ValidationError(_("This PDF carries a program or another file. Print it to a new PDF and choose that."))
    refuse_markup(content[:2048])
    return PDF


def _metadata(upload) -> tuple[datetime | None, Decimal | None, Decimal | None]:
    """When and where a photo says it was taken; None for each thing that it does not say in a way that makes sense."""
    upload.seek(0)
    with Image.open(upload) as picture:
        exif = picture.getexif()
        detail, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    upload.seek(0)
    taken = _moment(detail.get(ExifTags.Base.DateTimeOriginal), detail.get(ExifTags.Base.OffsetTimeOriginal))
    gps = ExifTags.GPS
    latitude = _degrees(place.get(gps.GPSLatitude), place.get(gps.GPSLatitudeRef), "NS", 90)
    longitude = _degrees(place.get(gps.GPSLongitude), place.get(gps.GPSLongitudeRef), "EW", 180)
    return taken, *((latitude, longitude) if latitude is not None and longitude is not None else (None, None))


def _moment(text, offset) -> datetime | None:
    try:
        zone = str(offset).strip("\x00 ") if offset else ""
        if zone:
            return datetime.strptime(f"{text}{zone}", "%Y:%m:%d %H:%M:%S%z")
        return datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S").replace(tzinfo=clock.LOS_ANGELES)
    except ValueError:
        return None


def _degrees(parts, reference, signs: str, limit: int) -> Decimal | None:
    """Degrees, minutes and seconds as EXIF rationals, with the hemisphere's letter."""
    try:
        degrees, minutes, seconds = (Decimal(part.numerator) / Decimal(part.denominator) for part in parts)
    except (ArithmeticError, AttributeError, TypeError, ValueError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    letter = str(reference).strip("\x00 ").upper()
    if letter not in signs or not 0 <= value <= limit or (degrees, minutes, seconds) == (0, 0, 0):
        return None
    return (-value if letter == signs[1] else value).quantize(Decimal("0.000001"))
