"""How each kind of piece is worn or carried by a drawn person, or what it hangs beside, so that its size shows."""

from collections.abc import Callable
from dataclasses import dataclass

from . import figure
from .figure import Person
from .garments import KINDS
from .pen import INK, area, both, dark, line, mix, stitch

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a sheet's drawing lies on the body, and what of it is left out.

    The sheet is scaled around (600, `pin`), which comes to lie on `to`; only what `keep` surrounds is drawn.
    """

    scale: tuple[float, float] = (1, 1)
    pin: float = 0
    to: tuple[float, float] = (600, 0)
    keep: str = ""

    def place(self, drawing: str) -> str:
        x, y = self.scale
        move = f"translate({self.to[0]} {self.to[1]}) scale({x} {y}) translate(-600 {-self.pin})"
        if not self.keep:
            return f'<g transform="{move}">{drawing}</g>'
        name = f"kp{self.to[0]:.0f}"
        clip = f'<defs><clipPath id="{name}"><path d="{self.keep}"/></clipPath></defs>'
        return f'{clip}<g transform="{move}"><g clip-path="url(#{name})">{drawing}</g></g>'


PLAIN = Fit()


@dataclass(frozen=True, slots=True)
class Worn:
    """`draw(person, piece, colors)` gives the whole drawing; `box` is the part of the plane that the frame shows.

    `floor` is where wall and floor meet; `words` say what the piece is seen with.
    """

    draw: Callable[[Person, str, tuple[str, str]], str]
    box: Box
    floor: float | None = None
    words: str = "worn by a drawn figure, 5 ft 7 in"


HALF, LONG, FULL, BUST = (
    (-20, -270, 1240, 1550),
    (-150, -270, 1500, 1875),
    (-400, -300, 2000, 2500),
    (220, -270, 760, 950),
)
SMALL_HALF, SMALL_FULL = (-100, -400, 1400, 1750), (-280, -400, 1760, 2200)


def _dressed(person: Person, body: str, head: str = "", *, hat: bool = False) -> str:
    """Hair behind, a body with what it wears, a little slimmer than sheets are drawn, and the head."""
    width = person.width
    slim = f'<g transform="translate({600 * (1 - width):.0f} 0) scale({width} 1)">{body}</g>'
    return figure.lights() + figure.back_hair(person, hat=hat) + slim + (head or figure.head(person, hat=hat))


def _top(hole: str, *, fit: Fit = PLAIN, tee: bool = False, short: bool = False):
    """Jackets, shirts and the like over plain trousers; `hole` is the opening at the neck."""

    def draw(person: Person, piece: str, _colors: tuple[str, str]) -> str:
        length = 1290 if person.child else None
        below = figure.legs(person) + figure.plain_trousers(person, length) + figure.neck(person)
        below += figure.forearms(person) if short else figure.hands(person)
        above = figure.neck(person, hole)
        if tee:
            above = _tee_inside(person, hole) + figure.neck(person, _CREW)
        return _dressed(person, below + fit.place(piece) + above)

    return draw


def _tee_inside(person: Person, hole: str) -> str:
    clip = f'<defs><clipPath id="ti"><path d="{hole}"/></clipPath></defs>'
    return f'{clip}<g clip-path="url(#ti)">{figure.plain_tee(person)}</g>'


def _hoodie(person: Person, piece: str, colors: tuple[str, str]) -> str:
    """The hood lies on the shoulders."""
    main, accent = colors
    edge = dark(main)
    outer = "M422 330C440 280 500 240 540 228L600 330L660 228C700 240 760 280 778 330C776 410 690 490 600 540C510 490 424 410 422 330Z"
    inner = "M520 250C512 330 560 400 600 432C640 400 688 330 680 250C660 330 630 372 600 384C570 372 540 330 520 250Z"
    strings = line("M566 446C552 520 560 560 552 640M634 446C648 520 640 580 650 660", accent, 9, 1)
    hood = figure.shaded(outer, mix(main, "#ffffff", 0.03)) + line(outer, edge, 3, 0.5)
    hood += area(inner, mix(main, INK, 0.55)) + stitch("M506 254C494 350 550 424 600 458C650 424 706 350 694 254", edge)
    skin = figure.neck(person, "M528 232H672C672 320 636 366 600 380C564 366 528 320 528 232Z")
    collar = area("M470 300C480 210 720 210 730 300Z", mix(main, INK, 0.4))
    keep = "M-100 0H424V322H776V0H1300V1500H-100Z"
    below = figure.legs(person) + figure.plain_trousers(person) + collar + figure.neck(person)
    return _dressed(person, below + figure.hands(person) + Fit(keep=keep).place(piece) + hood + strings + skin)


def _bottom(fit: Fit):
    """Skirts and trousers over a plain tee that is tucked in."""

    def draw(person: Person, piece: str, _colors: tuple[str, str]) -> str:
        below = figure.legs(person) + figure.torso(person) + figure.neck(person) + figure.arms(person)
        return _dressed(person, below + figure.plain_tee(person) + fit.place(piece))

    return draw


def _dress(person: Person, piece: str, _colors: tuple[str, str]) -> str:
    fit = _SMALL_DRESS if person.child else _DRESS
    below = figure.legs(person) + figure.torso(person) + figure.arms(person)
    return _dressed(person, below + figure.neck(person) + fit.place(piece))


def _apron(person: Person, piece: str, _colors: tuple[str, str]) -> str:
    below = figure.legs(person) + figure.plain_trousers(person) + figure.arms(person)
    keep = "M300 268H900V560H860V650L884 800L890 1000V1400H310V1000L316 800L340 650V560H300Z"
    fit = Fit((0.93, 0.95), 400, (600, 490), keep)
    below += figure.neck(person) + figure.plain_tee(person)
    return _dressed(person, below + fit.place(piece) + figure.neck(person, "M534 130H666V300H534Z"))


def _overalls(person: Person, piece: str, colors: tuple[str, str]) -> str:
    main, accent = colors
    legs = f'<defs><clipPath id="lo"><path d="M0 1548H1200V1800H0Z"/></clipPath></defs><g clip-path="url(#lo)">{figure.legs(person)}</g>'
    below = legs + figure.arms(person) + figure.neck(person) + figure.plain_tee(person)
    strap = "M690 540C704 440 716 380 728 306"
    straps = both(line(strap, mix(main, INK, 0.12), 52, 1) + stitch(strap, accent, 3))
    fit = Fit((1.14, 1.28), 410, (600, 500), "M200 396H1000V1400H200Z")
    return _dressed(person, below + straps + fit.place(piece))


def _hat(fit: Fit):
    def draw(person: Person, piece: str, _colors: tuple[str, str]) -> str:
        return _clothed(person, hat=True) + fit.place(piece)

    return draw


def _jewel(*fits: Fit):
    """At the ears or around the neck, with a low neckline."""

    def draw(person: Person, piece: str, _colors: tuple[str, str]) -> str:
        body = figure.arms(person) + figure.torso(person) + figure.neck(person) + figure.plain_tee(person, low=True)
        return _dressed(person, body) + "".join(fit.place(piece) for fit in fits)

    return draw


def _clothed(person: Person, head: str = "", over: str = "", *, hat: bool = False) -> str:
    """A whole person in plain clothes; `over` lies on the tee."""
    body = (
        figure.legs(person) + figure.plain_trousers(person) + figure.arms(person)
        + figure.neck(person) + figure.plain_tee(person) + over
    )  # fmt: skip
    return _dressed(person, body, head, hat=hat)


def _tote(person: Person, piece: str, _colors: tuple[str, str]) -> str:
    hand = 600 + 382 * person.width
    return _clothed(person) + Fit((0.74, 0.74), 190, (hand, 1150)).place(piece) + figure.grip(person, hand)


def _crossbody(person: Person, piece: str, colors: tuple[str, str]) -> str:
    main = colors[0]
    strap = "M474 304C540 520 640 760 668 900"
    band = line(strap, dark(main, 0.4), 30, 1) + line(strap, main, 24, 1) + stitch(strap, dark(main), 3)
    fit = Fit((0.5, 0.5), 680, (776, 890), "M200 640H1000V1400H200Z")
    return _clothed(person, over=band + fit.place(piece))


def _backpack(person: Person, piece: str, _colors: tuple[str, str]) -> str:
    """Seen from behind."""
    back = area("M496 280C540 304 660 304 704 280C704 360 650 378 600 378C550 378 496 360 496 280Z", person.tee)
    return _clothed(person, figure.head(person, behind=True), back) + Fit((0.6, 0.6), 190, (600, 330)).place(piece)


def _scarf(person: Person, piece: str, colors: tuple[str, str]) -> str:
    loop = "M462 330C440 250 520 196 600 196C680 196 760 250 738 330C716 384 484 384 462 330Z"
    wrap = figure.shaded(loop, mix(colors[0], INK, 0.22)) + line(loop, dark(colors[0]), 3, 0.4)
    return _clothed(person, over=wrap + Fit((0.8, 0.72), 220, (606, 222)).place(piece))


def _beside(fit: Fit, stand: float):
    """Hangs on the wall, with someone standing beside it."""

    def draw(person: Person, piece: str, _colors: tuple[str, str]) -> str:
        return fit.place(piece) + f'<g transform="translate({stand} 0)">{_clothed(person)}</g>'

    return draw


def _leg(person: Person, path: str, cuff: str) -> str:
    return figure.shaded(path, person.trousers) + figure.shaded(cuff, mix(person.trousers, "#ffffff", 0.12))


def _sneaker(person: Person, piece: str, _colors: tuple[str, str]) -> str:
    """From the knee down, seen from the side: one leg behind the pair and one in front of it."""
    ankle = "M262 470H452L440 664C400 640 330 618 258 640Z"
    leg = "M226 -400H500C506 -100 494 200 476 500H240C226 200 220 -100 226 -400Z"
    cuff = "M234 428H482V512H238Z"
    far = f'<g transform="translate(96 -96)">{figure.skin(ankle, person)}{_leg(person, leg, cuff)}</g>'
    return figure.lights() + far + piece + figure.skin(ankle, person) + _leg(person, leg, cuff)


def _boot(person: Person, piece: str, _colors: tuple[str, str]) -> str:
    leg = "M396 -700H664C668 -400 654 0 624 384C570 372 480 372 426 386C404 0 394 -400 396 -700Z"
    far = f'<g transform="translate(90 -70)">{figure.shaded(leg, person.trousers)}</g>'
    return figure.lights() + far + piece + figure.shaded(leg, person.trousers)


def _ring(_person: Person, piece: str, _colors: tuple[str, str]) -> str:
    """Leans on a pencil, which everybody knows the size of."""
    body = "M-900 {0}H{2}V{1}H-900Z"
    point = "M780 1048Q760 1075 780 1102Q750 1130 780 1158Q760 1185 780 1212L1180 1130Z"
    lead = "M1090 1112L1180 1130L1090 1148Q1078 1130 1090 1112Z"
    pencil = area(body.format(1048, 1212, 781), "#e6a72c") + area(body.format(1048, 1102, 781), "#f4c65a")
    pencil += area(body.format(1158, 1212, 781), "#b97a17") + area(point, "#e8c9a0") + area(lead, "#2b2730")
    pencil = f'<g transform="rotate(-16 600 1100)">{pencil}</g>'
    return pencil + Fit((0.86, 0.86), 1100, (520, 1170)).place(piece)


def _cushion(_person: Person, piece: str, _colors: tuple[str, str]) -> str:
    """Stands on a bench of 18 inches' height."""
    wood, deep = "#b98a5c", "#7d5534"
    legs = "".join(
        area(f"M{x} 1220H{x + 70}L{x + (60 if x > 600 else 40)} 1790H{x + (30 if x > 600 else 10)}Z", deep)
        for x in (-130, 1260)
    )
    seat = area("M-260 1150H1460V1236H-260Z", wood) + area("M-260 1150H1460V1172H-260Z", mix(wood, "#ffffff", 0.25))
    grain = line("M-200 1204H500M640 1214H1400M200 1190H900", deep, 4, 0.3)
    return (
        legs
        + area("M-200 1236H1400V1290H-200Z", deep)
        + seat
        + grain
        + Fit((0.96, 0.96), 1094, (480, 1154)).place(piece)
    )


