"""A PDF's pages as pictures: nobody's browser opens a stranger's PDF to look at evidence."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pypdfium2
from PIL import Image

MOST_PAGES = 30
LONGEST_SIDE = 1600
_one_at_a_time = threading.Lock()


class Unreadable(ValueError):
    """The PDF has no such page, or is damaged or locked."""


def page_count(content: bytes) -> int:
    """How many pages can be shown, 30 at most; 0 for a damaged or locked file."""
    try:
        with _opened(content) as pages:
            return min(len(pages), MOST_PAGES)
    except Unreadable:
        return 0


def page_picture(content: bytes, number: int) -> bytes:
    """Page `number` (from 1) as a JPEG of at most 1600 pixels. Raises Unreadable."""
    with _opened(content) as pages:
        if not 1 <= number <= min(len(pages), MOST_PAGES):
            raise Unreadable(f"no page {number}")
        page = pages[number - 1]
        width, height = page.get_size()
        if min(width, height) <= 0:
            raise Unreadable("an empty page")
        picture: Image.Image = page.render(scale=LONGEST_SIDE / max(width, height)).to_pil()
        page.close()
    out = BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=82)
    return out.getvalue()


@contextmanager
def _opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, for one at a time: pdfium is not safe for threads."""
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise Unreadable(str(error)) from error
        try:
            yield document
        finally:
            document.close()
