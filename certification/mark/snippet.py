"""What a maker copies into the own site: the badge as a picture that links to the certificate's public record."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from .standing import Standing
from .svg import SIZES, THEMES, Style


@dataclass(frozen=True, slots=True)
class Embed:
    """One form of the badge; `html` is markup for the maker's site, `src` for a preview on ours."""

    style: Style
    width: int
    height: int
    src: str
    alt: str
    html: str


def embeds(standing: Standing, lang: str) -> list[Embed]:
    """Every theme and size in one language."""
    return [_embed(standing, Style.asked(theme, size, lang)) for theme in THEMES for size in SIZES]


def _embed(standing: Standing, style: Style) -> Embed:
    width, height = SIZES[style.size]
    query = urlencode({"theme": style.theme, "size": style.size, "lang": style.lang})
    src = f"{reverse('badge', args=[standing.number])}?{query}"
    with translation.override(style.lang):
        record = settings.SITE_ADDRESS + reverse("register:verify", args=[standing.number])
        # It stays on the other site when the certificate ends, so it says what to look up and claims nothing.
        alt = _("LA Original, certificate %(number)s: see its public record") % {"number": standing.number}
    html = format_html(
        '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}"></a>',
        record, settings.SITE_ADDRESS + src, width, height, alt,
    )  # fmt: skip
    return Embed(style, width, height, src, alt, html)