_CREW = "M496 280C510 346 550 372 600 372C650 372 690 346 704 280V240H496Z"
_DRESS = Fit((1.2, 1.22), 250, (600, 296))
_SMALL_DRESS = Fit((1.2, 0.96), 250, (600, 296))
_WALL, _SMALL_WALL = figure.FLOOR - 80, figure.CHILD_FLOOR - 80
_WORN, _BESIDE = "worn by a drawn figure", "beside a drawn figure, 5 ft 7 in"

WORN = {
    "bomber": Worn(_top("M534 130H666V258H534Z"), HALF),
    "chore-jacket": Worn(_top("M506 240H694V262L600 328L506 262Z"), HALF),
    "coat": Worn(_top("M488 262H712L607 582Z", fit=Fit(to=(600, 74)), tee=True), LONG),
    "tee": Worn(_top("M496 282C510 330 552 360 600 360C648 360 690 330 704 282L704 240H496Z", short=True), HALF),
    "shirt": Worn(_top("M500 240H700V262L600 352L500 262Z"), HALF),
    "hoodie": Worn(_hoodie, HALF),
    "sweater": Worn(_top("M514 280C528 326 560 343 600 343C640 343 672 326 686 280L704 240H496Z"), HALF),
    "blouse": Worn(_top("M516 288C528 338 560 372 600 384C640 372 672 338 684 288L704 240H496Z", short=True), HALF),
    "dress": Worn(_dress, FULL, floor=_WALL),
    "skirt": Worn(_bottom(Fit((1.0, 0.92), 320, (600, 790))), FULL, floor=_WALL),
    "jeans": Worn(_bottom(Fit((0.94, 1.12), 244, (600, 770))), FULL, floor=_WALL),
    "trousers": Worn(_bottom(Fit((0.94, 1.12), 244, (600, 770))), FULL, floor=_WALL),
    "overalls": Worn(_overalls, SMALL_FULL, floor=_SMALL_WALL),
    "cap": Worn(_hat(Fit((0.39, 0.375), 900, (600, 2))), BUST, words=_WORN),
    "beanie": Worn(_hat(Fit((0.39, 0.31), 1000, (600, 0))), BUST, words=_WORN),
    "scarf": Worn(_scarf, HALF),
    "apron": Worn(_apron, LONG),
    "tote": Worn(_tote, FULL, floor=_WALL, words="carried by a drawn figure, 5 ft 7 in"),
    "crossbody": Worn(_crossbody, HALF),
    "backpack": Worn(_backpack, HALF),
    "earrings": Worn(
        _jewel(Fit((0.13, 0.13), 420, (501, 78), "M150 300H600V1200H150Z"),
               Fit((0.13, 0.13), 420, (699, 78), "M600 300H1050V1200H600Z")),
        BUST, words=_WORN,
    ),
    "necklace": Worn(_jewel(Fit((0.27, 0.27), 385, (600, 268))), BUST, words=_WORN),
    "ring": Worn(_ring, (-20, 330, 1200, 1500), words="beside a pencil"),
    "sneaker": Worn(_sneaker, (-20, -330, 1240, 1550), floor=980, words=_WORN),
    "boot": Worn(_boot, (-60, -390, 1300, 1625), floor=1010, words=_WORN),
    "blanket": Worn(
        _beside(Fit((2, 1.9), 100, (1120, -160)), -440), (-320, -480, 2300, 2875), floor=_WALL, words=_BESIDE
    ),
    "towel": Worn(_beside(Fit((0.86, 0.86), 170, (960, 60)), -230), FULL, floor=_WALL, words=_BESIDE),
    "cushion": Worn(_cushion, (-400, -250, 2000, 2500), floor=1700, words="on a bench 18 in high"),
}  # fmt: skip


_SMALL = {
    "tee": Worn(WORN["tee"].draw, SMALL_HALF),
    "dress": Worn(WORN["dress"].draw, SMALL_FULL, floor=_SMALL_WALL),
    "overalls": WORN["overalls"],
}


def worn_kinds() -> tuple[str, ...]:
    return tuple(WORN)


def words_of(kind: str, who: str) -> str:
    return "worn by a drawn child, 3 ft 9 in" if who == "child" else WORN[kind].words


def draw_with_person(kind: str, colors: tuple[str, str], who: str, seed: int) -> tuple[str, Box, float | None]:
    """The drawing, the part of the plane to show, and where the floor begins."""
    what = _SMALL[kind] if who == "child" else WORN[kind]
    drawing = what.draw(figure.person(who, seed), KINDS[kind].draw(*colors), colors)
    return drawing, what.box, what.floor
