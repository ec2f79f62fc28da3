"""Color families, so that Indigo, Navy and Cobalt are all found under blue."""

import colorsys
import re

from django.utils.translation import gettext_lazy as _

FAMILIES = {
    "black": (_("Black"), "#17131f"),
    "gray": (_("Gray"), "#8b8f98"),
    "white": (_("White"), "#f6f5f1"),
    "natural": (_("Natural"), "#e2d4b5"),
    "brown": (_("Brown"), "#7a4a2b"),
    "red": (_("Red"), "#c2372c"),
    "orange": (_("Orange"), "#dd7a2e"),
    "yellow": (_("Yellow"), "#ecb93b"),
    "green": (_("Green"), "#4a7a4c"),
    "blue": (_("Blue"), "#2f5296"),
    "purple": (_("Purple"), "#74509f"),
    "pink": (_("Pink"), "#e08aa8"),
}
_HEX = re.compile(r"^#[0-9a-fA-F]{6}$")
_HUES = ((14, "red"), (40, "orange"), (66, "yellow"), (170, "green"), (258, "blue"), (300, "purple"), (345, "pink"))


def family_of(sample: str) -> str:
    """The family of a sample such as "#2b2f63"; "" where it is no color."""
    if not _HEX.match(sample):
        return ""
    red, green, blue = (int(sample[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    degrees, chroma = hue * 360, saturation * (1 - abs(2 * light - 1))
    return _neutral(degrees, light, chroma) or _colored(degrees, light)


def _neutral(degrees: float, light: float, chroma: float) -> str:
    if light < 0.13:
        return "black"
    warm = 20 <= degrees <= 70
    if chroma < 0.07:
        return "white" if light > 0.88 else "natural" if warm and light > 0.7 else "gray"
    if warm and light > 0.7 and chroma < 0.3:
        return "white" if light > 0.92 else "natural"
    return ""


def _colored(degrees: float, light: float) -> str:
    if 12 <= degrees < 48 and light < 0.4:
        return "brown"
    if (degrees < 14 or degrees >= 300) and light > 0.66:
        return "pink"
    return next((name for limit, name in _HUES if degrees < limit), "red")
