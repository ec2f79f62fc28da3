"""Draws what other sites show of a piece or a story: 1200 by 630, from its picture and a few words.

Others keep such a picture for years, and a certificate ends: there is no badge, no claim and no price on it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from .rendering import opened
from .shapes import PLAIN, Shape, Size, crop_box, file_name

DRAWING = 1  # raise it when what follows changes: every picture is then drawn anew under a new name
SIZE = (1200, 630)
MARGIN = 56
FONT = Path(__file__).resolve().parents[1] / "static" / "fonts" / "archivo.woff2"
HEADING, TEXT = (640, 118), (400, 100)  # weight and width
MOST_LINES, LEADING = 4, 1.12
MOST_BYTES, QUALITIES = 300_000, (82, 74, 64, 50)
NO_GLYPH = "\uffff"


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on it. A story stands on dark ground, a piece on paper."""

    title: str
    maker: str = ""
    place: str = ""
    is_story: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How wide the picture is, the colors beside it (those of tokens.css) and the sizes that a title may have."""

    width: int
    ground: str
    ink: str
    ink_2: str
    sizes: tuple[int, ...]


PIECE = Look(504, "#fbfcfd", "#171722", "#545460", (72, 64, 56, 50, 44))
STORY = Look(600, "#171722", "#f5f5f9", "#b0b0ba", (62, 56, 50, 44, 38))


def drawn_key(picture_key: str, words: Words) -> str:
    """What names it: the picture with its focal point, the words and how it is drawn."""
    parts = hashlib.sha256("\0".join(map(str, (picture_key, *astuple(words)))).encode())
    return f"{parts.hexdigest()[:20]}-s{DRAWING}"


def drawn_name(key: str) -> str:
    return file_name(key, SIZE, PLAIN)


def draw(data: bytes, *, focal: Size, words: Words) -> bytes:
    """The JPEG: the picture without a border at the left, the words beside it.

    Of the picture's file nothing but pixels is in it.
    """
    look = STORY if words.is_story else PIECE
    source = opened(data)
    shape = Shape((look.width,), (look.width, SIZE[1]), look.width)
    part = source.crop(crop_box(shape, source.get_size(), focal)).get_pillow_image()
    drawn = Pillow.new("RGB", SIZE, look.ground)
    drawn.paste(part.resize((look.width, SIZE[1]), Pillow.Resampling.LANCZOS), (0, 0))
    _write(ImageDraw.Draw(drawn), words, look)
    return _encoded(drawn)


def _write(pen: ImageDraw.ImageDraw, words: Words, look: Look) -> None:
    """Maker and neighborhood above, the title in the middle, our name below; a maker stands in for a title."""
    left, room = look.width + MARGIN, SIZE[0] - look.width - 2 * MARGIN
    title, maker, place = (writable(text) for text in (words.title, words.maker, words.place))
    size, lines = fitted(title or maker, room, look.sizes)
    above = [(text, font, color) for text, font, color in (
        (maker if title else "", _font(30, *HEADING), look.ink), (place, _font(26, *TEXT), look.ink_2),
    ) if text]  # fmt: skip
    for number, (text, font, color) in enumerate(above):
        pen.text((left, 84 + 38 * number), _cut(text, font, room), color, font, anchor="ls")
    step = round(size * LEADING)
    top = (SIZE[1] - step * len(lines)) // 2 + 16
    for number, line in enumerate(lines):
        pen.text((left, top + step * number + size * 6 // 7), line, look.ink, _font(size, *HEADING), anchor="ls")
    pen.text((left, SIZE[1] - MARGIN), "LA Original", look.ink, _font(34, *HEADING), anchor="ls")


def writable(text: str) -> str:
    """The text without what the font can't write; letters with unknown accents lose these."""
    found = "".join(_known(letter) for letter in unicodedata.normalize("NFC", text))
    found = re.sub(r"\(\s*\)|\[\s*\]", "", found)
    words = " ".join(found.split())
    return words if any(letter.isalnum() for letter in words) else ""


def _known(letter: str) -> str:
    if letter.isspace():
        return " "
    if _has_glyph(letter):
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if _has_glyph(part))


@lru_cache(maxsize=4096)
def _has_glyph(letter: str) -> bool:
    if unicodedata.category(letter)[0] in "CM":
        return False
    font = _font(64, *HEADING)
    return (bytes(font.getmask(letter)), font.getlength(letter)) != (
        bytes(font.getmask(NO_GLYPH)),
        font.getlength(NO_GLYPH),
    )


def fitted(text: str, width: int, sizes: tuple[int, ...]) -> tuple[int, list[str]]:
    """The largest size in which it takes at most four lines, and these; in the least it ends in an ellipsis."""
    for size in sizes:
        font = _font(size, *HEADING)
        lines = list(_lines(text.split(), font, width))
        if len(lines) <= MOST_LINES and all(font.getlength(line) <= width for line in lines):
            return size, lines
    kept, rest = lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])
    return size, [_cut(line, font, width) for line in (*kept, rest) if line]


def _lines(words: list[str], font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text.rpartition(" ")[0] or text[:-1]
        text = text.rstrip(" ,.;:-–—")
    return f"{text}…"


@lru_cache(maxsize=32)
def _font(size: int, weight: int, width: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONT, size)
    font.set_variation_by_axes([weight, width])
    return font


def _encoded(picture: Pillow.Image) -> bytes:
    """In the best quality that the sites which fetch it take without trouble."""
    for quality in QUALITIES:
        out = BytesIO()
        picture.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
        if out.tell() < MOST_BYTES:
            break
    return out.getvalue()
