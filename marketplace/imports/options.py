"""Which option of a shop elsewhere is the size and which the color, in English and Spanish."""

from dataclasses import dataclass

from marketplace.core.words import fold

from .cells import line_of
from .pieces import LONGEST_COLOR, LONGEST_SIZE, Piece

_SIZE = {"size", "sizes", "talla", "tallas", "tamano", "tamanos", "medida", "numero"}
_COLOR = {"color", "colors", "colour", "colours", "colores", "primary color", "color principal"}
_NONE = {("title", "default title"), ("", "")}


@dataclass(frozen=True)
class Option:
    """A value of one variant, and under which heading it stands."""

    name: str
    value: str
    column: str = ""


@dataclass(frozen=True)
class Slots:
    """Which of the options is what; None where a piece has none."""

    size: int | None = None
    color: int | None = None

    def of(self, piece: Piece, row: int, options: list[Option]) -> tuple[str, str]:
        """Size and color of one variant; too long a word refuses the piece."""
        return (
            _value(piece, row, options, self.size, LONGEST_SIZE),
            _value(piece, row, options, self.color, LONGEST_COLOR),
        )


def slots_of(piece: Piece, variants: list[list[Option]]) -> Slots:
    """Finds size and color among the options of all variants; a third option that varies refuses the piece."""
    most = max((len(options) for options in variants), default=0)
    names = [_name(variants, number) for number in range(most)]
    values = [
        {line_of(options[number].value) for options in variants if number < len(options)} for number in range(most)
    ]
    size = color = None
    others = []
    for number, name in enumerate(names):
        word = fold(name)
        if all((word, value.casefold()) in _NONE or not value for value in values[number]):
            continue
        if word in _SIZE and size is None:
            size = number
        elif word in _COLOR and color is None:
            color = number
        else:
            others.append(number)
    for number in others:
        column = next(options[number].column for options in variants if number < len(options))
        if len(values[number]) == 1 and len(variants) > 1:
            piece.say("option_alone", column=column, name=names[number][:60], value=next(iter(values[number]))[:60])
        elif size is None:
            size = number
            piece.say("option_as_size", column=column, name=names[number][:60])
        else:
            piece.refuse("third_option", column=column, name=names[number][:60])
    return Slots(size, color)


def _name(variants: list[list[Option]], number: int) -> str:
    """Its first row names it; the others may leave the name out."""
    names = (line_of(options[number].name) for options in variants if number < len(options))
    return next((name for name in names if name), "")


def _value(piece: Piece, row: int, options: list[Option], number: int | None, most: int) -> str:
    if number is None or number >= len(options):
        return ""
    value = line_of(options[number].value)
    if len(value) > most:
        piece.refuse("too_long", row, options[number].column, most=most, length=len(value))
        return value[:most]
    return value
