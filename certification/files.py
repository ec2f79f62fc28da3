"""What an evidence file really is, before it is kept: a picture or a PDF, and nothing else besides."""

import hashlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from marketplace.core.uploads import ACCEPT_PICTURES, check_size, picture_type, refuse_markup, shown_name

PDF = "application/pdf"
ACCEPT = f"{ACCEPT_PICTURES},{PDF}"
_ACTIVE_PDF = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")


def inspect(upload) -> tuple[str, str, str]:
    """(content type, SHA-256, name to show) of an uploaded file. Raises ValidationError saying what to do."""
    check_size(upload)
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if content.startswith(b"%PDF-"):
        kind = _pdf(content)
    else:
        kind = picture_type(upload, refusal=_("Choose a JPEG, PNG or WebP picture, or a PDF."))
    return kind, hashlib.sha256(content).hexdigest(), shown_name(upload.name)


def _pdf(content: bytes) -> str:
    if any(word in content for word in _ACTIVE_PDF):
        raise ValidationError(_("This PDF carries a program or another file. Print it to a new PDF and choose that."))
    refuse_markup(content[:2048])
    return PDF
