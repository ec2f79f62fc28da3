"""Spanish for the color names that makers use most; what a maker wrote otherwise is shown as written."""

from django.utils.translation import pgettext_lazy

_WORDS = {
    "beige": pgettext_lazy("color of a piece", "Beige"),
    "black": pgettext_lazy("color of a piece", "Black"),
    "blue": pgettext_lazy("color of a piece", "Blue"),
    "bone": pgettext_lazy("color of a piece", "Bone"),
    "brown": pgettext_lazy("color of a piece", "Brown"),
    "burgundy": pgettext_lazy("color of a piece", "Burgundy"),
    "charcoal": pgettext_lazy("color of a piece", "Charcoal"),
    "clay": pgettext_lazy("color of a piece", "Clay"),
    "cream": pgettext_lazy("color of a piece", "Cream"),
    "forest": pgettext_lazy("color of a piece", "Forest"),
    "gold": pgettext_lazy("color of a piece", "Gold"),
    "gray": pgettext_lazy("color of a piece", "Gray"),
    "green": pgettext_lazy("color of a piece", "Green"),
    "indigo": pgettext_lazy("color of a piece", "Indigo"),
    "ivory": pgettext_lazy("color of a piece", "Ivory"),
    "jacaranda": pgettext_lazy("color of a piece", "Jacaranda"),
    "khaki": pgettext_lazy("color of a piece", "Khaki"),
    "marigold": pgettext_lazy("color of a piece", "Marigold"),
    "navy": pgettext_lazy("color of a piece", "Navy"),
    "olive": pgettext_lazy("color of a piece", "Olive"),
    "orange": pgettext_lazy("color of a piece", "Orange"),
    "oxblood": pgettext_lazy("color of a piece", "Oxblood"),
    "pink": pgettext_lazy("color of a piece", "Pink"),
    "purple": pgettext_lazy("color of a piece", "Purple"),
    "red": pgettext_lazy("color of a piece", "Red"),
    "rose": pgettext_lazy("color of a piece", "Rose"),
    "rust": pgettext_lazy("color of a piece", "Rust"),
    "sage": pgettext_lazy("color of a piece", "Sage"),
    "sand": pgettext_lazy("color of a piece", "Sand"),
    "silver": pgettext_lazy("color of a piece", "Silver"),
    "sky": pgettext_lazy("color of a piece", "Sky"),
    "tan": pgettext_lazy("color of a piece", "Tan"),
    "teal": pgettext_lazy("color of a piece", "Teal"),
    "white": pgettext_lazy("color of a piece", "White"),
    "yellow": pgettext_lazy("color of a piece", "Yellow"),
}


def color_word(name: str) -> str:
    """A known color in the reader's language, any other as the maker wrote it."""
    word = _WORDS.get(name.strip().lower())
    return str(word) if word else name
