"""The badge as one self-contained picture (SVG) for the maker's own site: a woven seam label, drawn from a standing."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.pdfbase.pdfmetrics import stringWidth

from certification.rules import Claim
from certification.texts import CLAIMS, claim_labels

from .standing import Standing

THEMES = ("light", "dark")
SIZES = {"large": (340, 148), "small": (232, 64)}
LANGUAGES = ("en", "es")
# Inside <img> no web font loads. These have the widths of Helvetica, with which lines are measured here.
FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
# XML 1.0 knows no way to write these characters.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Style:
    """How a picture is asked for; what is unknown becomes the first of its kind."""

    theme: str = "light"
    size: str = "large"
    lang: str = "en"

    @classmethod
    def asked(cls, theme: str, size: str, lang: str) -> "Style":
        return cls(
            theme=theme if theme in THEMES else "light",
            size=size if size in SIZES else "large",
            lang=lang if lang in LANGUAGES else "en",
        )


@dataclass(frozen=True, slots=True)
class Colors:
    ground: str
    edge: str
    ink: str
    quiet: str


# design: look.md. Green stands for a certificate that is valid now, and for nothing else.
VALID = {
    "light": Colors(ground="#046242", edge="#046242", ink="#ffffff", quiet="#def5e8"),
    "dark": Colors(ground="#113022", edge="#5ed9a3", ink="#ffffff", quiet="#7be3b3"),
}
ENDED = {
    "light": Colors(ground="#fbfcfd", edge="#797984", ink="#545460", quiet="#545460"),
    "dark": Colors(ground="#100f18", edge="#7f7f8c", ink="#b0b0ba", quiet="#b0b0ba"),
}


@lru_cache(maxsize=2048)
def picture(standing: Standing, style: Style) -> tuple[bytes, str]:
    """The SVG and its strong ETag; the same standing and style always give the same bytes."""
    with translation.override(style.lang):
        body = _draw(standing, style).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _draw(standing: Standing, style: Style) -> str:
    width, height = SIZES[style.size]
    colors = (VALID if standing.valid else ENDED)[style.theme]
    title, description = _words(standing)
    body = _large(standing, colors) if style.size == "large" else _small(standing, colors)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-labelledby="t d" lang="{style.lang}">'
        f'<title id="t">{_safe(title)}</title><desc id="d">{_safe(description)}</desc>'
        f'<rect x="1" y="1" width="{width - 2}" height="{height - 2}" rx="3" fill="{colors.ground}"'
        f' stroke="{colors.edge}" stroke-width="2"/>'
        f'<path d="M9 8V{height - 8}M{width - 9} 8V{height - 8}" fill="none" stroke="{colors.quiet}"'
        f' stroke-width="1.5" stroke-dasharray="4 3"/>{body}</svg>'
    )


def _words(standing: Standing) -> tuple[str, str]:
    """Title and description for those who listen."""
    if not standing.valid:
        title = _("Certificate ended")
        return title, _("Certificate %(number)s is not valid now.") % {"number": standing.number}
    facts = {
        "product": standing.product,
        "maker": standing.maker,
        "claims": ", ".join(_claims(standing)),
        "until": date_format(standing.valid_until, "DATE_FORMAT"),
    }
    title = _("LA Original, certificate %(number)s") % {"number": standing.number}
    return title, _("%(product)s by %(maker)s: %(claims)s. Valid through %(until)s.") % facts


def _claims(standing: Standing) -> list[str]:
    return [str(CLAIMS[Claim(claim)]) for claim in standing.claims]


def _large(standing: Standing, colors: Colors) -> str:
    heading = _letters(22, 20, 1.3, colors) + _text("LA Original", 86, 44, 25, colors.ink, bold=True, room=208)
    number = _text(standing.number, 86, 133, 12, colors.quiet, room=232)
    if not standing.valid:
        return heading + _bar(22, 76, colors) + _text(
            _("Certificate ended"), 86, 84, 18, colors.ink, bold=True, room=232
        ) + number  # fmt: skip
    lines = "".join(
        _text(claim, 86, 70 + 20 * place, 14, colors.ink, room=232) for place, claim in enumerate(_claims(standing))
    )
    return heading + _check(44, 84, 1.6, colors) + lines + number


def _small(standing: Standing, colors: Colors) -> str:
    heading = _letters(18, 18, 0.85, colors) + _text("LA Original", 62, 23, 15, colors.ink, bold=True, room=124)
    number = _text(standing.number, 62, 55, 10, colors.quiet, room=156)
    if standing.valid:
        line = _text(claim_labels(standing.claims), 62, 40, 11, colors.ink, room=156)
        return heading + _check(202, 17, 0.9, colors) + line + number
    return heading + _text(_("Certificate ended"), 62, 40, 12, colors.ink, bold=True, room=156) + number


def _letters(x: float, y: float, scale: float, colors: Colors) -> str:
    """The L and A of the mark as strokes."""
    return (
        f'<path transform="translate({x} {y}) scale({scale})" d="M2 3v18.5h12M19 23.5l6.500-18 6.500 18"'
        f' fill="none" stroke="{colors.ink}" stroke-width="4"/>'
    )


def _check(x: float, y: float, scale: float, colors: Colors) -> str:
    return (
        f'<path transform="translate({x} {y}) scale({scale})" d="M-6 1l4.500 4.500L7-5" fill="none"'
        f' stroke="{colors.ink}" stroke-width="3"/>'
    )


def _bar(x: float, y: float, colors: Colors) -> str:
    return f'<path d="M{x + 2} {y}h40" fill="none" stroke="{colors.ink}" stroke-width="4"/>'


def _text(words: str, x: float, y: float, size: float, color: str, *, room: float, bold: bool = False) -> str:
    """One line that never leaves its room: it is set smaller where it would."""
    width = stringWidth(words, "Helvetica-Bold" if bold else "Helvetica", size)
    if width > room:
        size = round(size * room / width, 2)
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x}" y="{y}" font-family="{FONT}" font-size="{size}"{weight} fill="{color}">{_safe(words)}</text>'


def _safe(text: str) -> str:
    return escape(_NOT_XML.sub("", text))
