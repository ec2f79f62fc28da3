"""What the demo will make, decided before anything is written: the same pieces and pictures at every start."""

import random
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from .makers import MAKERS
from .pictures import WALLS, Job, scene_names, words_of, worn_kinds
from .pieces import COLORS, KINDS, Kind

PIECES, PER_MAKER, SEED = 140, 6, 4
CLOSE_SIZE = (560, 700)
SHADOWS = ("leaves", "window", "branch", "none", "none")
FOLDER = "demo"
WORN, CLOSE = "worn", "close"


@dataclass(frozen=True, slots=True)
class PlannedPiece:
    """One piece: its maker by position, kind, title, colors, price in dollars, stock per variant."""

    number: int
    maker: int
    kind: Kind
    turn: int
    colors: tuple[str, ...]
    price: Decimal
    stock: tuple[int, ...]
    wall: str
    shadow: str

    @property
    def title(self) -> tuple[str, str]:
        return self.kind.titles[self.turn % len(self.kind.titles)]

    @property
    def category(self) -> tuple[str, str]:
        """The slugs of its category and of the one above, which comes first."""
        above, _slash, slug = self.kind.categories[self.turn % len(self.kind.categories)].partition("/")
        return above, slug

    @property
    def drawing(self) -> str:
        is_bomber = self.title[0] in ("Flight jacket, satin", "Stage jacket")
        return "bomber" if is_bomber else self.kind.drawing

    @property
    def who(self) -> str:
        """Who wears it or stands beside it in the picture that shows its size."""
        above, _slug = self.category
        if self.drawing == "overalls" or above == "kids":
            return "child"
        if above in ("women", "men"):
            return {"women": "woman", "men": "man"}[above]
        return ("woman", "man")[self.number % 2]

    @property
    def is_worn(self) -> bool:
        return self.drawing in worn_kinds()

    @property
    def worn_words(self) -> str:
        return words_of(self.drawing, self.who)

    def picture(self, part: str) -> str:
        """The name below the media folder of the picture in a color, or of one of its other pictures."""
        return f"{FOLDER}/piece-{self.number:03d}-{part.lower()}.webp"

    @property
    def pictures(self) -> list[str]:
        parts = [*self.colors, *([WORN] if self.is_worn else []), CLOSE]
        return [self.picture(part) for part in parts]


def planned_pieces() -> list[PlannedPiece]:
    """Six pieces a maker, 140 in all; titles and colors of a kind take turns."""
    draw, turns, planned = random.Random(SEED), Counter(), []
    for maker, details in enumerate(MAKERS):
        for position in range(PER_MAKER):
            name = details.pieces[position % len(details.pieces)]
            planned.append(_piece(len(planned), maker, KINDS[name], turns[name], draw))
            turns[name] += 1
    return planned[:PIECES]


def picture_jobs(media: Path) -> list[Job]:
    """Every picture of the demo: each piece in each color, worn, and seen close, and the scenes."""
    jobs = [Job(path=media / FOLDER / f"scene-{name}.webp", scene=name) for name in scene_names()]
    for piece in planned_pieces():
        common = {"kind": piece.drawing, "wall": piece.wall, "shadow": piece.shadow, "seed": piece.number}
        for color in piece.colors:
            jobs.append(Job(path=media / piece.picture(color), colors=(COLORS[color],), **common))
        first = (COLORS[piece.colors[0]],)
        if piece.is_worn:
            jobs.append(Job(path=media / piece.picture(WORN), colors=first, who=piece.who, **common))
        jobs.append(Job(path=media / piece.picture(CLOSE), colors=first, close=True, size=CLOSE_SIZE, **common))
    return jobs


def _piece(number: int, maker: int, kind: Kind, turn: int, draw: random.Random) -> PlannedPiece:
    colors = _colors(kind, turn, draw)
    low, high = kind.price
    stock = [draw.choice((0, 1, 2, 3, 4, 6, 8, 12)) for _ in range(len(colors) * len(kind.sizes))]
    if not any(stock):
        stock[0] = 3
    walls = [name for name in WALLS if name not in _too_close(colors[0])]
    return PlannedPiece(
        number=number, maker=maker, kind=kind, turn=turn, colors=colors, price=Decimal(draw.randrange(low, high + 1, 2)),
        stock=tuple(stock), wall=draw.choice(walls), shadow=draw.choice(SHADOWS),
    )  # fmt: skip


def _colors(kind: Kind, turn: int, draw: random.Random) -> tuple[str, ...]:
    """One to three colors; the first one takes turns, so that neighbors differ."""
    number = min(len(kind.colors), draw.choice((1, 2, 2, 3)))
    start = turn % len(kind.colors)
    return tuple(kind.colors[(start + step) % len(kind.colors)] for step in range(number))


def _too_close(color: str) -> set[str]:
    """Walls before which a piece in this color would get lost."""
    return {
        "Bone": {"bone", "sand"}, "Cream": {"bone", "sand"}, "Sand": {"sand", "bone"}, "Marigold": {"marigold", "sand"},
        "Rose": {"blush"}, "Sky": {"sky"}, "Sage": {"sage"}, "Clay": {"clay"}, "Rust": {"clay"}, "Teal": {"teal"},
        "Jacaranda": {"lilac"}, "Silver": {"bone", "sky"}, "Gold": {"marigold", "sand"}, "Tan": {"clay", "sand"},
    }.get(color, set())  # fmt: skip
